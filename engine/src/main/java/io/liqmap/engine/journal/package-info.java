/**
 * The journal: events and snapshots in Chronicle Queue, each document under a checksummed envelope.
 *
 * <p>Embedders may use {@code JournalException} and {@code JournalReader}; other types are
 * internal.
 */
package io.liqmap.engine.journal;
