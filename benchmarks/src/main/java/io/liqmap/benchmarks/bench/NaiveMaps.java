package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.BenchmarkMaps;
import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.peer.NaiveMap;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ShiftLines;
import io.liqmap.engine.market.MapWriter;

/** Maps that assume the same: the engine's, and those of boxed numbers. */
final class NaiveMaps {
  private NaiveMaps() {}

  static InstrumentMap engine(final int tiers) {
    return writer(tiers, 1).maps().of(0);
  }

  static MapWriter writer(final int tiers, final int instruments) {
    return BenchmarkMaps.writer(BenchmarkSettings.map(tiers), instruments);
  }

  /** As the engine has it: each tier split over two neighbouring buckets. */
  static NaiveMap split(final InstrumentMap map) {
    final ShiftLines longs = map.lines(0, Side.LONG);
    final ShiftLines shorts = map.lines(0, Side.SHORT);
    final int[] longShifts = new int[longs.count()];
    final int[] shortShifts = new int[longs.count()];
    final double[] longShares = new double[longs.count()];
    final double[] shortShares = new double[longs.count()];
    for (int line = 0; line < longs.count(); line++) {
      longShifts[line] = longs.shift(line);
      shortShifts[line] = shorts.shift(line);
      longShares[line] = longs.share(line);
      shortShares[line] = shorts.share(line);
    }
    return naive(map, longShifts, longShares, shortShifts, shortShares);
  }

  /** As a first attempt has it: each tier in the bucket that holds most of it. */
  static NaiveMap whole(final InstrumentMap map) {
    final ShiftLines longs = map.lines(0, Side.LONG);
    final ShiftLines shorts = map.lines(0, Side.SHORT);
    final int tiers = longs.count() / 2;
    final int[] longShifts = new int[tiers];
    final int[] shortShifts = new int[tiers];
    final double[] shares = new double[tiers];
    for (int tier = 0; tier < tiers; tier++) {
      longShifts[tier] = larger(longs, tier);
      shortShifts[tier] = larger(shorts, tier);
      shares[tier] = longs.share(2 * tier) + longs.share(2 * tier + 1);
    }
    return naive(map, longShifts, shares, shortShifts, shares);
  }

  private static int larger(final ShiftLines lines, final int tier) {
    return lines.shift(
        lines.share(2 * tier) >= lines.share(2 * tier + 1) ? 2 * tier : 2 * tier + 1);
  }

  private static NaiveMap naive(
      final InstrumentMap map,
      final int[] longShifts,
      final double[] longShares,
      final int[] shortShifts,
      final double[] shortShares) {
    final EntrySettings entries = map.settings().models().get(0).entries();
    return new NaiveMap(
        map.lattice(),
        longShifts,
        longShares,
        shortShifts,
        shortShares,
        entries.turnover(),
        entries.takerLean());
  }
}
