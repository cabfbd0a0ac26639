package io.liqmap.engine.journal;

/**
 * Where a journal can be read on from, and what stands before: a little way ahead of a snapshot, so
 * that the events behind its state are all there.
 *
 * @param day day of the queue's file that holds the document, days since 1970
 * @param position where the document's header starts in that file
 * @param documents documents before it
 * @param events events before it
 * @param checksum checksum of the document before it
 * @param snapshot number of the snapshot's document, from 0
 */
public record JournalPlace(
    long day, long position, long documents, long events, int checksum, long snapshot) {}
