package io.liqmap.engine.core.structure;

import java.util.SplittableRandom;

/**
 * A seeded market: a walk with quiet stretches, repeated prices, jumps, gaps of time, and times
 * that go back.
 */
final class RandomPath {
  private final SplittableRandom random;
  private final boolean isWild;
  private double walk = 6_000_000;
  private long clock = StructureFixture.START;

  long time = StructureFixture.START;
  long price = 6_000_000;
  long quantity;
  boolean hasPrice;
  boolean hasVolume;

  RandomPath(final long seed, final boolean isWild) {
    random = new SplittableRandom(seed);
    this.isWild = isWild;
  }

  /** Draws the next event. */
  void next() {
    clock += random.nextLong(6 * StructureFixture.SECOND);
    if (isWild) {
      switch (random.nextInt(5_000)) {
        case 0 -> clock += random.nextLong(3 * StructureFixture.DAY);
        case 1 -> clock += random.nextLong(StructureFixture.HOUR);
        case 2 -> walk *= random.nextBoolean() ? 0.5 : 2;
        case 3 -> clock += StructureFixture.MINUTE - clock % StructureFixture.MINUTE;
        default -> {}
      }
    }
    time = isWild && random.nextInt(50) == 0 ? clock - StructureFixture.HOUR : clock;
    final int kind = random.nextInt(10);
    hasPrice = kind < 8;
    hasVolume = kind < 6;
    quantity = 1 + random.nextLong(1_000);
    if (hasPrice && kind != 0) {
      walk *= 1 + (random.nextDouble() - .5) * .003 + (6_000_000 - walk) / 6_000_000 * .0002;
      price = Math.max(1, Math.round(walk));
    }
  }

  void apply(final Structure structure) {
    if (hasPrice) {
      structure.onPrice(time, price);
    } else {
      structure.onTime(time);
    }
    if (hasVolume) {
      structure.onVolume(StructureFixture.bucket(price), (double) quantity);
    }
  }
}
