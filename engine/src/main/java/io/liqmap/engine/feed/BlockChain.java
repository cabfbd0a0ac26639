package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.MessageHeaderDecoder;

/** Follows the blocks of one feed: each in its place behind the one before. One thread. */
final class BlockChain {
  private long events;
  private int blocks;
  private int previousChecksum;
  private long lastSequence;

  /** Why a block is too large to be one; null if it isn't. */
  static String sizeFlaw(final Envelope block) {
    return block.payloadLength() > Envelope.MAX_EVENTS_PAYLOAD
        ? "a block of " + block.payloadLength() + " bytes is larger than any block may be"
        : null;
  }

  /** Why a block's messages are unreadable; null if they aren't. */
  static String schemaFlaw(final Envelope block) {
    return block.schemaId() == MessageHeaderDecoder.SCHEMA_ID
        ? null
        : "holds messages of schema "
            + block.schemaId()
            + ", the feed's schema is "
            + MessageHeaderDecoder.SCHEMA_ID;
  }

  /** Why an intact block isn't the next; null if it is. */
  String flaw(final Envelope block) {
    if (block.blockNumber() != blocks
        || block.previousChecksum() != previousChecksum
        || block.firstEvent() != events) {
      return "the block is out of its place";
    }
    return block.kind() == Envelope.EVENTS || block.kind() == Envelope.END
        ? null
        : "a block of kind " + block.kind() + " has no place in a feed";
  }

  void add(final Envelope block) {
    previousChecksum = block.checksum();
    lastSequence = block.lastSequence();
    events += block.count();
    blocks++;
  }

  void restart() {
    resume(FeedFileReader.Mark.START);
  }

  /** The place behind the last block. */
  FeedFileReader.Mark mark(final long position) {
    return new FeedFileReader.Mark(position, blocks, previousChecksum, events);
  }

  void resume(final FeedFileReader.Mark mark) {
    events = mark.events();
    blocks = mark.block();
    previousChecksum = mark.checksum();
  }

  /** Sequence that the last block ends with, of whatever chain; 0 before the first. */
  long lastSequence() {
    return lastSequence;
  }

  /** Events of all blocks so far. */
  long events() {
    return events;
  }
}
