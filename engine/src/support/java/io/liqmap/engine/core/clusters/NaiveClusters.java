package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.LiquidationDensity;
import io.liqmap.engine.core.margin.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Clusters with an identity, as plainly as they can be said. */
final class NaiveClusters {
  /** A run of dense buckets. */
  record Found(Side side, int low, int high, double notional, boolean isDense) {}

  /** A cluster that lives. */
  record Living(long id, Side side, ClusterState state, int low, int high, double notional) {
    boolean holds(final Side ofSide, final int bucket) {
      return side == ofSide && low <= bucket && bucket <= high;
    }
  }

  private final ClusterSettings settings;
  private List<Living> living = new ArrayList<>();
  private long lastId;
  int merged;
  int split;
  int cleared;
  int partial;
  int ended;
  int tooMany;
  int onlyKept;

  NaiveClusters(final ClusterSettings settings) {
    this.settings = settings;
  }

  List<Living> living() {
    return living;
  }

  void sweep(final Side side, final int low, final int high, final int mark) {
    final List<Living> left = new ArrayList<>();
    for (final Living each : living) {
      final boolean isCrossed = side == Side.LONG ? mark < each.low() : mark > each.high();
      if (each.side() == side && isCrossed) {
        cleared++;
      } else if (each.side() == side && each.low() <= high && each.high() >= low) {
        partial++;
        left.add(
            new Living(
                each.id(), side, ClusterState.PARTIAL, each.low(), each.high(), each.notional()));
      } else {
        left.add(each);
      }
    }
    living = left;
  }

  void refresh(final LiquidationDensity profile) {
    final List<Found> found = new ArrayList<>();
    for (final Side side : Side.values()) {
      found.addAll(runs(profile, side));
    }
    if (found.size() > LiveClusters.MAX) {
      tooMany++;
      found.sort(
          Comparator.comparingDouble(Found::notional)
              .reversed()
              .thenComparing(Found::side)
              .thenComparing(Found::low));
      found.subList(LiveClusters.MAX, found.size()).clear();
      found.sort(Comparator.comparing(Found::side).thenComparing(Found::low));
    }
    final List<Found> free = new ArrayList<>(found);
    final List<Living> next = new ArrayList<>();
    for (final Living old : living) {
      final List<Found> met =
          found.stream()
              .filter(run -> run.side() == old.side())
              .filter(run -> run.low() <= old.high() && run.high() >= old.low())
              .toList();
      final Optional<Found> best =
          met.stream()
              .filter(free::contains)
              .max(
                  Comparator.<Found>comparingDouble(run -> overlap(profile, old, run))
                      .thenComparing(Comparator.comparing(Found::low).reversed()));
      split += met.size() > 1 ? 1 : 0;
      merged += best.isEmpty() && !met.isEmpty() ? 1 : 0;
      ended += met.isEmpty() ? 1 : 0;
      best.ifPresent(
          run -> {
            free.remove(run);
            next.add(living(old.id(), old.state(), run));
          });
    }
    for (final Found run : free) {
      if (run.isDense()) {
        lastId++;
        next.add(living(lastId, ClusterState.ACTIVE, run));
      } else {
        onlyKept++;
      }
    }
    living = next;
  }

  private static Living living(final long id, final ClusterState state, final Found run) {
    return new Living(id, run.side(), state, run.low(), run.high(), run.notional());
  }

  private static double overlap(
      final LiquidationDensity profile, final Living old, final Found run) {
    double sum = 0;
    for (int bucket = run.low(); bucket <= run.high(); bucket++) {
      sum += old.holds(run.side(), bucket) ? profile.notional(run.side(), bucket) : 0;
    }
    return sum;
  }

  private double usual(
      final LiquidationDensity profile, final Side side, final int bucket, final double mean) {
    if (settings.aroundBps() == 0) {
      return mean;
    }
    final int reach =
        (int)
            Math.max(1, Math.round(settings.aroundBps() / profile.map().lattice().resolutionBps()));
    double sum = 0;
    int buckets = 0;
    for (int near = bucket - reach; near <= bucket + reach; near++) {
      if (near >= profile.first(side) && near <= profile.last(side)) {
        sum += profile.notional(side, near);
        buckets++;
      }
    }
    return Math.max(mean / 2, sum / buckets);
  }

  private List<Found> runs(final LiquidationDensity profile, final Side side) {
    final List<Integer> occupied = new ArrayList<>();
    for (int bucket = profile.first(side); bucket <= profile.last(side); bucket++) {
      if (profile.notional(side, bucket) > 0) {
        occupied.add(bucket);
      }
    }
    final double mean = profile.total(side) / occupied.size();
    final Set<Integer> held = new HashSet<>();
    for (final Living each : living) {
      for (int bucket = each.low(); each.side() == side && bucket <= each.high(); bucket++) {
        held.add(bucket);
      }
    }
    final List<List<Integer>> runs = new ArrayList<>();
    for (final int bucket : occupied) {
      final double times = held.contains(bucket) ? settings.keptAt() : settings.bornAt();
      if (profile.notional(side, bucket) >= times * usual(profile, side, bucket, mean)) {
        final List<Integer> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
        if (last.isEmpty() || bucket - last.get(last.size() - 1) - 1 > settings.bridged()) {
          runs.add(new ArrayList<>(List.of(bucket)));
        } else {
          last.add(bucket);
        }
      }
    }
    final List<Found> found = new ArrayList<>();
    for (final List<Integer> run : runs) {
      final int low = run.get(0);
      final int high = run.get(run.size() - 1);
      double sum = 0;
      for (int bucket = low; bucket <= high; bucket++) {
        sum += profile.notional(side, bucket);
      }
      final boolean isDense =
          run.stream()
              .anyMatch(
                  bucket ->
                      profile.notional(side, bucket)
                          >= settings.bornAt() * usual(profile, side, bucket, mean));
      found.add(new Found(side, low, high, sum, isDense));
    }
    return found;
  }
}
