package io.liqmap.benchmarks.soak;

import java.util.List;

/**
 * What was seen in a minute and stood at its end. Immutable.
 *
 * @param second of the run at which it ended
 * @param events that were seen in the view
 * @param eventsPerSecond of them
 * @param cpu processor time of the whole process over time, 1 for one processor
 * @param footprint at the end
 * @param allocated bytes per event by feed, map and journal thread
 * @param latencies p50, p90, p99, p99.9 and the largest, ns
 * @param journalBytes appended since the start
 * @param journalFiles the queue's files, one to a day
 * @param mapLag slots published that the map hadn't applied
 * @param journalLag slots published that the journal hadn't applied
 */
record Minute(
    double second,
    long events,
    double eventsPerSecond,
    double cpu,
    Footprint footprint,
    List<Double> allocated,
    List<Long> latencies,
    long journalBytes,
    long journalFiles,
    long mapLag,
    long journalLag) {}
