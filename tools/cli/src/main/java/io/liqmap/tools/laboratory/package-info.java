/** Maps beside the true positions of a simulated venue. */
package io.liqmap.tools.laboratory;
