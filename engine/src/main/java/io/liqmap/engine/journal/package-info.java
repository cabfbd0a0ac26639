/**
 * The journal: event batches and snapshots in Chronicle Queue, each under an envelope that shows
 * damage.
 */
package io.liqmap.engine.journal;
