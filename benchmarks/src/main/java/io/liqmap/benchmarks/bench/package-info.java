/** Measures stages and peers side by side, each in its own process. */
package io.liqmap.benchmarks.bench;
