/** What is measured with: settings, seeded prices, and flows of events. */
package io.liqmap.benchmarks.flow;
