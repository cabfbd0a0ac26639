/** Settings, seeded prices and flows of events for all benchmarks. */
package io.liqmap.benchmarks.flow;
