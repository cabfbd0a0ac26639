package io.liqmap.tools.watch;

import io.liqmap.engine.core.margin.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Maps of made-up amounts around a mark of 60,000. */
final class Samples {
  static final double MARK = 60_012.5;
  private static final int BUCKETS = 400;
  private static final double WIDTH = 25;
  private static final long TIME = 1_722_859_200_000_000_000L;

  private Samples() {}

  static WatchedMap map(final SplittableRandom random, final String label) {
    return map(random, label, MARK);
  }

  static WatchedMap map(final SplittableRandom random, final String label, final double mark) {
    return new WatchedMap(
        "venue:" + label,
        label,
        TIME,
        random.nextLong(1, 1L << 40),
        "consensus of 12h",
        "BTC",
        "USDT+USD",
        mark,
        76_123.4,
        side(random, Side.LONG, mark),
        side(random, Side.SHORT, mark),
        List.of(
            cluster(Side.LONG, mark - 700, mark - 600, mark),
            cluster(Side.LONG, mark - 2_000, mark - 1_500, mark),
            cluster(Side.SHORT, mark + 300, mark + 412.5, mark)),
        List.of("shown: 9.0 % of longs, 26.5 % of shorts", "gaps 3, rejected 0"),
        WatchedMap.CAVEAT);
  }

  private static WatchedMap.Cluster cluster(
      final Side side, final double low, final double high, final double mark) {
    final double near = side == Side.LONG ? high : low;
    return new WatchedMap.Cluster(
        side, low, high, 2.5e6, Math.abs(near / mark - 1) * 1e4, "no. 1063");
  }

  private static Bars side(final SplittableRandom random, final Side side, final double mark) {
    final double[] lows = new double[BUCKETS];
    final double[] highs = new double[BUCKETS];
    final double[] notionals = new double[BUCKETS];
    final double first =
        Math.floor(mark / WIDTH) * WIDTH - (side == Side.LONG ? (BUCKETS - 1) * WIDTH : 0);
    for (int i = 0; i < BUCKETS; i++) {
      lows[i] = first + i * WIDTH;
      highs[i] = lows[i] + WIDTH;
      notionals[i] = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 1e6;
    }
    return Bars.of(side, mark, lows, highs, notionals);
  }

  static List<HeatColumn> columns(final SplittableRandom random, final int count) {
    final List<HeatColumn> columns = new ArrayList<>();
    double mark = MARK;
    for (int i = 0; i < count; i++) {
      mark += random.nextDouble() * 100 - 50;
      columns.add(HeatColumn.of(map(random, "A", mark), TIME + i * 300_000_000_000L));
    }
    return columns;
  }

  static WatchState live(final double age) {
    return new WatchState(WatchState.Kind.LIVE, age, 1, null);
  }

  static Look look(
      final int width, final int height, final ColorLevel colors, final Look.Picture picture) {
    return new Look(width, height, colors, picture, 8, 16);
  }
}
