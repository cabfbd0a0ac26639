package io.liqmap.engine.core.map;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Side;
import java.util.Arrays;

/**
 * One side of a {@link BlendedDensity}: notionals by liquidation bucket, from {@link #origin} on,
 * and how far the models disagree about them. On the thread that owns the map.
 */
public final class BlendedSide implements SideNotionals {
  /** Buckets by which it may grow before there has to be new room. */
  private static final int SLACK = 256;

  private final Lattice lattice;
  private final Side side;
  private final ModelPart[] parts;
  private final double[][] ofParts;
  private double[] notionals = new double[0];
  private int origin;
  private int first = 1;
  private int last;
  private double coverage;
  private double outOfReach;
  private double unmapped;
  private double dispersion;

  BlendedSide(final InstrumentMap map, final Side side, final ModelPart[] parts) {
    lattice = map.lattice();
    this.side = side;
    this.parts = parts;
    ofParts = new double[parts.length][0];
  }

  @Override
  public int first() {
    return first;
  }

  @Override
  public int last() {
    return last;
  }

  @Override
  public int origin() {
    return origin;
  }

  @Override
  public double[] notionals() {
    return notionals;
  }

  @Override
  public double notional(final int bucket) {
    return bucket < first || bucket > last ? 0 : notionals[bucket - origin];
  }

  /** Share of the side's open interest that is shown, 0 to 1; 0 before the first. */
  public double coverage() {
    return coverage;
  }

  /** Share of the side's open interest that no price liquidates, 0 to 1. */
  public double outOfReach() {
    return outOfReach;
  }

  /**
   * Share of the side's open interest whose entries the models don't know, 0 to 1; of a window, of
   * what was opened before it too.
   */
  public double unmapped() {
    return unmapped;
  }

  /**
   * How far the models disagree: the mean part of a model's map that would have to move to make it
   * the mean, 0 to 1.
   */
  public double dispersion() {
    return dispersion;
  }

  void project() {
    int low = Integer.MAX_VALUE;
    int high = Integer.MIN_VALUE;
    for (final ModelPart part : parts) {
      final int from = part.first(side);
      final int to = part.last(side);
      if (from <= to) {
        low = Math.min(low, from);
        high = Math.max(high, to);
      }
    }
    makeRoom(low, high);
    coverage = 0;
    outOfReach = 0;
    unmapped = 0;
    for (int i = 0; i < parts.length; i++) {
      final double share = parts[i].share();
      final double[] ofPart = ofParts[i];
      parts[i].put(side, ofPart, origin);
      coverage += share * parts[i].coverage(side);
      outOfReach += share * parts[i].outOfReach(side);
      unmapped += share * parts[i].unmapped(side);
      if (low <= high) {
        for (int place = low - origin; place <= high - origin; place++) {
          notionals[place] += share * ofPart[place];
        }
      }
    }
    first = low <= high ? low : 1;
    last = low <= high ? high : 0;
    while (first <= last && notionals[first - origin] == 0) {
      first++;
    }
    while (last >= first && notionals[last - origin] == 0) {
      last--;
    }
    disperse();
  }

  private void makeRoom(final int low, final int high) {
    if (low <= high && (low < origin || high >= origin + notionals.length)) {
      origin = low - SLACK & -Long.SIZE;
      final int count = high + SLACK + Long.SIZE - origin & -Long.SIZE;
      if (count > notionals.length) {
        notionals = new double[count];
        for (int i = 0; i < ofParts.length; i++) {
          ofParts[i] = new double[count];
        }
      }
    }
    Arrays.fill(notionals, 0);
    for (final double[] ofPart : ofParts) {
      Arrays.fill(ofPart, 0);
    }
  }

  /** By quantities of the base asset, as {@link MapSnapshot#disagreement}. */
  private void disperse() {
    final double all = quantity(notionals);
    dispersion = 0;
    for (int i = 0; i < parts.length; i++) {
      dispersion += parts[i].share() * disagreement(ofParts[i], all);
    }
  }

  private double disagreement(final double[] ofPart, final double all) {
    final double mine = quantity(ofPart);
    if (mine == 0 || all == 0) {
      return mine == all ? 0 : 1;
    }
    double sum = 0;
    for (int bucket = first; bucket <= last; bucket++) {
      final int place = bucket - origin;
      sum += Math.abs(ofPart[place] / mine - notionals[place] / all) / lattice.centre(bucket);
    }
    return sum / 2;
  }

  private double quantity(final double[] of) {
    double sum = 0;
    for (int bucket = first; bucket <= last; bucket++) {
      sum += of[bucket - origin] / lattice.centre(bucket);
    }
    return sum;
  }
}
