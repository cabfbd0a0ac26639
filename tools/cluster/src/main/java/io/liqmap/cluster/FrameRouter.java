package io.liqmap.cluster;

import io.liqmap.codecs.feed.InstrumentDefinitionDecoder;
import io.liqmap.codecs.feed.MessageHeaderDecoder;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.feed.FeedFileException;
import io.liqmap.engine.feed.FrameCursor;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2IntHashMap;

/**
 * Sends each message of a feed to the shard of its instrument, and those of no instrument, or
 * unreadable ones, to all. Where there are several shards, sequences are numbered for each, so that
 * the messages of the others are no gaps; gaps and repeats of the feed stay. One thread.
 */
final class FrameRouter {
  private static final int TO_ALL = -1;

  private final ClusterSettings settings;
  private final Sink sink;
  private final int shards;
  private final FrameCursor cursor = new FrameCursor();
  private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final Int2IntHashMap shardOfInstrument = new Int2IntHashMap(TO_ALL);

  /** Messages of others up to now, by shard. */
  private final long[] ofOthers;

  private long lastSequence;

  /** Takes the frames of a shard, in their order. */
  interface Sink {
    /**
     * Takes a frame; copies it.
     *
     * @param shift to be taken off its sequence; 0 for a frame that stays as it is
     * @param isLast whether nothing may follow in the same block, as its length is invalid
     */
    void accept(int shard, DirectBuffer block, int offset, int length, long shift, boolean isLast);
  }

  FrameRouter(final ClusterSettings settings, final Sink sink) {
    this.settings = settings;
    this.sink = sink;
    shards = settings.shards().size();
    ofOthers = new long[shards];
  }

  /**
   * Routes the frames of a block.
   *
   * @throws FeedFileException if it defines an instrument that no shard has
   */
  void route(final DirectBuffer block, final int offset, final int length)
      throws FeedFileException {
    cursor.wrap(block, offset, length);
    while (cursor.next()) {
      final boolean isNumbered = cursor.isNumbered();
      final int to = isNumbered ? shard(block) : TO_ALL;
      for (int shard = 0; shard < shards; shard++) {
        if (to == TO_ALL || to == shard) {
          sink.accept(
              shard,
              block,
              cursor.start(),
              cursor.end() - cursor.start(),
              isNumbered ? ofOthers[shard] : 0,
              !cursor.isWhole());
        }
      }
      if (isNumbered) {
        count(to, cursor.sequence());
      }
    }
  }

  private void count(final int to, final long sequence) {
    if (sequence <= lastSequence) {
      return;
    }
    lastSequence = sequence;
    if (to != TO_ALL) {
      for (int shard = 0; shard < shards; shard++) {
        ofOthers[shard] += shard == to ? 0 : 1;
      }
    }
  }

  private int shard(final DirectBuffer block) throws FeedFileException {
    if (cursor.template() == InstrumentDefinitionDecoder.TEMPLATE_ID) {
      return define(block);
    }
    if (shards == 1) {
      return 0;
    }
    return cursor.hasInstrument() ? shardOfInstrument.get(cursor.instrument()) : TO_ALL;
  }

  private int define(final DirectBuffer block) throws FeedFileException {
    if (cursor.messageLength()
        < MessageHeaderDecoder.ENCODED_LENGTH + InstrumentDefinitionDecoder.BLOCK_LENGTH) {
      return TO_ALL;
    }
    definition.wrapAndApplyHeader(block, cursor.message(), header);
    final InstrumentName name = new InstrumentName(definition.venue(), definition.symbol());
    final Optional<Shard> shard = settings.shardOf(name);
    if (shard.isEmpty()) {
      throw new FeedFileException(
          name
              + ": the feed defines it, but no shard of the settings has it; add it to the"
              + " instruments of one, or give one \"*\"");
    }
    shardOfInstrument.put(definition.instrumentId(), shard.get().number());
    return shard.get().number();
  }
}
