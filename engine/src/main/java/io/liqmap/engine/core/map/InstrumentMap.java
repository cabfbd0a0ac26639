package io.liqmap.engine.core.map;

import io.liqmap.engine.core.calibration.FallsPerReported;
import io.liqmap.engine.core.calibration.LearnedProfile;
import io.liqmap.engine.core.calibration.OnlineScore;
import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.MarginRule;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.MarginTerms;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.ShiftLines;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.core.structure.Structure;
import java.util.ArrayList;
import java.util.List;

/**
 * The liquidation map of one instrument: applies its events one after another, and holds the open
 * positions by entry and liquidation price.
 *
 * <p>Prices and quantities are mantissas, quantities one-sided and in the base asset. Times are ns
 * since 1970. Reads no clock: the same events give the same state. One thread; allocates nothing
 * but when price leaves the window of entry buckets, which then grows.
 */
public final class InstrumentMap {
  private static final int NO_BUCKET = -1;
  private static final long DAY = 86_400_000_000_000L;
  private static final int NO_LOWEST = 1 << 28;
  private static final int NO_HIGHEST = -NO_LOWEST;

  /** Brackets of inverse contracts are in the base asset: lines are recomputed at such a move. */
  private static final double REPRICING = 1.25;

  /** Before the first price, positions count as small ones. */
  private static final double UNKNOWN_PRICE = 1e12;

  private final Instrument instrument;
  private final MapSettings settings;
  private final Lattice lattice;
  private final Dated<BracketTable> brackets;
  private final Dated<MarginRule> rules;
  private final boolean areBracketsInBase;
  private final double forcedPerReported;
  private final BucketSpan span = new BucketSpan();
  private final PendingTrades trades = new PendingTrades(0);
  private final PendingTrades[] largeTrades;
  private final ModelBook[] books;
  private final EntryCells cells;

  /** By model; null before it is asked for. */
  private final LiquidationDensity[] densities;

  /** Null where no model learns: then no model is scored. */
  private final CalibrationWindow window;

  private final FallsPerReported falls = new FallsPerReported();

  private final CrowdSignals crowd = new CrowdSignals();
  private final MarketState market = new MarketState();
  private final Structure structure;
  private final KnownPositions positions;

  private long termsTime;
  private long termsUntil;
  private long termsPrice;
  private int nearestLong;
  private int nearestShort;
  private int lowestTrade = NO_LOWEST;
  private int highestTrade = NO_HIGHEST;

  private int lastBucket = NO_BUCKET;
  private int markBucket = NO_BUCKET;
  private long lastPrice;
  private long markPrice;
  private long indexPrice;
  private long fundingRate;
  private long time;
  private long markTime;
  private double openInterest = Double.NaN;
  private long openInterestTime;
  private long tradeCount;
  private double bought;
  private double sold;
  private double reportedLong;
  private double reportedShort;
  private double observedNotionalLong;
  private double observedNotionalShort;
  private double forcedLong;
  private double forcedShort;
  private double fallen;
  private long gaps;

  /** Day (UTC) of the last look at known positions: it is a pass over all of them. */
  private long measuredDay;

  /** Changes of a score's status; not part of the state. */
  private long verdicts;

  /** Sweeps of the first model and new terms; not part of the state. */
  private long changes;

  /** Updates of open interest; not part of the state. */
  private long updates;

  /** Prices of mark, or of its replacement; not part of the state. */
  private long prices;

  InstrumentMap(final Instrument instrument, final MapSettings settings, final Lattice lattice) {
    this.instrument = instrument;
    this.settings = settings;
    this.lattice = lattice;
    structure = new Structure(settings.structure(), lattice);
    positions = new KnownPositions(settings.positions(), instrument.isInverse());
    brackets = settings.brackets().of(instrument.name());
    rules = MarginRule.of(instrument.venue(), instrument.contract());
    areBracketsInBase =
        instrument.isInverse() && settings.brackets().isConfigured(instrument.name());
    forcedPerReported = settings.forcedPerReported(instrument.venue());
    books = new ModelBook[settings.models().size()];
    final boolean isScored = settings.isScored();
    window = isScored ? new CalibrationWindow() : null;
    densities = new LiquidationDensity[books.length];
    final List<PendingTrades> thresholds = new ArrayList<>();
    for (int model = 0; model < books.length; model++) {
      final ModelSettings of = settings.models().get(model);
      books[model] =
          new ModelBook(
              of, lattice, span, instrument.isInverse(), tradesFor(of, thresholds), isScored);
    }
    cells = new EntryCells(span, books);
    largeTrades = thresholds.toArray(PendingTrades[]::new);
    applyTerms();
  }

  /** Models with the same threshold share their pending trades. */
  private PendingTrades tradesFor(final ModelSettings model, final List<PendingTrades> thresholds) {
    final double least = model.entries().minTradeNotional() / instrument.notionalUnit();
    if (least == 0) {
      return trades;
    }
    for (final PendingTrades large : thresholds) {
      if (large.minTradeNotional() == least) {
        return large;
      }
    }
    thresholds.add(new PendingTrades(least));
    return thresholds.get(thresholds.size() - 1);
  }

  /**
   * Counts a trade as entries on both sides, provisionally.
   *
   * @param quantity base asset, or quote asset for an inverse contract, mantissas
   */
  public void onTrade(
      final long at, final long price, final double quantity, final boolean takerBuys) {
    advance(at);
    final int bucket = lattice.bucketOf(price, lastBucket);
    lastBucket = bucket;
    lastPrice = price;
    if (markBucket == NO_BUCKET || at - markTime > settings.markStaleNanos()) {
      mark(price, bucket);
    }
    if (!span.holds(bucket)) {
      makeRoom(bucket);
    }
    final int cell = span.cell(bucket);
    trades.add(cell, quantity, takerBuys);
    for (final PendingTrades large : largeTrades) {
      if (large.accepts(instrument.isInverse() ? quantity : quantity * price)) {
        large.add(cell, quantity, takerBuys);
      }
    }
    tradeCount++;
    if (bucket < lowestTrade) {
      lowestTrade = bucket;
    }
    if (bucket > highestTrade) {
      highestTrade = bucket;
    }
    if (bucket + nearestLong > markBucket || bucket + nearestShort < markBucket) {
      applyTrades();
      for (final ModelBook book : books) {
        book.ledger(Side.LONG).expireBeyondMark(bucket, markBucket);
        book.ledger(Side.SHORT).expireBeyondMark(bucket, markBucket);
      }
    }
  }

  /** Applies pending trades to the ledgers, before anything happens to positions made of them. */
  private void applyTrades() {
    if (!hasPendingTrades()) {
      return;
    }
    for (final ModelBook book : books) {
      book.addTrades(lowestTrade, highestTrade);
    }
    structure.onTime(time);
    for (int bucket = lowestTrade; bucket <= highestTrade; bucket++) {
      final int cell = span.cell(bucket);
      final double buys = trades.buys(cell);
      final double sells = trades.sells(cell);
      if (buys + sells != 0) {
        bought += buys;
        sold += sells;
        structure.onVolume(bucket, buys + sells);
        span.touch(bucket);
        trades.onApplied(cell);
        for (final PendingTrades large : largeTrades) {
          large.onApplied(cell);
        }
      }
    }
    lowestTrade = NO_LOWEST;
    highestTrade = NO_HIGHEST;
  }

  /**
   * Moves mark, and sweeps what it crosses.
   *
   * @param index index price, 0 where the feed has none
   * @param funding 10⁻⁹ for one interval, the last of the feed, 0 before
   */
  public void onMark(final long at, final long price, final long index, final long funding) {
    advance(at);
    markTime = time;
    indexPrice = index;
    if (index > 0) {
      market.onMark(time, price, index);
    }
    if (funding != fundingRate) {
      fundingRate = funding;
      crowd.onFunding(funding);
    }
    mark(price, lattice.bucketOf(price, markBucket));
  }

  /**
   * Records funding, for answers; its effect on the crowd comes with the mark price.
   *
   * @param rate 10⁻⁹ for one interval
   * @param payment when it is paid, or was paid, 0 unknown
   */
  public void onFunding(final long at, final long rate, final long payment) {
    market.onFunding(Math.max(at, time), rate, payment);
  }

  private void mark(final long price, final int bucket) {
    final int before = markBucket;
    prices++;
    markPrice = price;
    markBucket = bucket;
    structure.onPrice(time, price);
    positions.onPrice(price, before == NO_BUCKET);
    if (window != null) {
      window.onPrice(price);
    }
    if (before == bucket) {
      return;
    }
    if (before != NO_BUCKET) {
      sweep(before, bucket);
    }
    if (areBracketsInBase && (price > termsPrice * REPRICING || price < termsPrice / REPRICING)) {
      applyTerms();
    }
  }

  private void sweep(final int before, final int bucket) {
    if (bucket > before) {
      if (lowestTrade + nearestShort < bucket) {
        applyTrades();
      }
      sweep(Side.SHORT, before, bucket - 1);
    } else {
      if (highestTrade + nearestLong > bucket) {
        applyTrades();
      }
      sweep(Side.LONG, bucket + 1, before);
    }
  }

  private void sweep(final Side side, final int from, final int to) {
    for (int model = 0; model < books.length; model++) {
      if (books[model].ledger(side).sweep(from, to)) {
        changes += model == 0 ? 1 : 0;
      }
    }
  }

  /**
   * Settles the entries since the last update, so that open positions meet the open interest.
   *
   * @param quantity one-sided, base asset, or quote asset for an inverse contract, mantissas
   */
  public void onOpenInterest(final long at, final double quantity) {
    advance(at);
    applyTrades();
    calibrate(quantity);
    final double change = Double.isNaN(openInterest) ? 0 : quantity - openInterest;
    final double fall = Math.max(0, -change);
    final double byForceLong = Math.min(fall, reportedLong * forcedPerReported);
    final double byForceShort = Math.min(fall, reportedShort * forcedPerReported);
    crowd.onVolume(bought, sold);
    market.onOpenInterest(time, quantity, bought, sold, unitValue());
    for (final ModelBook book : books) {
      book.settle(
          quantity, change, trades.volume(), byForceLong, byForceShort, crowd, time, markBucket);
    }
    span.settle();
    trades.restart();
    for (final PendingTrades large : largeTrades) {
      large.restart();
    }
    fallen += fall;
    forcedLong += byForceLong;
    forcedShort += byForceShort;
    bought = 0;
    sold = 0;
    reportedLong = 0;
    reportedShort = 0;
    openInterest = quantity;
    openInterestTime = time;
    updates++;
  }

  /** Quote value of a quantity of 1 at the mark price; NaN before the first. */
  private double unitValue() {
    if (instrument.isInverse()) {
      return instrument.notionalUnit();
    }
    return markPrice == 0 ? Double.NaN : markPrice * instrument.notionalUnit();
  }

  /** Sets what was swept since the last window against what was liquidated; begins the next. */
  private void calibrate(final double quantity) {
    if (window == null || window.isTooShort(time)) {
      return;
    }
    if (positions.count() > 0 && quantity > 0 && time / DAY != measuredDay) {
      measuredDay = time / DAY;
      for (final ModelBook book : books) {
        book.measure(positions, time, quantity);
      }
    }
    if (window.isUsable(time, gaps)) {
      final double reported = window.reported(Side.LONG) + window.reported(Side.SHORT);
      falls.add(reported / window.open(instrument.isInverse()), window.fall(quantity));
      for (final ModelBook book : books) {
        calibrate(book, Side.LONG);
        calibrate(book, Side.SHORT);
      }
    }
    window.begin(time, markPrice, quantity, gaps);
    for (final ModelBook book : books) {
      book.calibration(Side.LONG).begin();
      book.calibration(Side.SHORT).begin();
    }
  }

  private void calibrate(final ModelBook book, final Side side) {
    final boolean isNews =
        book.calibration(side)
            .end(
                window.open(instrument.isInverse()),
                window.reported(side) * forcedPerReported,
                window.move(side),
                window.nanos(time),
                time,
                instrument.notionalUnit());
    verdicts += isNews ? 1 : 0;
  }

  /**
   * Records how many gaps feed and stream have had: a window with one says nothing about amounts.
   */
  public void onGaps(final long soFar) {
    gaps = soFar;
  }

  /**
   * Counts a liquidation that the venue reported.
   *
   * @param quantity base asset, or quote asset for an inverse contract, mantissas
   */
  public void onLiquidation(
      final long at, final Side side, final long price, final double quantity) {
    advance(at);
    final double notional = instrument.isInverse() ? quantity : quantity * price;
    if (window != null) {
      window.onReport(time, side, notional);
    }
    if (side == Side.LONG) {
      reportedLong += quantity;
      observedNotionalLong += notional;
    } else {
      reportedShort += quantity;
      observedNotionalShort += notional;
    }
  }

  /** Records how many accounts are long for one that is short, 10⁻⁹. */
  public void onAccountRatio(final long at, final long ratio) {
    advance(at);
    crowd.onAccountRatio(ratio);
    market.onAccountRatio(time, ratio);
  }

  /**
   * Records an account's position, as the venue published it.
   *
   * @param account a number without meaning
   * @param quantity base asset, or quote asset for an inverse contract, mantissas; 0 for none
   * @param entry mean entry price
   * @param liquidation 0 where no price of the instrument liquidates the account
   * @param opened when it was opened, 0 unknown
   * @param leverage setting, 10⁻², 0 unknown
   */
  public void onKnownPosition(
      final long at,
      final long account,
      final Side side,
      final double quantity,
      final long entry,
      final long liquidation,
      final long opened,
      final int leverage) {
    advance(at);
    if (!settings.positions().isOn()) {
      return;
    }
    positions.report(
        at,
        markPrice,
        account,
        side == Side.LONG ? quantity : -quantity,
        entry,
        liquidation,
        opened,
        leverage);
  }

  private void advance(final long at) {
    if (at > time) {
      time = at;
      if (at >= termsUntil) {
        applyTerms();
      }
    }
  }

  /** Applies the venue's terms, to open positions as well. */
  private void applyTerms() {
    applyTrades();
    termsTime = time;
    termsPrice = markPrice;
    final MarginTerms terms = terms();
    for (final ModelBook book : books) {
      book.setTerms(terms, markBucket);
    }
    findNearest();
    changes++;
  }

  /** Terms as of the last application; sets until when they hold. */
  private MarginTerms terms() {
    final int bracket = brackets.indexAt(termsTime);
    final int rule = rules.indexAt(termsTime);
    termsUntil = Math.min(brackets.until(bracket), rules.until(rule));
    return new MarginTerms(rules.value(rule), brackets.value(bracket), priceOfSizes());
  }

  private double priceOfSizes() {
    if (!areBracketsInBase) {
      return 1;
    }
    return termsPrice == 0 ? UNKNOWN_PRICE : termsPrice * instrument.priceUnit();
  }

  private void findNearest() {
    nearestLong = Integer.MIN_VALUE;
    nearestShort = Integer.MAX_VALUE;
    for (final ModelBook book : books) {
      nearestLong = Math.max(nearestLong, book.ledger(Side.LONG).lines().nearest());
      nearestShort = Math.min(nearestShort, book.ledger(Side.SHORT).lines().nearest());
    }
  }

  /** Slides the span so that it holds a bucket, or doubles it where positions would fall out. */
  private void makeRoom(final int bucket) {
    applyTrades();
    if (!span.fits(bucket, span.size())) {
      dropExpired();
    }
    int newSize = span.size();
    while (!span.fits(bucket, newSize)) {
      newSize <<= 1;
    }
    if (newSize != span.size()) {
      for (final ModelBook book : books) {
        book.grow(newSize);
      }
      trades.grow(newSize);
      for (final PendingTrades large : largeTrades) {
        large.grow(newSize);
      }
      span.grow(newSize);
    }
    span.slide(bucket);
  }

  private void dropExpired() {
    for (int cell = 0; cell < span.size(); cell++) {
      if (span.isInUse(cell) && isExpired(cell)) {
        for (final ModelBook book : books) {
          book.clear(cell);
        }
        span.drop(cell);
      }
    }
  }

  private boolean isExpired(final int cell) {
    for (final ModelBook book : books) {
      if (!book.isExpired(cell)) {
        return false;
      }
    }
    return true;
  }

  public Instrument instrument() {
    return instrument;
  }

  public MapSettings settings() {
    return settings;
  }

  public Lattice lattice() {
    return lattice;
  }

  /** Time of the last event, ns. */
  public long time() {
    return time;
  }

  /** Mark price, or the last price in its place; 0 before the first price. */
  public long markPrice() {
    return markPrice;
  }

  /** Bucket of the mark price, −1 before the first price. */
  public int markBucket() {
    return markBucket;
  }

  /** Index price, 0 where the feed has none. */
  public long indexPrice() {
    return indexPrice;
  }

  /** Funding rate, 10⁻⁹ for one interval, 0 where the feed has none. */
  public long fundingRate() {
    return fundingRate;
  }

  /** Price of the last trade, 0 before the first. */
  public long lastPrice() {
    return lastPrice;
  }

  /** One-sided open interest, NaN before the first. */
  public double openInterest() {
    return openInterest;
  }

  public long trades() {
    return tradeCount;
  }

  /** Whether the last price replaces mark at a time. */
  public boolean isMarkMissing(final long now) {
    return markTime == 0 || now - markTime > settings.markStaleNanos();
  }

  /** Whether open interest is too old at a time. */
  public boolean isOpenInterestStale(final long now) {
    return openInterestTime == 0 || now - openInterestTime > settings.openInterestStaleNanos();
  }

  /** All that was swept from a model's map, quote asset. */
  public double sweptNotional(final int model, final Side side) {
    return books[model].ledger(side).sweptNotional() * instrument.notionalUnit();
  }

  /** All that was swept from a model's map, base asset. */
  public double sweptQuantity(final int model, final Side side) {
    return books[model].ledger(side).sweptQuantity()
        * instrument.quantityUnit()
        / (instrument.isInverse() ? instrument.priceUnit() : 1);
  }

  /**
   * All that a tier of a model that learns would have had swept with a share of one, quote asset.
   */
  public double sweptOfTier(final int model, final Side side, final int tier) {
    return books[model].ledger(side).sweptOfTier(tier) * instrument.notionalUnit();
  }

  /** What a model's profile has learned; null where it doesn't learn. Live, on the map's thread. */
  public LearnedProfile learned(final int model, final Side side) {
    final SideCalibration calibration = books[model].calibration(side);
    return calibration == null ? null : calibration.learned();
  }

  /**
   * Liquidations that a model has expected of no level, beside its sweeps, quote asset; 0 where it
   * doesn't learn.
   */
  public double background(final int model, final Side side) {
    final SideCalibration calibration = books[model].calibration(side);
    return calibration == null ? 0 : calibration.background() * instrument.notionalUnit();
  }

  /**
   * How a model's sweeps compare with reported liquidations; null where no model learns. Live, on
   * the map's thread.
   */
  public OnlineScore score(final int model, final Side side) {
    final SideCalibration calibration = books[model].calibration(side);
    return calibration == null ? null : calibration.score();
  }

  /** What falls of open interest say of liquidations that aren't reported; where models learn. */
  public FallsPerReported fallsPerReported() {
    return falls;
  }

  /** Grows with each change of a score's status; not comparable across restarts. */
  public long verdicts() {
    return verdicts;
  }

  /** Part of a side's open interest that no price liquidates by a model, 0 to 1. */
  public double outOfReach(final int model, final Side side) {
    return books[model].ledger(side).outOfReach();
  }

  /** All liquidations that the venue reported, quote asset. */
  public double observedNotional(final Side side) {
    return (side == Side.LONG ? observedNotionalLong : observedNotionalShort)
        * instrument.notionalUnit();
  }

  /** What open interest has fallen by, all falls together, quantity mantissas. */
  public double fallen() {
    return fallen;
  }

  /**
   * What of the falls of open interest the reported liquidations explain, corrected for what the
   * venue doesn't report; the rest is thought to be voluntary; quantity mantissas.
   */
  public double forced(final Side side) {
    return side == Side.LONG ? forcedLong : forcedShort;
  }

  /** Positions closed by force for one that the venue reports. */
  public double forcedPerReported() {
    return forcedPerReported;
  }

  /** Formula by which the venue liquidates now. */
  public MarginRule marginRule() {
    return rules.value(rules.indexAt(termsTime));
  }

  /** Leverage tiers of a side on the lattice, as the brackets in force put them. */
  public ShiftLines lines(final int model, final Side side) {
    return books[model].ledger(side).lines();
  }

  /** Part of a side's positions that hold a tier: granted by the venue, tilted by the crowd. */
  public double share(final int model, final Side side, final int tier) {
    final EntryLedger ledger = books[model].ledger(side);
    return ledger.lines().isGranted(tier) ? ledger.share(2 * tier) + ledger.share(2 * tier + 1) : 0;
  }

  /** Funding, basis, change of open interest, account ratio and taker flow. */
  public MarketState market() {
    return market;
  }

  /** Volume-large, swings and trends, without pending trades. */
  public Structure structure() {
    return structure;
  }

  /** Grows whenever the first model's map has changed; not comparable across restarts. */
  public long revision() {
    return changes + updates + tradeCount;
  }

  /**
   * Grows with each sweep of the first model that wasn't empty, and each change of the venue's
   * terms; not comparable across restarts.
   */
  public long changes() {
    return changes;
  }

  /** Grows with each update of open interest; not comparable across restarts. */
  public long updates() {
    return updates;
  }

  /** Grows with each price of mark, or of its replacement; not comparable across restarts. */
  public long prices() {
    return prices;
  }

  int lowestTrade() {
    return lowestTrade;
  }

  int highestTrade() {
    return highestTrade;
  }

  boolean hasPendingTrades() {
    return lowestTrade <= highestTrade;
  }

  /**
   * Lowest entry bucket that holds anything, pending trades included; above the highest if none.
   */
  int lowestEntry() {
    return Math.min(span.lowestInUse(), lowestTrade);
  }

  int highestEntry() {
    return Math.max(span.highestInUse(), highestTrade);
  }

  /** Notionals of a model by liquidation bucket, one for all who ask; on the map's thread. */
  public LiquidationDensity density(final int model) {
    if (densities[model] == null) {
      densities[model] = new LiquidationDensity(this, books[model]);
    }
    return densities[model];
  }

  KnownPositions positions() {
    return positions;
  }

  /** Whether the feed has known positions. */
  public boolean hasKnownPositions() {
    return positions.reports() > 0;
  }

  /** Measures a profile from the known positions as of the last event. */
  void measure(final MeasuredProfile profile) {
    profile.measure(positions, time);
  }

  ModelBook book(final int model) {
    return books[model];
  }

  BucketSpan span() {
    return span;
  }

  void encode(final StateWriter out) {
    out.putLong(termsTime);
    out.putLong(termsPrice);
    span.encode(out);
    out.putLong(lowestTrade);
    out.putLong(highestTrade);
    out.putLong(lastBucket);
    out.putLong(markBucket);
    out.putLong(lastPrice);
    out.putLong(markPrice);
    out.putLong(indexPrice);
    out.putLong(fundingRate);
    out.putLong(time);
    out.putLong(markTime);
    out.putDouble(openInterest);
    out.putLong(openInterestTime);
    out.putLong(tradeCount);
    out.putDouble(bought);
    out.putDouble(sold);
    out.putDouble(reportedLong);
    out.putDouble(reportedShort);
    out.putDouble(observedNotionalLong);
    out.putDouble(observedNotionalShort);
    out.putDouble(forcedLong);
    out.putDouble(forcedShort);
    out.putDouble(fallen);
    crowd.encode(out);
    market.encode(out);
    structure.encode(out);
    trades.encode(out);
    for (final PendingTrades large : largeTrades) {
      large.encode(out);
    }
    for (final ModelBook book : books) {
      book.encode(out);
    }
    if (window != null) {
      window.encode(out);
      falls.encode(out);
      out.putLong(measuredDay);
    }
    out.put(cells);
    encodeTrades(out);
    if (settings.positions().isOn()) {
      positions.encode(out);
    }
  }

  private void encodeTrades(final StateWriter out) {
    for (int bucket = lowestTrade; bucket <= highestTrade; bucket++) {
      trades.encodeCell(span.cell(bucket), out);
      for (final PendingTrades large : largeTrades) {
        large.encodeCell(span.cell(bucket), out);
      }
    }
  }

  void decode(final StateReader in) {
    changes++;
    termsTime = in.getLong();
    termsPrice = in.getLong();
    span.decode(in, lattice.buckets());
    lowestTrade = in.getInt(span.base(), NO_LOWEST);
    highestTrade = in.getInt(NO_HIGHEST, span.base() + span.size() - 1);
    lastBucket = in.getInt(NO_BUCKET, lattice.buckets());
    markBucket = in.getInt(NO_BUCKET, lattice.buckets());
    lastPrice = in.getLong();
    markPrice = in.getLong();
    indexPrice = in.getLong();
    fundingRate = in.getLong();
    time = in.getLong();
    markTime = in.getLong();
    openInterest = in.getDouble();
    openInterestTime = in.getLong();
    tradeCount = in.getLong();
    bought = in.getDouble();
    sold = in.getDouble();
    reportedLong = in.getDouble();
    reportedShort = in.getDouble();
    observedNotionalLong = in.getDouble();
    observedNotionalShort = in.getDouble();
    forcedLong = in.getDouble();
    forcedShort = in.getDouble();
    fallen = in.getDouble();
    crowd.decode(in);
    market.decode(in);
    structure.decode(in);
    trades.decode(in, span.size());
    for (final PendingTrades large : largeTrades) {
      large.decode(in, span.size());
    }
    final MarginTerms terms = terms();
    for (final ModelBook book : books) {
      book.decode(in, terms);
    }
    if (window != null) {
      window.decode(in);
      falls.decode(in);
      measuredDay = in.getLong();
    }
    findNearest();
    cells.decode(in);
    for (int bucket = lowestTrade; bucket <= highestTrade; bucket++) {
      trades.decodeCell(span.cell(bucket), in);
      for (final PendingTrades large : largeTrades) {
        large.decodeCell(span.cell(bucket), in);
      }
    }
    if (settings.positions().isOn()) {
      positions.decode(in);
    }
  }
}
