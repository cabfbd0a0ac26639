/** Maps and heatmaps as pictures, drawn without a display, fonts or a browser. */
package io.liqmap.tools.picture;
