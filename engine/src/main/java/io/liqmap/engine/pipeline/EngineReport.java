package io.liqmap.engine.pipeline;

import io.liqmap.engine.core.state.FaultCounts;
import io.liqmap.engine.core.state.StateReport;

/**
 * What an engine did.
 *
 * @param journaled what the journal keeps of it
 * @param instruments instruments defined
 * @param faults faults of the feed
 * @param snapshots snapshots journaled
 * @param snapshotsSkipped snapshots skipped because the journal was behind
 * @param snapshotsTooLarge snapshots that no document of the journal can hold
 * @param listenerFailures exceptions that listeners threw
 * @param journalBytes bytes appended to the journal
 * @param backPressure how often the feed had to wait for a full ring
 */
public record EngineReport(
    StateReport journaled,
    int instruments,
    FaultCounts faults,
    long snapshots,
    long snapshotsSkipped,
    long snapshotsTooLarge,
    long listenerFailures,
    long journalBytes,
    long backPressure) {}
