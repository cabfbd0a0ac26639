package io.liqmap.benchmarks.bench;

/**
 * A stage in a run.
 *
 * @param key its name in JSON
 * @param title what people read
 * @param task what is measured
 */
record Leg(String key, String title, Task task) {}
