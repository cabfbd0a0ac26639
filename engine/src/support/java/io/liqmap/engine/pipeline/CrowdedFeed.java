package io.liqmap.engine.pipeline;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.SplittableRandom;

/**
 * A seeded market of many instruments, linear and inverse, that are listed one after another and
 * count open interest in every way, some of it before their first price; with gaps, interruptions,
 * duplicates and invalid values.
 */
final class CrowdedFeed extends EncodedFeed {
  private static final long SECOND = 1_000_000_000L;

  private final SplittableRandom random;
  private final SplittableRandom positions;
  private final long messages;
  private final int blockMessages;
  private final InstrumentDefinition[] definitions;
  private final double[] price;
  private int listed;
  private long produced;
  private long sequence;
  private long time = TestSettings.START;

  CrowdedFeed(
      final long seed, final int instruments, final long messages, final int blockMessages) {
    random = new SplittableRandom(seed);
    positions = new SplittableRandom(~seed);
    this.messages = messages;
    this.blockMessages = blockMessages;
    definitions = new InstrumentDefinition[instruments];
    price = new double[instruments];
    for (int id = 0; id < instruments; id++) {
      definitions[id] = definition(id);
      price[id] = mean(id);
    }
  }

  private static InstrumentDefinition definition(final int id) {
    final boolean isInverse = id % 3 == 1;
    final OpenInterestUnit[] units = {
      OpenInterestUnit.BASE, OpenInterestUnit.QUOTE, OpenInterestUnit.CONTRACTS
    };
    return new InstrumentDefinition(
        id,
        "I" + id,
        "test",
        "B" + id,
        "USD",
        -2,
        isInverse ? 0 : -3,
        isInverse ? ContractKind.INVERSE : ContractKind.LINEAR,
        units[id / 2 % 3],
        id % 4 == 3 ? OpenInterestSides.BOTH : OpenInterestSides.ONE,
        10,
        1,
        isInverse ? 100 : 1_000,
        FeedOrigin.NOT_STATED);
  }

  private static double mean(final int id) {
    return 60_000 / (1.0 + id);
  }

  @Override
  void fillBlock() {
    for (int i = 0; i < blockMessages && produced < messages; i++) {
      produce();
      produced++;
    }
  }

  private void produce() {
    sequence += random.nextInt(300) == 0 ? random.nextInt(2, 4) : 1;
    time += random.nextLong(SECOND / 5);
    if (listed < 2 || (listed < definitions.length && random.nextInt(50) == 0)) {
      event.instrument(sequence, time, time, definitions[listed++]);
    } else {
      happen(random.nextInt(listed));
    }
    put();
    if (random.nextInt(400) == 0) {
      put();
    }
  }

  private void happen(final int id) {
    final double away = StrictMath.log(price[id] / mean(id));
    price[id] *= StrictMath.exp((random.nextDouble() - 0.5) * 0.004 - 0.001 * away);
    final long cents = Math.max(1, (long) (price[id] * 100));
    final int exponent = definitions[id].quantityExponent();
    final int kind = random.nextInt(100);
    if (kind < 70) {
      final long quantity = random.nextInt(100) == 0 ? 0 : random.nextLong(1, 5_000);
      event.trade(sequence, time, time, id, -2, exponent, cents, quantity, random.nextInt(1, 3));
    } else if (kind < 86) {
      final long funding = random.nextLong(-100_000, 100_000);
      event.markPrice(sequence, time, time, id, -2, cents, FeedEvent.ABSENT, funding, 0);
    } else if (kind < 94) {
      event.openInterest(sequence, time, time, id, exponent, random.nextLong(1_000_000, 1_100_000));
    } else if (kind < 96) {
      event.liquidation(
          sequence, time, time, id, -2, exponent, cents, random.nextLong(1, 1_000), 1);
    } else if (kind < 98) {
      event.accountRatio(sequence, time, time, id, random.nextLong(500_000_000, 2_000_000_000));
    } else if (kind < 99) {
      knownPosition(id, cents, exponent);
    } else if (positions.nextInt(10) == 0) {
      event.interruption(sequence, time, time, id, positions.nextLong(3), 0);
    } else {
      event.heartbeat(sequence, time, time);
    }
  }

  private void knownPosition(final int id, final long cents, final int exponent) {
    final int side = positions.nextInt(1, 3);
    final double away = positions.nextDouble(0.001, 0.5) * (side == FeedEvent.LONG ? -1 : 1);
    event.knownPosition(
        sequence,
        time,
        time,
        id,
        -2,
        exponent,
        positions.nextLong(50),
        positions.nextInt(4) == 0 ? 0 : positions.nextLong(1, 5_000),
        cents,
        positions.nextInt(5) == 0 ? FeedEvent.ABSENT : Math.max(1, (long) (cents * (1 + away))),
        0,
        100 * positions.nextInt(5),
        side);
  }
}
