/** JMH benchmarks, and the entry point of the harness. */
package io.liqmap.benchmarks;
