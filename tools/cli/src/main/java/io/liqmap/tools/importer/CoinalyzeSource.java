package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedConvention;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Coinalyze bars with the open interest and the liquidations of the same times, as events.
 *
 * <p>A bar is a {@link BarPath} whose points lie evenly in [its time, its time + interval): at each
 * a BUY and a SELL. Longs are liquidated at its low and shorts at its high, when the path comes
 * there first. Open interest has its close in the bar's last nanosecond, followed by the ratio of
 * accounts; where there was none at the bar's start (the first bar, or the bar before is missing or
 * has none), its open comes before the bar's first trade. Numbers are rounded half to even, since
 * they come with float noise.
 */
final class CoinalyzeSource implements EventSource {
  static final List<String> BAR_COLUMNS = List.of("t", "o", "h", "l", "c", "v", "bv", "tx", "btx");
  static final List<String> OPEN_INTEREST_COLUMNS = List.of("t", "o", "h", "l", "c");
  static final List<String> LIQUIDATION_COLUMNS = List.of("t", "l", "s");
  static final List<String> RATIO_COLUMNS = List.of("t", "r", "l", "s");

  private static final int PARTS = 4;
  private static final int PRICES = 4;

  static List<String> columns(final InputKind kind) {
    return switch (kind) {
      case BARS -> BAR_COLUMNS;
      case BAR_OPEN_INTEREST -> OPEN_INTEREST_COLUMNS;
      case BAR_LIQUIDATION -> LIQUIDATION_COLUMNS;
      case LONG_SHORT_RATIO -> RATIO_COLUMNS;
      default -> throw new IllegalArgumentException(kind + " isn't joined with bars");
    };
  }

  private final BarSurvey survey;
  private final CoinalyzeUnits units;
  private final FeedOrigin clockOrigin;
  private final InstrumentDefinition definition;
  private final TimedRows bars;
  private final TimedRows openInterest;
  private final TimedRows liquidations;
  private final TimedRows ratios;

  /** Those that there are, bars first. */
  private final List<TimedRows> files;

  private final BarPath path;

  private Bar bar = new Bar();
  private Bar following = new Bar();
  private boolean followingRead;
  private boolean started;

  private long duration;
  private long opening;
  private long closing;
  private boolean openingPending;
  private boolean closingPending;
  private long openInterestUntil = Long.MIN_VALUE;
  private long longs;
  private long shorts;
  private long ratio;
  private int point;
  private int part;
  private long withoutVolume;

  CoinalyzeSource(
      final CoinalyzeFiles of,
      final BarSurvey found,
      final CoinalyzeUnits amounts,
      final InstrumentDefinition instrument,
      final LocalClocks clocks,
      final long maxExpanded)
      throws IOException {
    survey = found;
    units = amounts;
    clockOrigin = clocks.origin();
    definition = instrument;
    path = new BarPath(instrument.tickSize());
    final TimedRows[] opened = new TimedRows[4];
    try {
      opened[0] = TimedRows.of(of.bars(), clocks, maxExpanded);
      opened[1] = TimedRows.of(of.openInterest(), clocks, maxExpanded);
      opened[2] = TimedRows.of(of.liquidation(), clocks, maxExpanded);
      opened[3] = TimedRows.of(of.ratio(), clocks, maxExpanded);
    } catch (final IOException | RuntimeException e) {
      closeAll(opened);
      throw e;
    }
    bars = opened[0];
    openInterest = opened[1];
    liquidations = opened[2];
    ratios = opened[3];
    files = Arrays.stream(opened).filter(Objects::nonNull).toList();
    survey.noteOn(bars.tally());
    if (!units.isSplit()) {
      bars.tally()
          .convention("no bar says what takers bought: half of each bar's volume taken for it");
    }
    units.noteOn(
        openInterest == null ? null : openInterest.tally(),
        liquidations == null ? null : liquidations.tally());
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    while (true) {
      if (openingPending) {
        openingPending = false;
        draft.openInterest(bar.time, bar.time, opening);
        draft.isExtra = true;
        return true;
      }
      while (point < path.points()) {
        final boolean filled = fill(draft);
        part++;
        if (part == PARTS) {
          part = 0;
          point++;
        }
        if (filled) {
          return true;
        }
      }
      if (closingPending) {
        closingPending = false;
        final long end = bar.time + duration - 1;
        draft.openInterest(end, end, closing);
        return true;
      }
      if (ratio > 0) {
        final long end = bar.time + duration - 1;
        draft.accountRatio(end, end, ratio);
        ratio = 0;
        return true;
      }
      if (!nextBar()) {
        return false;
      }
    }
  }

  /**
   * Fills what is due at the point: BUY, SELL, longs' and shorts' liquidation; false if none is.
   */
  private boolean fill(final Draft draft) {
    final long time = bar.time + duration / path.points() * point;
    final long price = path.price(point);
    final long quantity =
        switch (part) {
          case 0 -> path.bought(point);
          case 1 -> path.sold(point);
          case 2 -> point == path.lowPoint() ? longs : 0;
          default -> point == path.highPoint() ? shorts : 0;
        };
    if (quantity == 0) {
      return false;
    }
    switch (part) {
      case 0 -> draft.trade(time, time, price, quantity, FeedEvent.BUY);
      case 1 -> draft.trade(time, time, price, quantity, FeedEvent.SELL);
      case 2 -> draft.liquidation(time, time, price, quantity, FeedEvent.LONG);
      default -> draft.liquidation(time, time, price, quantity, FeedEvent.SHORT);
    }
    return true;
  }

  private boolean nextBar() throws IOException {
    if (!started) {
      started = true;
      followingRead = readBar(following);
    }
    if (!followingRead) {
      finish();
      return false;
    }
    final Bar next = following;
    following = bar;
    bar = next;
    followingRead = readBar(following);
    duration =
        followingRead ? Math.min(survey.interval(), following.time - bar.time) : survey.interval();
    path.lay(bar.open, bar.high, bar.low, bar.close, bar.bought, bar.sold);
    point = 0;
    part = 0;
    if (bar.bought + bar.sold == 0) {
      withoutVolume++;
    }
    joinOpenInterest();
    joinLiquidations();
    joinRatio();
    return true;
  }

  private void joinOpenInterest() throws IOException {
    if (openInterest == null || !openInterest.seek(bar.time)) {
      return;
    }
    final Row row = openInterest.row();
    final int openAt = openInterest.at(1);
    final int closeAt = openInterest.at(4);
    final boolean hasClose = !row.isUnknownOrZero(closeAt);
    if (!row.isUnknownOrZero(openAt)) {
      opening = units.openInterest(row, openAt, bar.open);
      openingPending = openInterestUntil != bar.time;
    } else if (!hasClose) {
      openInterest.tally().omit("open interest is zero, empty or no number");
    }
    if (hasClose) {
      closing = units.openInterest(row, closeAt, bar.close);
      closingPending = true;
      openInterestUntil = bar.time + duration;
    }
    openInterest.consume();
  }

  private void joinLiquidations() throws IOException {
    longs = 0;
    shorts = 0;
    if (liquidations == null || !liquidations.seek(bar.time)) {
      return;
    }
    final Row row = liquidations.row();
    final int longsAt = liquidations.at(1);
    final int shortsAt = liquidations.at(2);
    if (row.isUnknown(longsAt) && row.isUnknown(shortsAt)) {
      liquidations.tally().omit("liquidations are empty or no number");
    } else {
      longs = row.isUnknown(longsAt) ? 0 : units.liquidated(row, longsAt, bar.low);
      shorts = row.isUnknown(shortsAt) ? 0 : units.liquidated(row, shortsAt, bar.high);
    }
    liquidations.consume();
  }

  private void joinRatio() throws IOException {
    if (ratios == null || !ratios.seek(bar.time)) {
      return;
    }
    final Row row = ratios.row();
    ratio = row.isUnknown(ratios.at(1)) ? 0 : row.ratio(ratios.at(1));
    if (ratio == 0) {
      ratios.tally().omit("ratio of accounts is empty or zero");
    }
    ratios.consume();
  }

  private boolean readBar(final Bar into) throws IOException {
    while (bars.next()) {
      if (isKnown(bars.row())) {
        fill(into, bars.row());
        return true;
      }
      bars.tally().omit("a price is zero or unknown, or volume is unknown");
    }
    return false;
  }

  private boolean isKnown(final Row row) {
    for (int i = 1; i <= PRICES; i++) {
      if (row.isUnknownOrZero(bars.at(i))) {
        return false;
      }
    }
    return !row.isUnknown(bars.at(5));
  }

  private void fill(final Bar into, final Row row) throws ImportException {
    final int priceExponent = definition.priceExponent();
    into.time = bars.time();
    into.open = row.amount(bars.at(1), priceExponent, true);
    into.high = row.amount(bars.at(2), priceExponent, true);
    into.low = row.amount(bars.at(3), priceExponent, true);
    into.close = row.amount(bars.at(4), priceExponent, true);
    final long volume = units.volume(row, bars.at(5));
    into.bought =
        !units.isSplit() || row.isUnknown(bars.optional())
            ? volume / 2
            : units.volume(row, bars.optional());
    into.sold = volume - into.bought;
    row.requireRange(into.open, into.high, into.low, into.close);
    if (into.sold < 0) {
      throw row.bad(bars.optional(), "is more taker-bought volume than there is volume", Row.MEND);
    }
  }

  private void finish() throws IOException {
    for (final TimedRows joined : files.subList(1, files.size())) {
      joined.drain();
    }
    if (withoutVolume > 0) {
      bars.tally().note("bars without volume, so without trades: " + withoutVolume);
      withoutVolume = 0;
    }
  }

  @Override
  public void dropRow(final String reason, final boolean isLoss) {
    throw new IllegalStateException("bars of several files don't overlap: " + reason);
  }

  @Override
  public FeedOrigin origin() {
    FeedOrigin origin = FeedOrigin.NOT_STATED.withTradeBars(survey.interval(), survey.first());
    if (openInterest != null && units.openInterestUnit() == AmountUnit.CONTRACTS) {
      origin = origin.with(FeedConvention.OPEN_INTEREST_FROM_CONTRACTS);
    } else if (openInterest != null && units.isConverted()) {
      origin = origin.with(FeedConvention.OPEN_INTEREST_FROM_MONEY);
    }
    return survey.isEpoch() ? origin : origin.and(clockOrigin);
  }

  @Override
  public List<ImportReport.InputReport> reports() {
    return files.stream().map((file) -> file.tally().report()).toList();
  }

  @Override
  public void close() throws IOException {
    closeAll(bars, openInterest, liquidations, ratios);
  }

  private static void closeAll(final TimedRows... all) throws IOException {
    for (final TimedRows rows : all) {
      if (rows != null) {
        rows.close();
      }
    }
  }

  private static final class Bar {
    private long time;
    private long open;
    private long high;
    private long low;
    private long close;
    private long bought;
    private long sold;
  }
}
