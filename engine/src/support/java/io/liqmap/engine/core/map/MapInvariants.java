package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;

/** What holds on every map, read from what it keeps and from its pictures. */
public final class MapInvariants {
  private static final double TOLERANCE = 1e-9;

  private MapInvariants() {}

  /** After an update of open interest, what is open, out of reach or unmapped adds up to it. */
  static void assertAddsUp(final String place, final InstrumentMap map, final double openInterest) {
    for (int model = 0; model < map.settings().models().size(); model++) {
      for (final Side side : Side.values()) {
        double mapped = 0;
        final BucketSpan span = map.span();
        final EntryLedger ledger = map.book(model).ledger(side);
        final double[] remaining = new double[1];
        for (int entry = span.base(); entry < span.base() + span.size(); entry++) {
          for (int line = 0; line < ledger.lines().count(); line++) {
            remaining[0] = 0;
            ledger.project(line, entry, entry, null, remaining, entry + ledger.lines().shift(line));
            assertTrue(remaining[0] >= 0, place);
            mapped += remaining[0] * ledger.scale();
          }
        }
        assertEquals(
            openInterest,
            mapped
                + ledger.outOfReachQuantity(
                    map.book(model).trades(), map.lowestTrade(), map.highestTrade())
                + ledger.unmapped(),
            TOLERANCE * Math.max(1, openInterest),
            place + ", " + map.settings().models().get(model).name() + ", " + side);
      }
    }
  }

  /** Below mark no short, above mark no long, beyond the bucket of mark itself. */
  public static void assertNothingOpenBeyondMark(final String place, final InstrumentMap map) {
    for (int model = 0; model < map.settings().models().size(); model++) {
      for (final Window window : Window.values()) {
        final MapSnapshot image = MapSnapshot.of(map, model, window, map.time());
        if (image.bucketCount(Side.LONG) > 0) {
          final int top = image.firstBucket(Side.LONG) + image.bucketCount(Side.LONG) - 1;
          assertTrue(top <= image.markBucket(), place + ", " + window);
        }
        if (image.bucketCount(Side.SHORT) > 0) {
          assertTrue(image.firstBucket(Side.SHORT) >= image.markBucket(), place + ", " + window);
        }
      }
    }
  }
}
