package io.liqmap.engine.core.map;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ShiftLines;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;

/**
 * Positions of one side in one model, by entry bucket: what was opened, and what sweeps have taken
 * of it on each line.
 *
 * <pre>
 *   entry bucket e:   opened[e]   cumulative, in ledger units (quantity mantissas over scale)
 *                     settled[e]  the part of it that an open-interest update has confirmed
 *   line t:           watermarks[t][e]  what was opened when mark last crossed e + shift(t)
 *
 *   remaining at entry e on line t:  (opened[e] − watermarks[t][e]) · share(t) · scale
 *   out of reach of any price:       (Σ opened[e] + cleared) · (1 − Σ share(t)) · scale
 * </pre>
 *
 * An entry is one add, however many lines there are; a sweep of one bucket is one copy per line; a
 * proportional exit is one multiplication of the scale. One thread.
 */
final class EntryLedger {
  /** Below this the scale is multiplied into the cells, long before they could overflow. */
  private static final double MIN_SCALE = 1e-9;

  /** Sums are recomputed after so many updates of open interest, before rounding can add up. */
  private static final int UPDATES_PER_SUM = 256;

  /** They are recomputed as well when so little is left of them that rounding would show. */
  private static final double MIN_LEFT = 1e-3;

  /** Beside provisional entries of so many open interests the sums lose precision. */
  private static final double MOST_PROVISIONAL = 1e4;

  private static final int MAX_ROUNDS = 8;

  private final Side side;
  private final Lattice lattice;
  private final BucketSpan span;
  private final boolean isInverse;
  private final ExitWeights exits;

  /** Shares by line before the crowd's tilt: as settings have them, or as learned. */
  private final double[] untilted;

  private final double[] shares;
  private double outOfReach;
  private final Cohorts cohorts = new Cohorts();
  private final SweptBuckets[] swept = {new SweptBuckets(false), new SweptBuckets(true)};
  private ShiftLines lines;
  private double tilt;

  private double[] opened;
  private double[] settled;
  private final double[][] watermarks;
  private final double[] watermarkSums;
  private final double[] expiredProvisional;

  /**
   * Only where exits are weighed: mean opening time of a cell's positions on any line that has a
   * share, ns.
   */
  private double[] openedAt;

  private double[] exiting;
  private double[] kept;

  private double scale = 1;
  private double unmapped;
  private double settledSum;
  private double settledPeak;

  /** What was taken out of cells that no line holds any more, ledger units. */
  private double cleared;

  private double sweptSinceSettling;
  private boolean lostSinceSettling;
  private int updates;
  private double buyWeight;
  private double sellWeight;
  private double sweptQuantity;
  private double sweptNotional;

  /** For a share of one, by tier, quote asset mantissas; null where nothing learns. */
  private final double[] sweptOfTier;

  /** Hears of every change of open positions; null before it is asked for. */
  private SideDensity density;

  /**
   * Starts empty.
   *
   * @param exits weights of exits; null where all positions exit in proportion
   * @param countsTiers whether {@link #sweptOfTier} is counted
   */
  EntryLedger(
      final Side side,
      final Lattice lattice,
      final BucketSpan span,
      final boolean isInverse,
      final ExitWeights exits,
      final int lineCount,
      final boolean countsTiers) {
    this.side = side;
    this.lattice = lattice;
    this.span = span;
    this.isInverse = isInverse;
    this.exits = exits;
    untilted = new double[lineCount];
    shares = new double[lineCount];
    sweptOfTier = countsTiers ? new double[lineCount / 2] : null;
    watermarks = new double[lineCount][];
    watermarkSums = new double[lineCount];
    expiredProvisional = new double[lineCount];
    allocate(span.size());
  }

  private void allocate(final int size) {
    opened = new double[size];
    settled = new double[size];
    for (int line = 0; line < watermarks.length; line++) {
      watermarks[line] = new double[size];
    }
    if (exits != null) {
      openedAt = new double[size];
      exiting = new double[size];
      kept = new double[size];
    }
  }

  /** Reports changes of open positions from now on, other than by {@link #scale}. */
  void report(final SideDensity to) {
    density = to;
  }

  private void changed(final int cell) {
    span.change(cell);
    if (density != null) {
      density.onChanged(cell);
    }
  }

  private void forgetSwept() {
    for (final SweptBuckets known : swept) {
      known.forget();
    }
  }

  private void changedAll() {
    if (density != null) {
      density.onChanged();
    }
  }

  ShiftLines lines() {
    return lines;
  }

  /** Part of the open interest on a line, as it is tilted now. */
  double share(final int line) {
    return shares[line];
  }

  /** Sets what share of the volume counts as opened until the next open-interest update says. */
  void weigh(final double openRate, final double takerLean) {
    final double buy = side == Side.LONG ? 1 + takerLean : 1 - takerLean;
    buyWeight = openRate * buy / scale;
    sellWeight = openRate * (2 - buy) / scale;
  }

  void add(final int cell, final double buys, final double sells) {
    rebase(cell);
    opened[cell] += weighed(buys, sells);
    for (final SweptBuckets known : swept) {
      known.onEntry(span.bucket(cell));
    }
    changed(cell);
  }

  /**
   * Removes what has expired on every line from a cell where that is most of it, so that later
   * additions keep their precision. Exact, because nothing is halved.
   */
  private void rebase(final int cell) {
    if (keepsCells()) {
      return;
    }
    double expired = settled[cell];
    for (int line = 0; line < watermarks.length && 2 * expired >= opened[cell]; line++) {
      expired = Math.min(expired, watermarks[line][cell]);
    }
    if (expired == 0 || 2 * expired < opened[cell]) {
      return;
    }
    opened[cell] -= expired;
    settled[cell] -= expired;
    settledSum -= expired;
    cleared += expired;
    for (int line = 0; line < watermarks.length; line++) {
      watermarks[line][cell] -= expired;
      watermarkSums[line] -= expired;
    }
  }

  /** Whether exits need to know the entries of what is out of reach. */
  private boolean keepsCells() {
    return exits != null && (outOfReach > 0 || sweptOfTier != null);
  }

  /** What trades count as opened, ledger units. */
  double weighed(final double buys, final double sells) {
    return buys * buyWeight + sells * sellWeight;
  }

  /**
   * Liquidates the positions at liquidation buckets {@code from} to {@code to}, both included.
   *
   * @return whether there were any
   */
  boolean sweep(final int from, final int to) {
    int lowest = span.lowestInUse();
    int highest = span.highestInUse();
    for (final SweptBuckets known : swept) {
      if (known.holds(from, to)) {
        lowest = Math.max(lowest, known.lowestEntry());
        highest = Math.min(highest, known.highestEntry());
      }
      known.onSwept(from, to);
    }
    final int mask = span.size() - 1;
    boolean hasSwept = false;
    boolean hasChanged = false;
    for (int line = 0; line < watermarks.length; line++) {
      final int shift = lines.shift(line);
      final int first = Math.max(from - shift, lowest);
      final int last = Math.min(to - shift, highest);
      if (first > last) {
        continue;
      }
      final double[] watermark = watermarks[line];
      boolean hasLost = false;
      double lost = 0;
      double lostElsewhere = 0;
      for (int entry = first; entry <= last; entry++) {
        final int cell = entry & mask;
        final double remaining = opened[cell] - watermark[cell];
        if (remaining != 0) {
          watermark[cell] = opened[cell];
          hasLost = true;
          lost += remaining;
          final double price = lattice.centre(entry + shift);
          lostElsewhere += isInverse ? remaining / price : remaining * price;
        }
      }
      if (lost != 0) {
        final double factor = shares[line] * scale;
        watermarkSums[line] += lost;
        sweptQuantity += (isInverse ? lostElsewhere : lost) * factor;
        sweptNotional += (isInverse ? lost : lostElsewhere) * factor;
        if (sweptOfTier != null) {
          sweptOfTier[line / 2] += (isInverse ? lost : lostElsewhere) * lines.weight(line) * scale;
        }
        sweptSinceSettling += lost * factor;
        lostSinceSettling = true;
        hasSwept = true;
      }
      if (hasLost) {
        span.change(first, last);
        hasChanged = true;
      }
    }
    if (hasChanged && density != null) {
      density.onSwept(from, to);
    }
    return hasSwept;
  }

  /**
   * Expires positions of an entry bucket whose liquidation bucket lies beyond mark already: no
   * venue lets such a position be opened.
   */
  void expireBeyondMark(final int entry, final int markBucket) {
    final int cell = span.cell(entry);
    for (int line = 0; line < watermarks.length; line++) {
      if (side.sign() * (entry + lines.shift(line) - markBucket) > 0) {
        watermarkSums[line] += opened[cell] - watermarks[line][cell];
        watermarks[line][cell] = opened[cell];
        lostSinceSettling = true;
      }
    }
    changed(cell);
  }

  /**
   * Books what happened since the last open-interest update, so that open positions and the
   * unmapped rest add up to the open interest.
   *
   * @param openInterest one-sided, quantity mantissas
   * @param amount what was opened since the last update, at most the open interest
   * @param forced what the venue's liquidations closed of this side since then
   * @param power tilt of the shares by leverage, 0 for none
   * @param at time of the update, ns
   */
  void settle(
      final double openInterest,
      final double amount,
      final double forced,
      final double power,
      final long at,
      final int markBucket) {
    cohorts.advance(at, span);
    tilt(power);
    final double provisional = sumProvisional();
    double expired = 0;
    for (int line = 0; line < watermarks.length; line++) {
      expired += shares[line] * expiredProvisional[line];
    }
    final double added = provisional > 0 ? amount * Math.max(0, 1 - expired / provisional) : 0;
    if (settledRemaining() < settledPeak * MIN_LEFT) {
      for (int cell = 0; cell < opened.length; cell++) {
        rebase(cell);
      }
      span.changeAll();
      changedAll();
      sumCells();
    }
    final boolean losesPrecision = provisional * scale > MOST_PROVISIONAL * openInterest;
    final double remaining =
        scale * (losesPrecision ? settledRemainingByCell() : settledRemaining());
    final double room = Math.max(0, openInterest - added);
    double excess = remaining + unmapped - room;
    if (excess > 0) {
      // Liquidations beyond what was swept were of positions that the map didn't have.
      final double unknown =
          Math.min(unmapped, Math.min(excess, Math.max(0, forced - sweptSinceSettling)));
      unmapped -= unknown;
      excess -= unknown;
      exit(excess, remaining, at, markBucket);
    } else {
      unmapped -= excess;
    }
    confirm(provisional > 0 ? amount / (provisional * scale) : 0, at);
    sweptSinceSettling = 0;
    lostSinceSettling = false;
    settledPeak = Math.max(settledPeak, settledSum);
    updates++;
    final boolean lostPrecision =
        losesPrecision || provisional * scale > MOST_PROVISIONAL * openInterest;
    if (lostPrecision || updates % UPDATES_PER_SUM == 0) {
      sumCells();
    }
  }

  private void exit(
      final double excess, final double remaining, final long at, final int markBucket) {
    if (exits != null) {
      exitByWeight(excess, at, markBucket);
      return;
    }
    final double all = remaining + unmapped;
    final double factor = all > 0 ? Math.max(0, 1 - excess / all) : 0;
    scale *= factor;
    unmapped *= factor;
    if (scale < MIN_SCALE) {
      foldScale();
    }
  }

  private double sumProvisional() {
    final long[] unsettled = span.unsettled();
    Arrays.fill(expiredProvisional, 0);
    double provisional = 0;
    for (int word = 0; word < unsettled.length; word++) {
      for (long bits = unsettled[word]; bits != 0; bits &= bits - 1) {
        final int cell = (word << 6) + Long.numberOfTrailingZeros(bits);
        provisional += opened[cell] - settled[cell];
        if (lostSinceSettling) {
          for (int line = 0; line < watermarks.length; line++) {
            expiredProvisional[line] += Math.max(0, watermarks[line][cell] - settled[cell]);
          }
        }
      }
    }
    return provisional;
  }

  /** Scales provisional entries, and what was swept of them, to what was really opened. */
  private void confirm(final double factor, final long at) {
    final long[] unsettled = span.unsettled();
    for (int word = 0; word < unsettled.length; word++) {
      for (long bits = unsettled[word]; bits != 0; bits &= bits - 1) {
        final int cell = (word << 6) + Long.numberOfTrailingZeros(bits);
        final double before = settled[cell];
        if (lostSinceSettling) {
          for (int line = 0; line < watermarks.length; line++) {
            final double part = watermarks[line][cell] - before;
            if (part > 0) {
              final double confirmed = before + part * factor;
              watermarkSums[line] += confirmed - watermarks[line][cell];
              watermarks[line][cell] = confirmed;
            }
          }
        }
        final double part = (opened[cell] - before) * factor;
        opened[cell] = before + part;
        settled[cell] = opened[cell];
        settledSum += part;
        changed(cell);
        if (part > 0) {
          cohorts.add(span.bucket(cell), cell, part);
          if (exits != null) {
            age(cell, part, at);
          }
        }
      }
    }
  }

  /** Includes a part that was opened just now in the mean opening time of a cell. */
  private void age(final int cell, final double part, final long at) {
    double least = outOfReach > 0 ? 0 : opened[cell];
    for (int line = 0; line < watermarks.length; line++) {
      if (shares[line] > 0) {
        least = Math.min(least, watermarks[line][cell]);
      }
    }
    final double remaining = opened[cell] - least;
    if (remaining > 0) {
      openedAt[cell] += (at - openedAt[cell]) * Math.min(1, part / remaining);
    }
  }

  /**
   * Closes positions by their weights, the unmapped rest with a weight of one; what a bucket lacks
   * is closed in the others.
   */
  private void exitByWeight(final double excess, final long at, final int markBucket) {
    for (int cell = 0; cell < opened.length; cell++) {
      kept[cell] = 1;
      exiting[cell] = settled[cell] == 0 ? 0 : settledRemaining(cell) * scale;
    }
    double left = excess;
    double unmappedKept = 1;
    for (int round = 0; left > 0 && round < MAX_ROUNDS; round++) {
      double weighed = unmapped * unmappedKept;
      for (int cell = 0; cell < opened.length; cell++) {
        if (exiting[cell] > 0) {
          weighed += exiting[cell] * weight(cell, at, markBucket);
        }
      }
      if (!(weighed > 0)) {
        break;
      }
      final double pressure = left / weighed;
      double emptied = 0;
      for (int cell = 0; cell < opened.length; cell++) {
        if (exiting[cell] > 0 && pressure * weight(cell, at, markBucket) >= 1) {
          emptied += exiting[cell];
          exiting[cell] = 0;
          kept[cell] = 0;
        }
      }
      if (pressure >= 1) {
        emptied += unmapped * unmappedKept;
        unmappedKept = 0;
      }
      if (emptied > 0) {
        left -= emptied;
        continue;
      }
      for (int cell = 0; cell < opened.length; cell++) {
        if (exiting[cell] > 0) {
          kept[cell] = 1 - pressure * weight(cell, at, markBucket);
        }
      }
      unmappedKept *= 1 - pressure;
      left = 0;
    }
    if (left > 0) {
      unmappedKept *= exitInProportion(left, unmapped * unmappedKept);
    }
    unmapped *= unmappedKept;
    keep();
  }

  private double exitInProportion(final double left, final double stillUnmapped) {
    double all = stillUnmapped;
    for (int cell = 0; cell < opened.length; cell++) {
      all += exiting[cell];
    }
    final double factor = all > left ? 1 - left / all : 0;
    for (int cell = 0; cell < opened.length; cell++) {
      kept[cell] *= factor;
    }
    return factor;
  }

  private double weight(final int cell, final long at, final int markBucket) {
    return exits.of(at - openedAt[cell], side.sign() * (markBucket - span.bucket(cell)));
  }

  /** Settled entries that remain, ledger units, from the sums. */
  private double settledRemaining() {
    double remaining = settledSum;
    for (int line = 0; line < watermarks.length; line++) {
      remaining -= shares[line] * (watermarkSums[line] - expiredProvisional[line]);
    }
    return Math.max(0, remaining) + cleared * outOfReach;
  }

  private double settledRemainingByCell() {
    double remaining = 0;
    for (int cell = 0; cell < opened.length; cell++) {
      remaining += settledRemaining(cell);
    }
    return remaining + cleared * outOfReach;
  }

  private double settledRemaining(final int cell) {
    double remaining = 0;
    for (int line = 0; line < watermarks.length; line++) {
      remaining += Math.max(0, settled[cell] - watermarks[line][cell]) * shares[line];
    }
    return outOfReach == 0 ? remaining : remaining + settled[cell] * outOfReach;
  }

  /** Multiplies the settled part of each cell by what is kept of it. */
  private void keep() {
    for (int cell = 0; cell < opened.length; cell++) {
      if (kept[cell] != 1 && settled[cell] != 0) {
        scaleSettled(cell, kept[cell]);
      }
    }
    cohorts.scale(span, kept);
    span.changeAll();
    changedAll();
    sumCells();
  }

  /** Provisional entries keep their numbers, {@link #confirm} scales them. */
  private void scaleSettled(final int cell, final double factor) {
    final double before = settled[cell];
    settled[cell] = before * factor;
    opened[cell] = settled[cell] + (opened[cell] - before);
    for (final double[] watermark : watermarks) {
      final double excess = Math.max(0, watermark[cell] - before);
      watermark[cell] = Math.min(watermark[cell], before) * factor + excess;
    }
  }

  private void foldScale() {
    for (int cell = 0; cell < opened.length; cell++) {
      if (settled[cell] != 0) {
        scaleSettled(cell, scale);
      }
    }
    cohorts.scale(scale);
    cleared *= scale;
    scale = 1;
    span.changeAll();
    changedAll();
    sumCells();
  }

  private void sumCells() {
    settledSum = 0;
    for (int cell = 0; cell < opened.length; cell++) {
      settledSum += settled[cell];
    }
    settledPeak = settledSum;
    for (int line = 0; line < watermarks.length; line++) {
      double sum = 0;
      for (int cell = 0; cell < opened.length; cell++) {
        sum += watermarks[line][cell];
      }
      watermarkSums[line] = sum;
    }
  }

  private void tilt(final double power) {
    if (power != tilt) {
      tilt = power;
      tilt();
    }
  }

  private void tilt() {
    System.arraycopy(untilted, 0, shares, 0, shares.length);
    lines.tilt(tilt, 1 - outOfReach, shares);
    changedAll();
  }

  /**
   * Sets the shares of what is open, from now on.
   *
   * @param byTier shares of the tiers, together at most 1
   */
  void setShares(final double[] byTier) {
    double sum = 0;
    for (int tier = 0; tier < byTier.length; tier++) {
      untilted[2 * tier] = byTier[tier] * lines.weight(2 * tier);
      untilted[2 * tier + 1] = byTier[tier] * lines.weight(2 * tier + 1);
      sum += byTier[tier];
    }
    outOfReach = Math.max(0, 1 - sum);
    tilt();
  }

  /** Shares as settings have them. */
  private void resetShares() {
    for (int line = 0; line < untilted.length; line++) {
      untilted[line] = lines.share(line);
    }
    outOfReach = lines.outOfReach();
    tilt();
  }

  /** Sets lines for the same tiers; what lies beyond mark under them expires. */
  void setLines(final ShiftLines newLines, final int markBucket) {
    final boolean hasExpired = lines != null && expireNewlyGranted(newLines);
    final boolean isFirst = lines == null;
    lines = newLines;
    forgetSwept();
    if (isFirst || sweptOfTier == null) {
      resetShares();
    } else {
      changedAll();
    }
    if (hasExpired) {
      sumCells();
    }
    for (int entry = span.base(); entry < span.base() + span.size(); entry++) {
      if (opened[span.cell(entry)] != 0) {
        expireBeyondMark(entry, markBucket);
      }
    }
  }

  /** Positions opened before a venue granted a leverage don't have it. */
  private boolean expireNewlyGranted(final ShiftLines newLines) {
    boolean hasExpired = false;
    for (int line = 0; line < watermarks.length; line++) {
      final int tier = line / 2;
      // Where none is granted, all have a share, even tiers on which nothing could be opened
      // before.
      final boolean isShared = shareOf(newLines, tier) > 0 && shareOf(lines, tier) == 0;
      if (isShared || (newLines.isGranted(tier) && !lines.isGranted(tier))) {
        System.arraycopy(opened, 0, watermarks[line], 0, opened.length);
        span.changeAll();
        lostSinceSettling = true;
        hasExpired = true;
      }
    }
    return hasExpired;
  }

  private static double shareOf(final ShiftLines lines, final int tier) {
    return lines.share(2 * tier) + lines.share(2 * tier + 1);
  }

  /**
   * Computes the notionals of the two lines of a tier in some liquidation buckets, each entry at
   * the centre of its liquidation bucket: quantity mantissas times price mantissas, for an inverse
   * contract quantity mantissas. Both at once, since each is a chain of additions.
   *
   * @param near the nearer line
   * @param low lowest liquidation bucket
   * @param high highest liquidation bucket
   * @param pending trades, null where there are none
   * @param notionals receives both
   */
  void readTier(
      final int near,
      final int low,
      final int high,
      final PendingTrades pending,
      final double[] notionals) {
    final int nearShift = lines.shift(near);
    final int farShift = lines.shift(near + 1);
    final double[] nearLost = watermarks[near];
    final double[] farLost = watermarks[near + 1];
    final double nearShare = shares[near];
    final double farShare = shares[near + 1];
    double nearSum = 0;
    double farSum = 0;
    for (int bucket = low; bucket <= high; bucket++) {
      final double price = isInverse ? 1 : lattice.centre(bucket);
      nearSum += remaining(nearLost, bucket - nearShift, pending) * nearShare * scale * price;
      farSum += remaining(farLost, bucket - farShift, pending) * farShare * scale * price;
    }
    notionals[0] = nearSum;
    notionals[1] = farSum;
  }

  private double remaining(final double[] lost, final int entry, final PendingTrades pending) {
    if (!span.holds(entry)) {
      return 0;
    }
    final int cell = span.cell(entry);
    final double remaining = opened[cell] - lost[cell];
    return pending == null
        ? remaining
        : remaining + weighed(pending.buys(cell), pending.sells(cell));
  }

  /**
   * Adds a line's open positions to numbers by liquidation bucket, quantity mantissas over {@link
   * #scale}, without pending trades.
   *
   * @param lowest entry bucket, within the span; above the highest for none
   * @param highest entry bucket, within the span
   * @param openedSince what was opened within a window by cell, ledger units; null for all
   * @param origin liquidation bucket of the first number
   */
  void project(
      final int line,
      final int lowest,
      final int highest,
      final double[] openedSince,
      final double[] byBucket,
      final int origin) {
    if (shares[line] != 0 && lowest <= highest) {
      final int at = lowest + lines.shift(line) - origin;
      // The cells of a span lie in one piece, or in two where it wraps round.
      final int cell = span.cell(lowest);
      final int count = highest - lowest + 1;
      final int piece = Math.min(count, span.size() - cell);
      addRemaining(line, cell, piece, openedSince, byBucket, at);
      addRemaining(line, 0, count - piece, openedSince, byBucket, at + piece);
    }
  }

  private void addRemaining(
      final int line,
      final int cell,
      final int count,
      final double[] openedSince,
      final double[] byBucket,
      final int at) {
    final double[] all = opened;
    final double[] lost = watermarks[line];
    final double share = shares[line];
    if (openedSince == null) {
      for (int i = 0; i < count; i++) {
        byBucket[at + i] += (all[cell + i] - lost[cell + i]) * share;
      }
      return;
    }
    for (int i = cell; i < cell + count; i++) {
      final double youngest = openedSince[i] + (all[i] - settled[i]);
      byBucket[at + i - cell] += Math.min(youngest, all[i] - lost[i]) * share;
    }
  }

  /**
   * Adds up the open positions of all lines in a liquidation bucket, as {@link #project(int, int,
   * int, double[], double[], int)} does line by line: in the same order, so to the same bits.
   */
  double project(final int bucket, final int lowest, final int highest) {
    final int mask = span.size() - 1;
    double sum = 0;
    for (int line = 0; line < watermarks.length; line++) {
      final int entry = bucket - lines.shift(line);
      if (shares[line] != 0 && entry >= lowest && entry <= highest) {
        final int cell = entry & mask;
        sum += (opened[cell] - watermarks[line][cell]) * shares[line];
      }
    }
    return sum;
  }

  /** What pending trades count as opened, quantity mantissas. */
  double provisional(final double buys, final double sells) {
    return weighed(buys, sells) * scale;
  }

  /** What one of the ledger's units is worth, quantity mantissas. */
  double scale() {
    return scale;
  }

  Cohorts cohorts() {
    return cohorts;
  }

  /** Part of what is opened that no price liquidates, 0 to 1. */
  double outOfReach() {
    return outOfReach;
  }

  /**
   * Open positions that no price liquidates, quantity mantissas.
   *
   * @param pending trades
   */
  double outOfReachQuantity(final PendingTrades pending, final int lowest, final int highest) {
    if (outOfReach == 0) {
      return 0;
    }
    double all = settledSum + cleared;
    final long[] unsettled = span.unsettled();
    for (int word = 0; word < unsettled.length; word++) {
      for (long bits = unsettled[word]; bits != 0; bits &= bits - 1) {
        final int cell = (word << 6) + Long.numberOfTrailingZeros(bits);
        all += opened[cell] - settled[cell];
      }
    }
    for (int bucket = lowest; bucket <= highest; bucket++) {
      final int cell = span.cell(bucket);
      all += weighed(pending.buys(cell), pending.sells(cell));
    }
    return all * outOfReach * scale;
  }

  /** All that a tier with a share of one would have had swept, quote asset mantissas. */
  double sweptOfTier(final int tier) {
    return sweptOfTier[tier];
  }

  /** Open interest whose entry isn't known, quantity mantissas. */
  double unmapped() {
    return unmapped;
  }

  /** All that was swept, base asset mantissas. */
  double sweptQuantity() {
    return sweptQuantity;
  }

  /** All that was swept, quote asset mantissas. */
  double sweptNotional() {
    return sweptNotional;
  }

  /** Whether a cell is settled and nothing of it remains on any line. */
  boolean isExpired(final int cell) {
    if (opened[cell] != settled[cell] || (keepsCells() && settled[cell] != 0)) {
      return false;
    }
    for (final double[] watermark : watermarks) {
      if (watermark[cell] != opened[cell]) {
        return false;
      }
    }
    return true;
  }

  void clear(final int cell) {
    settledSum -= settled[cell];
    cleared += settled[cell];
    opened[cell] = 0;
    settled[cell] = 0;
    if (exits != null) {
      openedAt[cell] = 0;
    }
    cohorts.clear(cell);
    for (int line = 0; line < watermarks.length; line++) {
      watermarkSums[line] -= watermarks[line][cell];
      watermarks[line][cell] = 0;
    }
    // The cell may be another bucket's from now on.
    changedAll();
  }

  /** Moves all cells into larger arrays, before the span itself grows. */
  void grow(final int newSize) {
    opened = span.moved(opened, newSize);
    settled = span.moved(settled, newSize);
    for (int line = 0; line < watermarks.length; line++) {
      watermarks[line] = span.moved(watermarks[line], newSize);
    }
    if (exits != null) {
      openedAt = span.moved(openedAt, newSize);
      exiting = new double[newSize];
      kept = new double[newSize];
    }
    cohorts.grow(span, newSize);
    changedAll();
  }

  void encode(final StateWriter out) {
    out.putDouble(scale);
    out.putDouble(unmapped);
    out.putDouble(settledSum);
    out.putDouble(settledPeak);
    for (final double sum : watermarkSums) {
      out.putDouble(sum);
    }
    out.putDouble(tilt);
    out.putDouble(sweptSinceSettling);
    out.putLong(lostSinceSettling ? 1 : 0);
    out.putLong(updates % UPDATES_PER_SUM);
    out.putDouble(buyWeight);
    out.putDouble(sellWeight);
    out.putDouble(sweptQuantity);
    out.putDouble(sweptNotional);
    if (outOfReach > 0 || sweptOfTier != null) {
      out.putDouble(cleared);
    }
    if (sweptOfTier != null) {
      for (final double swept : sweptOfTier) {
        out.putDouble(swept);
      }
    }
    cohorts.encode(out);
  }

  /**
   * Reads a state whose cells follow.
   *
   * @param restored lines that the state was made with
   */
  void decode(final StateReader in, final ShiftLines restored) {
    allocate(span.size());
    changedAll();
    lines = restored;
    forgetSwept();
    scale = in.getDouble();
    unmapped = in.getDouble();
    settledSum = in.getDouble();
    settledPeak = in.getDouble();
    for (int line = 0; line < watermarkSums.length; line++) {
      watermarkSums[line] = in.getDouble();
    }
    tilt = in.getDouble();
    resetShares();
    sweptSinceSettling = in.getDouble();
    lostSinceSettling = in.getInt(0, 1) == 1;
    updates = in.getInt(0, UPDATES_PER_SUM - 1);
    buyWeight = in.getDouble();
    sellWeight = in.getDouble();
    sweptQuantity = in.getDouble();
    sweptNotional = in.getDouble();
    cleared = outOfReach > 0 || sweptOfTier != null ? in.getDouble() : 0;
    if (sweptOfTier != null) {
      for (int tier = 0; tier < sweptOfTier.length; tier++) {
        sweptOfTier[tier] = in.getDouble();
      }
    }
    cohorts.decode(in, span.size());
  }

  /** What {@link #encodeCell} writes at most. */
  int cellBytes() {
    final int masks = (watermarks.length + Long.SIZE - 1) / Long.SIZE;
    return Long.BYTES * (3 + (exits == null ? 0 : 1) + masks + watermarks.length);
  }

  /** A cell's watermarks follow a mask of the lines that have one. */
  void encodeCell(final int cell, final StateWriter out) {
    out.putDouble(opened[cell]);
    out.putDouble(settled[cell]);
    out.putDouble(cohorts.current(cell));
    if (exits != null) {
      out.putDouble(openedAt[cell]);
    }
    for (int line = 0; line < watermarks.length; line += Long.SIZE) {
      final int maskAt = out.position();
      out.putLong(0);
      long mask = 0;
      final int end = Math.min(watermarks.length, line + Long.SIZE);
      for (int i = line; i < end; i++) {
        final double watermark = watermarks[i][cell];
        if (watermark != 0) {
          mask |= 1L << i;
          out.putDouble(watermark);
        }
      }
      out.patchLong(maskAt, mask);
    }
  }

  void decodeCell(final int cell, final StateReader in) {
    opened[cell] = in.getDouble();
    settled[cell] = in.getDouble();
    cohorts.restore(span.bucket(cell), cell, in.getDouble());
    if (exits != null) {
      openedAt[cell] = in.getDouble();
    }
    for (int line = 0; line < watermarks.length; line += Long.SIZE) {
      final long mask = in.getLong();
      final int end = Math.min(watermarks.length, line + Long.SIZE);
      for (int i = line; i < end; i++) {
        watermarks[i][cell] = (mask >>> i & 1) != 0 ? in.getDouble() : 0;
      }
    }
  }
}
