/** Chaos: an engine that is killed, paused, misfed and resumed, and must lose nothing. */
package io.liqmap.benchmarks.chaos;
