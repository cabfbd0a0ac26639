package io.liqmap.tools.importer;

/**
 * The price path assumed inside a bar, and the volume traded along it.
 *
 * <p>Open → low → high → close if the close isn't below the open, else open → high → low → close;
 * each leg in equal steps of the price's logarithm, of at most 5 bp, rounded to ticks; the four
 * corners are exact. At least 4 points. Volume is spread evenly over the length of the path, bought
 * and sold volume each by its running total, so that both sum up to the last unit. A flat bar has 4
 * points of equal volume. All of it is the same on every machine.
 */
final class BarPath {
  private static final double MAX_STEP = 5e-4;
  private static final int MIN_STEPS = 3;
  private static final int MAX_STEPS = 4000;
  private static final int LEGS = 3;

  /** A point shouldn't be left without volume, so a bar has no more steps than an 8th of it. */
  private static final long VOLUME_PER_STEP = 8;

  private final long[] corners = new long[LEGS + 1];
  private final double[] lengths = new double[LEGS];
  private final int[] steps = new int[LEGS];
  private final int[] cornerPoints = new int[LEGS + 1];
  private final long[] prices = new long[MAX_STEPS + LEGS + 1];
  private final double[] distances = new double[MAX_STEPS + LEGS + 1];
  private final long tick;

  private int points;
  private boolean lowFirst;
  private long boughtTotal;
  private long soldTotal;
  private double total;

  /** Makes a path for prices of this tick size, in mantissas. */
  BarPath(final long tickSize) {
    tick = tickSize;
  }

  /** Lays the path of a bar whose prices are above zero and in order. */
  void lay(
      final long open,
      final long high,
      final long low,
      final long close,
      final long bought,
      final long sold) {
    boughtTotal = bought;
    soldTotal = sold;
    lowFirst = close >= open;
    corners[0] = open;
    corners[1] = lowFirst ? low : high;
    corners[2] = lowFirst ? high : low;
    corners[3] = close;
    total = 0;
    for (int leg = 0; leg < LEGS; leg++) {
      lengths[leg] =
          corners[leg] == corners[leg + 1]
              ? 0
              : Math.abs(StrictMath.log((double) corners[leg + 1] / corners[leg]));
      total += lengths[leg];
    }
    if (total > 0) {
      walk();
    } else {
      layFlat();
    }
  }

  private void walk() {
    final double most =
        Math.max(MIN_STEPS, Math.min(MAX_STEPS, (boughtTotal + soldTotal) / VOLUME_PER_STEP));
    final double step = Math.max(total / most, Math.min(MAX_STEP, total / MIN_STEPS));
    points = 0;
    prices[0] = corners[0];
    distances[0] = 0;
    cornerPoints[0] = 0;
    double walked = 0;
    for (int leg = 0; leg < LEGS; leg++) {
      steps[leg] = (int) Math.ceil(lengths[leg] / step);
      final long from = corners[leg];
      final long to = corners[leg + 1];
      for (int i = 1; i <= steps[leg]; i++) {
        points++;
        final double part = (double) i / steps[leg];
        prices[points] = i == steps[leg] ? to : between(from, to, lengths[leg] * part);
        distances[points] = walked + lengths[leg] * part;
      }
      walked += lengths[leg];
      cornerPoints[leg + 1] = points;
    }
    points++;
    total = walked;
  }

  private long between(final long from, final long to, final double distance) {
    final double exact = from * StrictMath.exp(to > from ? distance : -distance);
    final long rounded = (long) Math.rint(exact / tick) * tick;
    return Math.max(Math.min(from, to), Math.min(Math.max(from, to), rounded));
  }

  private void layFlat() {
    points = LEGS + 1;
    for (int i = 0; i < points; i++) {
      prices[i] = corners[0];
      distances[i] = i;
      cornerPoints[i] = i;
    }
    total = LEGS;
  }

  int points() {
    return points;
  }

  long price(final int point) {
    return prices[point];
  }

  long bought(final int point) {
    return upTo(point, boughtTotal) - upTo(point - 1, boughtTotal);
  }

  long sold(final int point) {
    return upTo(point, soldTotal) - upTo(point - 1, soldTotal);
  }

  /** Point at which the path is at the bar's low first. */
  int lowPoint() {
    return cornerPoints[lowFirst ? 1 : 2];
  }

  /** Point at which the path is at the bar's high first. */
  int highPoint() {
    return cornerPoints[lowFirst ? 2 : 1];
  }

  /** A point has the volume of the half steps before and after it. */
  private long upTo(final int point, final long volume) {
    if (point < 0) {
      return 0;
    }
    if (point == points - 1) {
      return volume;
    }
    final double share =
        lengthsAreZero()
            ? (double) (point + 1) / points
            : (distances[point] + distances[point + 1]) / 2 / total;
    return Math.min(volume, (long) (volume * share));
  }

  private boolean lengthsAreZero() {
    return lengths[0] + lengths[1] + lengths[2] == 0;
  }
}
