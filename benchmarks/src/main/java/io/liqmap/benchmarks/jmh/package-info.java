/** JMH benchmarks of parts of the engine. */
package io.liqmap.benchmarks.jmh;
