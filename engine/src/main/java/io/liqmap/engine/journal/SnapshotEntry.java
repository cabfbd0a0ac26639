package io.liqmap.engine.journal;

/**
 * Where a snapshot stands in a journal.
 *
 * @param document number of its document, from 0
 * @param events events applied before it, from the start of the journal
 * @param sequence feed sequence of the last of them
 * @param time engine time after the last of them, ns
 * @param stateHash hash of the state
 */
public record SnapshotEntry(long document, long events, long sequence, long time, long stateHash) {}
