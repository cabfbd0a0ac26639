/** A simulated venue whose true positions are known. */
package io.liqmap.tools.venue;
