/** Chaos: an engine that is killed, paused, misfed and resumed, and has to lose nothing. */
package io.liqmap.benchmarks.chaos;
