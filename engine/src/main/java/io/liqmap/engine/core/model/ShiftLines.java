package io.liqmap.engine.core.model;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Side;

/**
 * A leverage profile on the lattice, for one side: lines of (shift, share). Immutable, for any
 * thread.
 *
 * <p>A tier's liquidation price is a constant multiple of the entry price, so an entry at bucket e
 * liquidates at e + shift. The shift has a fraction; each tier becomes two neighbouring lines,
 * shares set so that mass and mean are kept: line 2t is the nearer one of tier t, line 2t+1 the
 * farther. Tiers that the venue doesn't grant have no share; the others have theirs, in proportion.
 * Where it grants none, all positions lie on their entries, where they expire at once.
 */
public final class ShiftLines {
  private final int[] shifts;
  private final double[] shares;
  private final double[] logLeverages;
  private final double[] rates;
  private final boolean isGranted;
  private final int nearest;
  private final int farthest;

  /** Puts a profile on the lattice. */
  public ShiftLines(
      final Side side, final ModelSettings model, final MarginTerms margin, final Lattice lattice) {
    final int tiers = model.profile().size();
    shifts = new int[2 * tiers];
    shares = new double[2 * tiers];
    logLeverages = new double[tiers];
    rates = new double[tiers];
    int nearestShift = -side.sign() * Integer.MAX_VALUE;
    int farthestShift = 0;
    final double granted = granted(side, model, margin);
    isGranted = granted > 0;
    for (int tier = 0; tier < tiers; tier++) {
      final LeverageTier line = model.profile().get(tier);
      final double ratio =
          granted == 0 ? 1 : margin.liquidationRatio(side, line, model.maintenance());
      final double distance = Math.abs(lattice.distance(ratio));
      final int near = (int) StrictMath.floor(distance);
      final double fraction = distance - near;
      shifts[2 * tier] = -side.sign() * near;
      shifts[2 * tier + 1] = -side.sign() * (near + 1);
      final double share =
          granted == 0
              ? line.share()
              : margin.isGranted(side, line, model.maintenance()) ? line.share() / granted : 0;
      shares[2 * tier] = share * (1 - fraction);
      shares[2 * tier + 1] = share * fraction;
      logLeverages[tier] = StrictMath.log(line.leverage());
      rates[tier] = margin.maintenanceRate(side, line, model.maintenance());
      if (share > 0 && Math.abs(shifts[2 * tier]) < Math.abs(nearestShift)) {
        nearestShift = shifts[2 * tier];
      }
      if (Math.abs(shifts[2 * tier + 1]) > Math.abs(farthestShift)) {
        farthestShift = shifts[2 * tier + 1];
      }
    }
    nearest = nearestShift;
    farthest = farthestShift;
  }

  private static double granted(
      final Side side, final ModelSettings model, final MarginTerms margin) {
    double sum = 0;
    for (final LeverageTier line : model.profile()) {
      sum += margin.isGranted(side, line, model.maintenance()) ? line.share() : 0;
    }
    return sum;
  }

  /** Lines that there are: two for each tier. */
  public int count() {
    return shifts.length;
  }

  /** Buckets from entry to liquidation: 0 or less for longs, 0 or more for shorts. */
  public int shift(final int line) {
    return shifts[line];
  }

  /** Whether the venue grants a tier to positions of its size. */
  public boolean isGranted(final int tier) {
    return isGranted && shares[2 * tier] + shares[2 * tier + 1] > 0;
  }

  /** Part of the open interest on a line, before any tilt. */
  public double share(final int line) {
    return shares[line];
  }

  /**
   * Writes the shares, tilted: each multiplied by its leverage to a power, and all by what makes
   * them add up to 1 again.
   *
   * @param power 0 for no tilt
   */
  public void tilt(final double power, final double[] tilted) {
    System.arraycopy(shares, 0, tilted, 0, shares.length);
    if (power == 0) {
      return;
    }
    double sum = 0;
    for (int line = 0; line < tilted.length; line++) {
      // StrictMath.pow would allocate.
      tilted[line] *= StrictMath.exp(power * logLeverages[line / 2]);
      sum += tilted[line];
    }
    for (int line = 0; line < tilted.length; line++) {
      tilted[line] /= sum;
    }
  }

  /** Maintenance margin rate of a tier's bracket. */
  public double maintenanceRate(final int tier) {
    return rates[tier];
  }

  /** The shift that is nearest to the entry. */
  public int nearest() {
    return nearest;
  }

  /** The shift that is farthest from the entry. */
  public int farthest() {
    return farthest;
  }
}
