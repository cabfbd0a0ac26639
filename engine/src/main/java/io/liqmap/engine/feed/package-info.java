/**
 * Bytes to events: frames, envelopes, feed files, and the adapter that checks them.
 *
 * <p>Embedders may use {@code BlockSource}, {@code FeedEncoder}, {@code FeedEvent}, {@code
 * FeedFileReader}, {@code FeedFileWriter}, {@code InstrumentDefinition} and {@code MergedFeed};
 * other types are internal.
 */
package io.liqmap.engine.feed;
