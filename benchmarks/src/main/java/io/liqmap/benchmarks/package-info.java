/** Micro-benchmarks of the engine's parts, and a run that measures the whole path. */
package io.liqmap.benchmarks;
