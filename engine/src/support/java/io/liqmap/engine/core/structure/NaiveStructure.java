package io.liqmap.engine.core.structure;

import static io.liqmap.engine.core.structure.StructureFixture.LATTICE;
import static io.liqmap.engine.core.structure.StructureFixture.MINUTE;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The whole history, and everything worked out from it again each time. */
final class NaiveStructure {
  record Trade(long time, int bucket, double quantity) {}

  record Tick(long time, long price) {}

  final List<Trade> trades = new ArrayList<>();
  final List<Tick> ticks = new ArrayList<>();
  private final StructureSettings settings;
  private long now;

  NaiveStructure(final StructureSettings settings) {
    this.settings = settings;
  }

  void apply(final RandomPath path) {
    now = Math.max(now, path.time);
    if (path.hasPrice) {
      ticks.add(new Tick(now, path.price));
    }
    if (path.hasVolume) {
      trades.add(new Trade(now, StructureFixture.bucket(path.price), (double) path.quantity));
    }
  }

  NavigableMap<Integer, Double> volumes() {
    final long step = settings.halfLifeNanos() / 1024;
    final NavigableMap<Integer, Double> volumes = new TreeMap<>();
    for (final Trade trade : trades) {
      final long steps = now / step - trade.time() / step;
      volumes.merge(
          trade.bucket(), trade.quantity() * StrictMath.pow(2, -steps / 1024.0), Double::sum);
    }
    return volumes;
  }

  List<Swing> swings() {
    final List<Swing> swings = new ArrayList<>();
    for (final int scale : settings.scalesBps()) {
      final List<Swing> all = zigzag(scale);
      swings.addAll(all.subList(Math.max(0, all.size() - 8), all.size()));
    }
    return swings;
  }

  private List<Swing> zigzag(final int scale) {
    final List<Swing> found = new ArrayList<>();
    int at = legBegins(scale);
    if (at == ticks.size()) {
      return found;
    }
    boolean isUp = rises(lowest(0, at), ticks.get(at), scale);
    Tick extreme = ticks.get(at);
    for (at++; at < ticks.size(); at++) {
      final Tick tick = ticks.get(at);
      if (isUp ? tick.price() > extreme.price() : tick.price() < extreme.price()) {
        extreme = tick;
      } else if (isUp ? falls(extreme, tick, scale) : rises(extreme, tick, scale)) {
        found.add(
            new Swing(
                scale,
                isUp,
                extreme.price(),
                StructureFixture.bucket(extreme.price()),
                extreme.time()));
        extreme = tick;
        isUp = !isUp;
      }
    }
    return found;
  }

  private int legBegins(final int scale) {
    Tick low = ticks.get(0);
    Tick high = low;
    for (int at = 1; at < ticks.size(); at++) {
      final Tick tick = ticks.get(at);
      if (rises(low, tick, scale) || falls(high, tick, scale)) {
        return at;
      }
      low = tick.price() < low.price() ? tick : low;
      high = tick.price() > high.price() ? tick : high;
    }
    return ticks.size();
  }

  private Tick lowest(final int from, final int to) {
    return ticks.subList(from, to).stream()
        .min(Comparator.comparingLong(Tick::price))
        .orElseThrow();
  }

  private static boolean rises(final Tick from, final Tick to, final int scale) {
    return times(to, 10_000).compareTo(times(from, 10_000 + scale)) >= 0;
  }

  private static boolean falls(final Tick from, final Tick to, final int scale) {
    return times(to, 10_000).compareTo(times(from, 10_000 - scale)) <= 0;
  }

  private static BigInteger times(final Tick tick, final int factor) {
    return BigInteger.valueOf(tick.price()).multiply(BigInteger.valueOf(factor));
  }

  /** Last price before each full minute, from the first minute that has one. */
  List<Long> samples() {
    final List<Long> samples = new ArrayList<>();
    int next = 0;
    for (long minute = ticks.get(0).time() / MINUTE + 1; minute * MINUTE <= now; minute++) {
      while (next < ticks.size() && ticks.get(next).time() < minute * MINUTE) {
        next++;
      }
      samples.add(ticks.get(next - 1).price());
    }
    return samples;
  }

  /** Mean and slope per hour for a window, after all samples. */
  double[] trend(final long window) {
    final double kept = StrictMath.exp(-(double) MINUTE / window);
    double mean = Double.NaN;
    double change = 0;
    for (final long price : samples()) {
      if (Double.isNaN(mean)) {
        mean = price;
      } else {
        final double before = mean;
        mean = kept * mean + (1 - kept) * price;
        change = kept * change + (1 - kept) * (mean - before);
      }
    }
    return new double[] {mean, 60 * change / mean};
  }

  /** Fewest buckets around the point of control that hold the share, by trying all runs. */
  static int valueAreaLength(
      final NavigableMap<Integer, Double> volumes, final int around, final double target) {
    int best = Integer.MAX_VALUE;
    for (final int low : volumes.headMap(around, true).keySet()) {
      double sum = 0;
      for (final var entry : volumes.tailMap(low, true).entrySet()) {
        sum += entry.getValue();
        if (entry.getKey() >= around && sum >= target) {
          best = Math.min(best, entry.getKey() - low + 1);
          break;
        }
      }
    }
    return best;
  }

  /** Buckets of the nodes in a profile, in no order: straight from the definition at 5 bp. */
  static List<Integer> nodes(
      final NavigableMap<Integer, Double> volumes, final double meanOfValueArea) {
    if (LATTICE.resolutionBps() != 5) {
      throw new AssertionError("radius and reach are those of 5 bp");
    }
    final List<Integer> nodes = new ArrayList<>();
    for (int bucket = volumes.firstKey(); bucket <= volumes.lastKey(); bucket++) {
      final double here = smoothed(volumes, bucket);
      boolean isTop = here >= 1.25 * meanOfValueArea;
      for (int distance = 1; distance <= 10; distance++) {
        isTop &= here > smoothed(volumes, bucket - distance);
        isTop &= here >= smoothed(volumes, bucket + distance);
      }
      if (isTop) {
        nodes.add(bucket);
      }
    }
    return nodes;
  }

  private static double smoothed(final NavigableMap<Integer, Double> volumes, final int bucket) {
    double sum = 0;
    for (int distance = -2; distance <= 2; distance++) {
      sum += (3 - Math.abs(distance)) * volumes.getOrDefault(bucket + distance, 0.0);
    }
    return sum / 9;
  }
}
