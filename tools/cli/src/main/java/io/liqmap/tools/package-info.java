/** The command line of liqmap. */
package io.liqmap.tools;
