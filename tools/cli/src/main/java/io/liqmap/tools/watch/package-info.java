/** A map in a terminal, drawn again in place as it changes. */
package io.liqmap.tools.watch;
