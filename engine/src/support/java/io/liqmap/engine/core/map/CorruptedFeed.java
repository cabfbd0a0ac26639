package io.liqmap.engine.core.map;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A market as bytes of a feed, some messages of which are corrupted; between two corrupted ones
 * some are good. The same seed gives the same bytes.
 */
final class CorruptedFeed {
  private static final int GOOD_BETWEEN = 2;

  private final Supplier<MarketEvent> market;
  private final boolean isInverse;
  private final List<Corruption> corruptions;
  private final int goodPerCorrupted;
  private final SplittableRandom random;
  private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(1024);
  private CorruptedMessage late;
  private long lateSequence;
  private long sequence = 1;
  private long corrupted;
  private int good;
  private int length;

  CorruptedFeed(
      final Supplier<MarketEvent> market,
      final boolean isInverse,
      final List<Corruption> corruptions,
      final int goodPerCorrupted,
      final SplittableRandom random) {
    this.market = market;
    this.isInverse = isInverse;
    this.corruptions = corruptions;
    this.goodPerCorrupted = goodPerCorrupted;
    this.random = random;
  }

  /** Advances the market by one event; its frames, of which there may be none, are in buffer. */
  void next() {
    length = 0;
    if (sequence == 1) {
      final CorruptedMessage definition = new CorruptedMessage(market.get());
      definition.foreign = CorruptedMessage.Foreign.SAME_DEFINITION;
      put(definition, sequence++);
    }
    final CorruptedMessage message = new CorruptedMessage(market.get());
    corrupt(message);
    sequence += message.skipped;
    if (message.isLate) {
      late = message;
      lateSequence = sequence++;
      return;
    }
    for (int i = 0; i < message.times; i++) {
      put(message, sequence);
    }
    sequence++;
    if (late != null) {
      put(late, lateSequence);
      late = null;
    }
  }

  private void corrupt(final CorruptedMessage message) {
    if (corruptions.isEmpty() || late != null) {
      return;
    }
    final Corruption corruption = corruptions.get(random.nextInt(corruptions.size()));
    if (corruption.concerns(message)
        && ++good > GOOD_BETWEEN
        && random.nextInt(goodPerCorrupted) == 0) {
      corruption.corrupt().accept(message);
      good = 0;
      corrupted++;
    }
  }

  private void put(final CorruptedMessage message, final long number) {
    length += message.put(number, isInverse, buffer, length);
  }

  /** How many messages were corrupted. */
  long corrupted() {
    return corrupted;
  }

  MutableDirectBuffer buffer() {
    return buffer;
  }

  int length() {
    return length;
  }
}
