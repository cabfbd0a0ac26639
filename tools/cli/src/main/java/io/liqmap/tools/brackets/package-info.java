/** Bracket tables as venues publish them. */
package io.liqmap.tools.brackets;
