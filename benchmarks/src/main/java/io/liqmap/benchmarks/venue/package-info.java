/** Venues' frames with made-up values, and their way to the map. */
package io.liqmap.benchmarks.venue;
