/** JMH benchmarks of the parts, and the door to the harness. */
package io.liqmap.benchmarks;
