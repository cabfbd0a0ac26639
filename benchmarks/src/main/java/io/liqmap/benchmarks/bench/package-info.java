/** The run that measures stages and peers side by side, each in a process of its own. */
package io.liqmap.benchmarks.bench;
