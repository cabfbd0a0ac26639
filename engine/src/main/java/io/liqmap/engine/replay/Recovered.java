package io.liqmap.engine.replay;

/**
 * What a resumed journal held.
 *
 * @param events events that the journal holds
 * @param sequence feed sequence of the last of them
 * @param snapshotEvents events that the snapshot held from which the state was taken, 0 for none
 * @param replayed events applied again behind it
 * @param unacknowledged whole documents that the writer before had no time to acknowledge; they
 *     count now
 * @param lostDocuments acknowledged documents that a loss of power took: the feed has to bring what
 *     they held again
 * @param unread events ahead of where reading began that weren't read at all, so that damage there
 *     would show only to a verification
 * @param damage where and how the journal is damaged ahead of that, as far as was read; null if it
 *     isn't. The state doesn't depend on it
 * @param nanos wall time that it took, verification included
 */
public record Recovered(
    long events,
    long sequence,
    long snapshotEvents,
    long replayed,
    long unacknowledged,
    long lostDocuments,
    long unread,
    String damage,
    long nanos) {}
