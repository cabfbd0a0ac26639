package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.clusters.CascadeReach;
import io.liqmap.engine.core.clusters.Cluster;
import io.liqmap.engine.core.margin.Side;

/**
 * Answers questions about the state that a reader holds, without allocation.
 *
 * <p>Prices are in the quote asset per base asset, notionals in the quote asset. Between the edges
 * of a bucket its notional counts in proportion to the logarithm of price. Notional farther away
 * than the view reaches isn't counted. Where there is no mark price, answers are NaN or nothing.
 * Belongs to the thread of its reader.
 */
public final class Questions {
  private static final double BPS = 1e-4;
  private static final double HOUR_NANOS = 3.6e12;

  private final ViewReader view;
  private final CascadeReach reach = new CascadeReach();
  private final CascadeReach.Notionals swept = this::swept;

  /** Of the shock that is followed: the side that it sweeps, and where mark is. */
  private Side shocked = Side.LONG;

  private double shockedPlace;
  private double shockedFrom;

  /** Asks a reader: about what its last refresh brought. */
  public Questions(final ViewReader view) {
    this.view = view;
  }

  /** Place of a price on the lattice: the number of its bucket, and how far into it. */
  private double place(final double price) {
    return StrictMath.log(price / view.priceUnit()) / view.logWidth();
  }

  private double price(final double place) {
    return StrictMath.exp(place * view.logWidth()) * view.priceUnit();
  }

  /** Notional of a side from the anchor outward to a place. */
  private double outward(final Side side, final double place) {
    // Outward, bucket i of a side covers the distances i to i + 1.
    final double distance =
        side == Side.LONG ? view.anchorBucket() + 1 - place : place - view.anchorBucket();
    if (!(distance > 0)) {
      return 0;
    }
    final double[] cumulative = view.cumulative(side);
    final int whole = (int) Math.min(distance, cumulative.length);
    final double before = whole == 0 ? 0 : cumulative[whole - 1];
    return whole == cumulative.length
        ? before
        : before + (distance - whole) * (cumulative[whole] - before);
  }

  /**
   * Whether nothing bears out a side's amounts: too few days with sweeps and reports, or the map
   * isn't scored.
   */
  public boolean isUnproven(final Side side) {
    final CalibrationStatus status = view.calibration(side);
    return status == null || status == CalibrationStatus.UNPROVEN;
  }

  /** Whether a side's amounts have been wrong by more than a factor of two. */
  public boolean isUncalibrated(final Side side) {
    return view.calibration(side) == CalibrationStatus.UNCALIBRATED;
  }

  /**
   * Notional of a side between two prices, in either order.
   *
   * @param low above 0
   * @param high above 0
   */
  public double between(final Side side, final double low, final double high) {
    return Math.abs(outward(side, place(high)) - outward(side, place(low)));
  }

  /**
   * What would be liquidated on the way from mark straight to a price: longs below mark, shorts
   * above it.
   *
   * @param price above 0
   */
  public double cumulative(final double price) {
    final double mark = view.markPrice();
    return price < mark ? between(Side.LONG, price, mark) : between(Side.SHORT, mark, price);
  }

  /**
   * The same for several prices.
   *
   * @param notionals takes the answers, in the order of the prices
   */
  public void cumulative(final double[] prices, final double[] notionals) {
    for (int i = 0; i < prices.length; i++) {
      notionals[i] = cumulative(prices[i]);
    }
  }

  /**
   * Price at which what would be liquidated of a side on the way from mark reaches a notional; NaN
   * where the view holds less.
   *
   * @param notional above 0
   */
  public double priceAt(final Side side, final double notional) {
    final double[] cumulative = view.cumulative(side);
    final double target = outward(side, place(view.markPrice())) + notional;
    int low = 0;
    int high = cumulative.length;
    while (low < high) {
      final int middle = (low + high) >>> 1;
      if (cumulative[middle] < target) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == cumulative.length) {
      return Double.NaN;
    }
    final double before = low == 0 ? 0 : cumulative[low - 1];
    final double distance = low + (target - before) / (cumulative[low] - before);
    return price(
        side == Side.LONG ? view.anchorBucket() + 1 - distance : view.anchorBucket() + distance);
  }

  /**
   * Longs over shorts near mark: (long − short) / (long + short), −1 to 1; NaN where both are
   * empty.
   *
   * @param withinBps how far from mark, basis points, above 0, below 10,000
   */
  public double imbalance(final double withinBps) {
    final double mark = view.markPrice();
    final double longs = between(Side.LONG, mark * (1 - withinBps * BPS), mark);
    final double shorts = between(Side.SHORT, mark, mark * (1 + withinBps * BPS));
    return (longs - shorts) / (longs + shorts);
  }

  /**
   * Cluster of a side whose near edge is nearest to mark, among those that hold enough; −1 if there
   * is none.
   *
   * @return its number among the clusters of the view
   */
  public int nearest(final Side side, final double minNotional) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int cluster = 0; cluster < view.clusters(); cluster++) {
      if (view.clusterSide(cluster) == side && view.clusterNotional(cluster) >= minNotional) {
        final double distance = distanceBps(cluster);
        if (distance < least) {
          least = distance;
          nearest = cluster;
        }
      }
    }
    return nearest;
  }

  /**
   * The largest clusters of both sides near mark, the largest first.
   *
   * @param withinBps how far from mark their near edges lie at most, basis points
   * @param found takes their numbers, as many as there is room for
   * @return how many were found
   */
  public int largest(final double withinBps, final int[] found) {
    int count = 0;
    for (int cluster = 0; cluster < view.clusters(); cluster++) {
      if (distanceBps(cluster) <= withinBps) {
        final double notional = view.clusterNotional(cluster);
        int at = count;
        while (at > 0 && view.clusterNotional(found[at - 1]) < notional) {
          at--;
        }
        if (at < found.length) {
          count = Math.min(count + 1, found.length);
          System.arraycopy(found, at, found, at + 1, count - at - 1);
          found[at] = cluster;
        }
      }
    }
    return count;
  }

  /** Price at the centre of a cluster's peak. */
  public double peak(final int cluster) {
    return price(view.clusterPeakBucket(cluster) + .5);
  }

  /** Price at which mark would enter a cluster, or has: the edge that it comes from. */
  public double nearEdge(final int cluster) {
    return view.clusterSide(cluster) == Side.LONG
        ? price(view.clusterHighBucket(cluster) + 1.0)
        : price(view.clusterLowBucket(cluster));
  }

  /** From mark to the near edge of a cluster, basis points of mark; 0 where mark is in it. */
  public double distanceBps(final int cluster) {
    return Cluster.distanceBps(view.clusterSide(cluster), nearEdge(cluster), view.markPrice());
  }

  /**
   * The same in standard deviations of the price's logarithm over a horizon; NaN while volatility
   * isn't known.
   *
   * @param horizonNanos above 0
   */
  public double distanceSigmas(final int cluster, final long horizonNanos) {
    final double distance = Math.abs(StrictMath.log(nearEdge(cluster) / view.markPrice()));
    return distanceBps(cluster) == 0 ? 0 : distance / sigma(horizonNanos);
  }

  private double sigma(final long horizonNanos) {
    return view.volatility() * Math.sqrt(horizonNanos / HOUR_NANOS);
  }

  /**
   * Probability that price touches a level within a horizon, if its logarithm were a Brownian
   * motion without drift that keeps the realised volatility: 2 (1 − Φ(|ln(level / mark)| / σ
   * √horizon)), by the reflection principle. A stated model, no forecast: it knows neither
   * direction, nor jumps, nor clusters. NaN while volatility isn't known.
   *
   * @param level above 0
   * @param horizonNanos above 0
   */
  public double touchProbability(final double level, final long horizonNanos) {
    final double distance = Math.abs(StrictMath.log(level / view.markPrice()));
    return distance == 0 ? 1 : Normal.upperTail(distance / sigma(horizonNanos)) * 2;
  }

  /**
   * How far a shock to the price would carry, when what it sweeps moves the price farther.
   *
   * <p>{@link CascadeReach} has the recurrence. Impact is the view's: linear in notional, estimated
   * from trades.
   *
   * @param shockBps of mark, basis points: below 0 down, into the longs; above 0 up, into the
   *     shorts; above −10,000
   * @param answer takes the answer
   */
  public void cascade(final double shockBps, final Cascade answer) {
    // An answer at 0 would look like a price.
    final double mark = view.markPrice() > 0 ? view.markPrice() : Double.NaN;
    shocked = shockBps < 0 ? Side.LONG : Side.SHORT;
    shockedPlace = place(mark);
    shockedFrom = outward(shocked, shockedPlace);
    reach.follow(swept, Math.abs(StrictMath.log1p(shockBps * BPS)), view.impact());
    answer.set(
        shocked,
        mark * (1 + shockBps * BPS),
        mark * StrictMath.exp(-shocked.sign() * reach.reach()),
        view.impact(),
        reach);
  }

  /** Notional from mark to a logarithmic distance, of the side that a shock sweeps. */
  private double swept(final double distance) {
    final double place = shockedPlace - shocked.sign() * distance / view.logWidth();
    return outward(shocked, place) - shockedFrom;
  }

  /**
   * Distance from mark to a price in standard deviations of the price's logarithm over a horizon;
   * NaN while volatility isn't known.
   *
   * @param price above 0
   * @param horizonNanos above 0
   */
  public double sigmas(final double price, final long horizonNanos) {
    return Math.abs(StrictMath.log(price / view.markPrice())) / sigma(horizonNanos);
  }

  /**
   * The same as {@link #stop(Side, double, double, double, double, double, double, StopAdvice)}
   * without noise.
   */
  public void stop(
      final Side side,
      final double entry,
      final double start,
      final double end,
      final double own,
      final double aroundBps,
      final StopAdvice answer) {
    stop(side, entry, start, end, own, aroundBps, 0, answer);
  }

  /**
   * Where in a range a stop would lie with the least liquidations around it, beyond what price
   * moves by anyway.
   *
   * <p>Tries the centre of each bucket of the range that lies on the losing side of mark (below it
   * for a long, above it for a short: elsewhere a stop would trigger at once), and takes the one
   * with the least notional of both sides within {@code aroundBps}; of equal ones the one nearer to
   * mark. The advised stop is the quietest of those that lie at least {@code noise} from mark; the
   * quietest of all is given beside it.
   *
   * @param side of the position that the stop is to close
   * @param entry of the position
   * @param start of the range, above 0
   * @param end of the range, above 0; it may be the lower one
   * @param own a stop to compare with; NaN for the end of the range that is nearer to mark
   * @param aroundBps basis points, above 0, below 10,000
   * @param noise distance from mark, on the logarithm of price, within which a stop is none; 0 or
   *     more, NaN counts as 0
   * @param answer takes the answer
   */
  public void stop(
      final Side side,
      final double entry,
      final double start,
      final double end,
      final double own,
      final double aroundBps,
      final double noise,
      final StopAdvice answer) {
    final double low = Math.min(start, end);
    final double high = Math.max(start, end);
    final double nearEnd = side == Side.LONG ? high : low;
    final double mark = view.markPrice();
    final double noiseEdge = noise > 0 ? mark * StrictMath.exp(-side.sign() * noise) : mark;
    answer.price = Double.NaN;
    answer.around = Double.POSITIVE_INFINITY;
    answer.quietestPrice = Double.NaN;
    answer.quietestAround = Double.POSITIVE_INFINITY;
    final int first = (int) StrictMath.floor(place(low));
    final int last = (int) StrictMath.floor(place(high));
    for (int step = 0; step <= last - first; step++) {
      // From the end that loses less to the other.
      final int bucket = side == Side.LONG ? last - step : first + step;
      final double candidate = Math.max(low, Math.min(high, price(bucket + .5)));
      if (side.sign() * (mark - candidate) > 0) {
        final double around = around(candidate, aroundBps);
        if (around < answer.quietestAround) {
          answer.quietestAround = around;
          answer.quietestPrice = candidate;
        }
        if (around < answer.around && side.sign() * (noiseEdge - candidate) >= 0) {
          answer.around = around;
          answer.price = candidate;
        }
      }
    }
    if (Double.isNaN(answer.price)) {
      answer.around = Double.NaN;
    }
    if (Double.isNaN(answer.quietestPrice)) {
      answer.quietestAround = Double.NaN;
    }
    final double ownStop = Double.isNaN(own) ? nearEnd : own;
    answer.lossBps = lossBps(side, entry, answer.price);
    answer.ownPrice = ownStop;
    answer.ownAround = around(ownStop, aroundBps);
    answer.ownLossBps = lossBps(side, entry, ownStop);
    answer.meanAround = mean(low, high, aroundBps);
    answer.avoid = nearestPeak(Double.isNaN(answer.price) ? answer.quietestPrice : answer.price);
  }

  private static double lossBps(final Side side, final double entry, final double stop) {
    return side.sign() * (entry - stop) / entry / BPS;
  }

  /** Notional of both sides within some basis points of a price. */
  private double around(final double price, final double aroundBps) {
    final double low = price * (1 - aroundBps * BPS);
    final double high = price * (1 + aroundBps * BPS);
    return between(Side.LONG, low, high) + between(Side.SHORT, low, high);
  }

  /** What would lie around a price of the range if all of it were spread evenly. */
  private double mean(final double low, final double high, final double aroundBps) {
    final double span = StrictMath.log(high / low);
    if (span == 0) {
      return around(low, aroundBps);
    }
    final double width = StrictMath.log((1 + aroundBps * BPS) / (1 - aroundBps * BPS));
    return (between(Side.LONG, low, high) + between(Side.SHORT, low, high)) * width / span;
  }

  /** Cluster whose peak is nearest to a price, −1 if there is none. */
  private int nearestPeak(final double price) {
    final double place = place(price);
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int cluster = 0; cluster < view.clusters(); cluster++) {
      final double distance = Math.abs(view.clusterPeakBucket(cluster) + .5 - place);
      if (distance < least) {
        least = distance;
        nearest = cluster;
      }
    }
    return nearest;
  }
}
