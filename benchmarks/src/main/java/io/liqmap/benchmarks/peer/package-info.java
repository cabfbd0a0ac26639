/** Peers that the engine is measured against. */
package io.liqmap.benchmarks.peer;
