package io.liqmap.engine.core.map;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Side;
import java.util.Arrays;

/**
 * One side of a {@link BlendedDensity}: notionals by liquidation bucket, and how far the models
 * disagree about them.
 */
public final class BlendedSide extends SideNotionals {
  private final Lattice lattice;
  private final Side side;
  private final ModelPart[] parts;
  private final double[][] ofParts;
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
    begin(low, high);
    coverage = 0;
    outOfReach = 0;
    unmapped = 0;
    for (int i = 0; i < parts.length; i++) {
      add(i);
    }
    end();
    disperse();
  }

  private void add(final int number) {
    final double[] notionals = notionals();
    if (ofParts[number].length < notionals.length) {
      ofParts[number] = new double[notionals.length];
    }
    final double[] ofPart = ofParts[number];
    Arrays.fill(ofPart, 0);
    final ModelPart part = parts[number];
    part.put(side, ofPart, origin());
    final double share = part.share();
    coverage += share * part.coverage(side);
    outOfReach += share * part.outOfReach(side);
    unmapped += share * part.unmapped(side);
    for (int place = first() - origin(); place <= last() - origin(); place++) {
      notionals[place] += share * ofPart[place];
    }
  }

  /** By quantities of the base asset, as {@link MapSnapshot#disagreement}. */
  private void disperse() {
    final double all = quantity(notionals());
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
    final double[] notionals = notionals();
    double sum = 0;
    for (int bucket = first(); bucket <= last(); bucket++) {
      final int place = bucket - origin();
      sum += Math.abs(ofPart[place] / mine - notionals[place] / all) / lattice.centre(bucket);
    }
    return sum / 2;
  }

  private double quantity(final double[] of) {
    double sum = 0;
    for (int bucket = first(); bucket <= last(); bucket++) {
      sum += of[bucket - origin()] / lattice.centre(bucket);
    }
    return sum;
  }
}
