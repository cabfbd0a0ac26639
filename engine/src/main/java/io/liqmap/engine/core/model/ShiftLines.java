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
 * farther. A tier by distance has half its share at a quarter and half at three quarters of its
 * range. Leverages that the venue doesn't grant have no share; the others have theirs, in
 * proportion. Where it grants none, such positions lie on their entries, where they expire at once.
 */
public final class ShiftLines {
  private final int[] shifts;
  private final double[] weights;
  private final double[] shares;
  private final double[] logLeverages;
  private final double[] rates;
  private final boolean[] granted;
  private final double outOfReach;
  private int nearest;
  private int farthest;

  /** Puts a profile on the lattice. */
  public ShiftLines(
      final Side side, final ModelSettings model, final MarginTerms margin, final Lattice lattice) {
    final int tiers = model.profile().size();
    shifts = new int[2 * tiers];
    weights = new double[2 * tiers];
    shares = new double[2 * tiers];
    logLeverages = new double[tiers];
    rates = new double[tiers];
    granted = new boolean[tiers];
    nearest = -side.sign() * Integer.MAX_VALUE;
    outOfReach = model.outOfReach(side);
    final double grantedShare = grantedShare(side, model, margin);
    for (int tier = 0; tier < tiers; tier++) {
      final ProfileTier line = model.profile().get(tier);
      logLeverages[tier] = StrictMath.log(line.leverage());
      if (line instanceof DistanceTier distances) {
        granted[tier] = true;
        place(tier, side, distances, lattice.distance(StrictMath.exp(1)));
        share(tier, line.share(side));
      } else if (line instanceof LeverageTier leveraged) {
        final boolean isOnEntry = grantedShare == 0;
        granted[tier] = !isOnEntry && margin.isGranted(side, leveraged, model.maintenance());
        rates[tier] = margin.maintenanceRate(side, leveraged, model.maintenance());
        final double ratio =
            isOnEntry ? 1 : margin.liquidationRatio(side, leveraged, model.maintenance());
        place(tier, side, Math.abs(lattice.distance(ratio)));
        if (isOnEntry) {
          share(tier, line.share(side));
        } else {
          share(
              tier,
              granted[tier] ? line.share(side) / grantedShare * leverageReach(side, model) : 0);
        }
      }
      reach(tier);
    }
  }

  /** Both lines beside a distance, in buckets. */
  private void place(final int tier, final Side side, final double distance) {
    final int near = (int) StrictMath.floor(distance);
    final double fraction = distance - near;
    set(2 * tier, -side.sign() * near, 1 - fraction);
    set(2 * tier + 1, -side.sign() * (near + 1), fraction);
  }

  /** One line in each half of a range, where there are two buckets for them. */
  private void place(
      final int tier, final Side side, final DistanceTier range, final double bucketsPerLog) {
    final double from = range.from() * bucketsPerLog;
    final double width = range.to() * bucketsPerLog - from;
    final int near = (int) StrictMath.rint(from + width / 4);
    final int far = (int) StrictMath.rint(from + width * 3 / 4);
    if (near < 1 || near == far) {
      place(tier, side, from + width / 2);
      return;
    }
    set(2 * tier, -side.sign() * near, .5);
    set(2 * tier + 1, -side.sign() * far, .5);
  }

  private void set(final int line, final int shift, final double weight) {
    shifts[line] = shift;
    weights[line] = weight;
  }

  private void share(final int tier, final double share) {
    shares[2 * tier] = share * weights[2 * tier];
    shares[2 * tier + 1] = share * weights[2 * tier + 1];
  }

  /** A tier by distance counts even without a share: it may learn one. */
  private void reach(final int tier) {
    final int near = shifts[2 * tier];
    final int far = shifts[2 * tier + 1];
    final boolean canHold = shares[2 * tier] + shares[2 * tier + 1] > 0 || granted[tier];
    if (canHold && Math.abs(near) < Math.abs(nearest)) {
      nearest = near;
    }
    if (Math.abs(far) > Math.abs(farthest)) {
      farthest = far;
    }
  }

  /** Share of all leverages; exactly 1 where a profile has nothing else. */
  private static double leverageReach(final Side side, final ModelSettings model) {
    double others = model.outOfReach(side);
    for (final ProfileTier line : model.profile()) {
      others += line instanceof DistanceTier ? line.share(side) : 0;
    }
    return 1 - others;
  }

  private static double grantedShare(
      final Side side, final ModelSettings model, final MarginTerms margin) {
    double sum = 0;
    for (final ProfileTier line : model.profile()) {
      sum +=
          line instanceof LeverageTier leveraged
                  && margin.isGranted(side, leveraged, model.maintenance())
              ? line.share(side)
              : 0;
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

  /** Whether the venue grants a tier to positions of its size; a tier by distance always. */
  public boolean isGranted(final int tier) {
    return granted[tier];
  }

  /** Part of its tier's share that a line has. */
  public double weight(final int line) {
    return weights[line];
  }

  /** Part of the open interest on a line as settings have it, before any tilt. */
  public double share(final int line) {
    return shares[line];
  }

  /**
   * Tilts shares: each is multiplied by its leverage to a power, and all by what makes them add up
   * again.
   *
   * @param power 0 for no tilt
   * @param reach what they add up to
   * @param tilted shares by line
   */
  public void tilt(final double power, final double reach, final double[] tilted) {
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
      tilted[line] = sum > 0 ? tilted[line] / sum * reach : 0;
    }
  }

  /** Part of the open interest that settings have on no line. */
  public double outOfReach() {
    return outOfReach;
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
