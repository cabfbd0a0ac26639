package io.liqmap.engine.core.map;

import io.liqmap.engine.core.calibration.LearnedProfile;
import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.MarginTerms;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.ProfileTier;
import io.liqmap.engine.core.model.ShiftLines;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What one model makes of an instrument: a ledger for each side, and how they open. One thread. */
final class ModelBook {
  /** How fast the provisional open rate follows what open interest confirmed. */
  private static final double OPEN_RATE_STEP = 1.0 / 8;

  /**
   * Entries weigh at least this much until they are settled: without any weight the update could
   * not tell where it belongs, and with next to none it is lost in rounding.
   */
  private static final double MIN_OPEN_RATE = 1.0 / 1024;

  private final ModelSettings settings;
  private final Lattice lattice;
  private final BucketSpan span;
  private final PendingTrades trades;
  private final EntryLedger longs;
  private final EntryLedger shorts;
  private double openRate;
  private double leanTilt;

  /** Null where no model of the map learns. */
  private final SideCalibration longCalibration;

  private final SideCalibration shortCalibration;

  /** Null where nothing learns by neighbouring ranges of distances. */
  private final MeasuredProfile measured;

  /**
   * Starts empty.
   *
   * @param isScored whether sweeps are set against reported liquidations
   */
  ModelBook(
      final ModelSettings settings,
      final Lattice lattice,
      final BucketSpan span,
      final boolean isInverse,
      final PendingTrades trades,
      final boolean isScored) {
    this.settings = settings;
    this.lattice = lattice;
    this.span = span;
    this.trades = trades;
    final ExitWeights exits =
        settings.exits().isProportional()
            ? null
            : new ExitWeights(settings.exits(), lattice.resolutionBps());
    final int lines = 2 * settings.profile().size();
    final boolean learns = settings.learning().isScored();
    longs = new EntryLedger(Side.LONG, lattice, span, isInverse, exits, lines, learns);
    shorts = new EntryLedger(Side.SHORT, lattice, span, isInverse, exits, lines, learns);
    longCalibration = isScored ? new SideCalibration(longs, learned(Side.LONG)) : null;
    shortCalibration = isScored ? new SideCalibration(shorts, learned(Side.SHORT)) : null;
    measured = measured();
    openRate = settings.entries().turnover();
  }

  private LearnedProfile learned(final Side side) {
    return settings.learning().isScored()
        ? new LearnedProfile(
            settings.learning(),
            settings.profile().stream().mapToDouble((tier) -> tier.share(side)).toArray())
        : null;
  }

  /** Measures how far known positions are from liquidation; null where nothing learns from it. */
  private MeasuredProfile measured() {
    final List<ProfileTier> tiers = settings.profile();
    final double[] edges = new double[tiers.size() + 1];
    for (int tier = 0; tier < tiers.size(); tier++) {
      if (!(tiers.get(tier) instanceof DistanceTier range)
          || (tier > 0 && range.from() != edges[tier])) {
        return null;
      }
      edges[tier] = range.from();
      edges[tier + 1] = range.to();
    }
    return settings.learning().isScored() ? new MeasuredProfile(edges) : null;
  }

  /** Lets known positions take over a part of what the profile starts from. */
  void measure(final KnownPositions positions, final long now, final double openInterest) {
    if (measured != null) {
      measured.measure(positions, now);
      longCalibration.measure(measured, Side.LONG, measured.quantity(Side.LONG) / openInterest);
      shortCalibration.measure(measured, Side.SHORT, measured.quantity(Side.SHORT) / openInterest);
    }
  }

  /** Null where no model of the map learns. */
  SideCalibration calibration(final Side side) {
    return side == Side.LONG ? longCalibration : shortCalibration;
  }

  ModelSettings settings() {
    return settings;
  }

  /** Number of a line's leverage among the different leverages, by line. */
  int[] leverageOfLine() {
    final double[] leverages = settings.leverages();
    return settings.profile().stream()
        .mapToInt((tier) -> Arrays.binarySearch(leverages, tier.leverage()))
        .flatMap((leverage) -> IntStream.of(leverage, leverage))
        .toArray();
  }

  /** Volume for the ledgers, shared with models of the same threshold. */
  PendingTrades trades() {
    return trades;
  }

  EntryLedger ledger(final Side side) {
    return side == Side.LONG ? longs : shorts;
  }

  /** Puts the profile on the lattice by the terms that hold from now on. */
  void setTerms(final MarginTerms terms, final int markBucket) {
    longs.setLines(lines(Side.LONG, terms), markBucket);
    shorts.setLines(lines(Side.SHORT, terms), markBucket);
    weigh();
  }

  private ShiftLines lines(final Side side, final MarginTerms terms) {
    return new ShiftLines(side, settings, terms, lattice);
  }

  void addTrades(final int lowest, final int highest) {
    for (int bucket = lowest; bucket <= highest; bucket++) {
      final int cell = span.cell(bucket);
      final double buys = trades.buys(cell);
      final double sells = trades.sells(cell);
      if (buys + sells != 0) {
        longs.add(cell, buys, sells);
        shorts.add(cell, buys, sells);
      }
    }
  }

  /**
   * Settles the entries since the last update of open interest.
   *
   * @param change of open interest
   * @param volume of all trades since then
   * @param forcedLong closed by the venue's liquidations since then
   * @param forcedShort closed by the venue's liquidations since then
   */
  void settle(
      final double openInterest,
      final double change,
      final double volume,
      final double forcedLong,
      final double forcedShort,
      final CrowdSignals crowd,
      final long at,
      final int markBucket) {
    final EntrySettings entries = settings.entries();
    final double replaced = entries.turnover() * Math.max(0, volume - Math.abs(change));
    final double amount =
        Math.min(Math.min(Math.max(0, change) + replaced, trades.volume()), openInterest);
    final double power = crowd.leverageTilt(settings.skew());
    longs.settle(openInterest, amount, forcedLong, power, at, markBucket);
    shorts.settle(openInterest, amount, forcedShort, -power, at, markBucket);
    if (trades.volume() > 0) {
      openRate += (amount / trades.volume() - openRate) * OPEN_RATE_STEP;
    }
    leanTilt = crowd.leanTilt(settings.skew());
    weigh();
  }

  private void weigh() {
    final double rate = Math.max(openRate, MIN_OPEN_RATE);
    final double lean = settings.entries().takerLean();
    longs.weigh(rate, Math.max(0, Math.min(1, lean + leanTilt)));
    shorts.weigh(rate, Math.max(0, Math.min(1, lean - leanTilt)));
  }

  boolean isExpired(final int cell) {
    return longs.isExpired(cell) && shorts.isExpired(cell);
  }

  void clear(final int cell) {
    longs.clear(cell);
    shorts.clear(cell);
  }

  void grow(final int newSize) {
    longs.grow(newSize);
    shorts.grow(newSize);
  }

  void encode(final StateWriter out) {
    out.putDouble(openRate);
    out.putDouble(leanTilt);
    longs.encode(out);
    shorts.encode(out);
    if (longCalibration != null) {
      longCalibration.encode(out);
      shortCalibration.encode(out);
    }
  }

  void decode(final StateReader in, final MarginTerms terms) {
    openRate = in.getDouble();
    leanTilt = in.getDouble();
    longs.decode(in, lines(Side.LONG, terms));
    shorts.decode(in, lines(Side.SHORT, terms));
    if (longCalibration != null) {
      longCalibration.decode(in);
      shortCalibration.decode(in);
    }
  }
}
