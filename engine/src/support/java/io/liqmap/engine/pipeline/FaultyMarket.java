package io.liqmap.engine.pipeline;

import io.liqmap.codecs.feed.MessageHeaderEncoder;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A short market of two instruments, or of one of them, whose feed does wrong what its {@link
 * Fault} says. It can be read again.
 */
final class FaultyMarket implements BlockSource {
  static final long SECOND = 1_000_000_000L;
  private static final long MONTH = 30 * 86_400 * SECOND;
  private static final int MESSAGES = 64;
  private static final int BLOCK_MESSAGES = 5;
  private static final int HEADER = 8;
  private static final int SEQUENCE_AT = HEADER + MessageHeaderEncoder.ENCODED_LENGTH;
  private static final int SCHEMA_AT = HEADER + 4;

  /** What a feed does wrong. */
  enum Fault {
    PRICE_UNIT_THAT_PERSISTS,
    OPEN_INTEREST_LEAPS,
    WRONG_TIME,
    LATE_MESSAGES,
    DAMAGED_MESSAGES,
    ALL
  }

  private final List<UnsafeBuffer> blocks = new ArrayList<>();
  private final UnsafeBuffer filling = new UnsafeBuffer(new byte[4_096]);
  private final FeedEncoder encoder = new FeedEncoder();
  private final FeedEvent event = new FeedEvent();
  private final SplittableRandom random;
  private final Fault fault;
  private final int only;
  private int length;
  private int inBlock;
  private int messageStart;
  private long sequence;
  private long time = TestSettings.START;
  private int next;

  /** A market of both instruments. */
  FaultyMarket(final Fault fault, final long seed) {
    this(fault, seed, -1);
  }

  /**
   * A market.
   *
   * @param only the instrument that it is of, −1 for both
   */
  FaultyMarket(final Fault fault, final long seed, final int only) {
    this.fault = fault;
    this.only = only;
    random = new SplittableRandom(seed);
    for (int id = 0; id < 2; id++) {
      if (isOurs(id)) {
        sequence++;
        event.instrument(sequence, time, time, RandomFeed.instrument(id));
        put();
      }
    }
    for (int i = 0; i < MESSAGES; i++) {
      time += SECOND;
      final int id = only < 0 ? i % 2 : only;
      message(i, id);
    }
    endBlock();
  }

  private boolean isOurs(final int id) {
    return only < 0 || only == id;
  }

  private boolean does(final Fault asked) {
    return fault == asked || (fault == Fault.ALL && random.nextInt(3) == 0);
  }

  private void message(final int i, final int id) {
    sequence++;
    if (does(Fault.LATE_MESSAGES) && i % 9 == 4) {
      sequence += 1 + i % 3;
    }
    final boolean isLeap = id == 0 && (i > 40 || i % 11 < 4) && i > 8;
    final long unit = isLeap && does(Fault.PRICE_UNIT_THAT_PERSISTS) ? 100 : 1;
    final long size = isLeap && does(Fault.OPEN_INTEREST_LEAPS) ? 1_000 : 1;
    final long away = does(Fault.WRONG_TIME) && (i == 12 || i / 3 == 7 || i > 50) ? MONTH : 0;
    final long at = time + away;
    final long price = unit * ((id == 0 ? 6_000_000 : 300_000) + random.nextLong(-2_000, 2_000));
    final int kind = i % 5;
    if (kind == 0 || (kind == 3 && fault == Fault.OPEN_INTEREST_LEAPS)) {
      event.openInterest(sequence, at, at, id, -3, size * (1_000_000 + random.nextLong(9_000)));
    } else if (kind == 1) {
      event.markPrice(sequence, at, at, id, -2, price, FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
    } else if (kind == 4 && i % 3 == 0) {
      event.liquidation(sequence, at, at, id, -2, -3, price, 5, FeedEvent.LONG);
    } else {
      event.trade(sequence, at, at, id, -2, -3, price, random.nextLong(1, 900), FeedEvent.BUY);
    }
    put();
    if (does(Fault.LATE_MESSAGES) && i % 9 > 5) {
      event.heartbeat(sequence - i % 9 + 3, time, time);
      put();
    }
    if (does(Fault.DAMAGED_MESSAGES) && i % 4 == 1) {
      damaged(i / 4 % 6, id);
    }
  }

  private void damaged(final int how, final int id) {
    final long damagedSequence =
        switch (how) {
          case 0 -> Long.MIN_VALUE;
          case 1 -> sequence + (1L << 50);
          case 2 -> sequence + 1;
          default -> {
            sequence++;
            yield sequence;
          }
        };
    // A quantity of 0, where nothing else is wrong.
    event.trade(sequence, time, time, id, -2, -3, 6_000_000, how == 3 ? 0 : 5, FeedEvent.BUY);
    put();
    filling.putLong(messageStart + SEQUENCE_AT, damagedSequence, ByteOrder.LITTLE_ENDIAN);
    if (how == 2) {
      // Its sequence isn't looked at, and comes again.
      filling.putShort(messageStart + HEADER, (short) 1, ByteOrder.LITTLE_ENDIAN);
    } else if (how == 4) {
      filling.putShort(messageStart + SCHEMA_AT, (short) 9, ByteOrder.LITTLE_ENDIAN);
    } else if (how == 5) {
      filling.putInt(messageStart, 3, ByteOrder.LITTLE_ENDIAN);
      endBlock();
    }
  }

  private void put() {
    if (inBlock == BLOCK_MESSAGES) {
      endBlock();
    }
    messageStart = length;
    length += encoder.encode(event, filling, length);
    inBlock++;
  }

  private void endBlock() {
    final UnsafeBuffer block = new UnsafeBuffer(new byte[length]);
    block.putBytes(0, filling, 0, length);
    blocks.add(block);
    length = 0;
    inBlock = 0;
  }

  @Override
  public boolean nextBlock() {
    return next < blocks.size() && ++next > 0;
  }

  /** The market from a later block on. */
  FaultyMarket at(final int block) {
    next = block;
    return this;
  }

  @Override
  public boolean restart() {
    next = 0;
    return true;
  }

  @Override
  public DirectBuffer buffer() {
    return blocks.get(next - 1);
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public int length() {
    return buffer().capacity();
  }
}
