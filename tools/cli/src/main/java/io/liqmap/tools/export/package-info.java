/** Maps of many times in files: tables of rows, and arrays for NumPy. */
package io.liqmap.tools.export;
