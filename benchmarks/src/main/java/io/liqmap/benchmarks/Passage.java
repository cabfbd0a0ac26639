package io.liqmap.benchmarks;

/**
 * One flow sent through one route.
 *
 * @param route what it went through
 * @param nanos from the first block to the last event applied, and journaled where it is
 * @param answer hash of the state, or sum of what was read; the same each time
 * @param feedBytes allocated on the caller's thread
 * @param mapBytes allocated on the map's thread, 0 where there is none
 * @param journalBytes allocated on the journal's thread, 0 where there is none
 */
record Passage(
    Route route, long nanos, long answer, long feedBytes, long mapBytes, long journalBytes) {}
