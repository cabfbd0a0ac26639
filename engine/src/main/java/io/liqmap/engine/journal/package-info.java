/**
 * The journal: events and snapshots in Chronicle Queue, each document under a checksummed envelope.
 */
package io.liqmap.engine.journal;
