package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedConvention;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Coinalyze bars with the open interest and the liquidations of the same times, as events.
 *
 * <p>A bar is a {@link BarPath} whose points lie evenly in [its time, its time + interval): at each
 * a BUY and a SELL. Longs are liquidated at its low and shorts at its high, when the path comes
 * there first. Open interest stands at its close in the bar's last nanosecond, and behind it the
 * ratio of accounts; where none stood at the bar's start (the first bar, or the bar before is
 * missing or has none), its open comes before the bar's first trade. Numbers are rounded half to
 * even, since they come with float noise.
 */
final class CoinalyzeSource implements EventSource {
  static final List<String> BAR_COLUMNS = List.of("t", "o", "h", "l", "c", "v", "bv", "tx", "btx");
  static final List<String> OPEN_INTEREST_COLUMNS = List.of("t", "o", "h", "l", "c");
  static final List<String> LIQUIDATION_COLUMNS = List.of("t", "l", "s");
  static final List<String> RATIO_COLUMNS = List.of("t", "r", "l", "s");

  private static final int PARTS = 4;

  private final BarSurvey survey;
  private final boolean isClockOffset;
  private final InstrumentDefinition definition;
  private final TimedRows bars;
  private final TimedRows openInterest;
  private final TimedRows liquidations;
  private final TimedRows ratios;
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
      final InstrumentDefinition instrument,
      final ZoneOffset clock,
      final long maxExpanded)
      throws IOException {
    survey = found;
    isClockOffset = !clock.equals(ZoneOffset.UTC);
    definition = instrument;
    path = new BarPath(instrument.tickSize());
    final TimedRows[] opened = new TimedRows[4];
    try {
      opened[0] = open(of.bars(), BAR_COLUMNS, clock, maxExpanded);
      opened[1] = open(of.openInterest(), OPEN_INTEREST_COLUMNS, clock, maxExpanded);
      opened[2] = open(of.liquidation(), LIQUIDATION_COLUMNS, clock, maxExpanded);
      opened[3] = open(of.ratio(), RATIO_COLUMNS, clock, maxExpanded);
    } catch (final IOException | RuntimeException e) {
      closeAll(opened);
      throw e;
    }
    bars = opened[0];
    openInterest = opened[1];
    liquidations = opened[2];
    ratios = opened[3];
    survey.noteOn(bars.tally(), clock);
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    while (true) {
      if (openingPending) {
        openingPending = false;
        draft.openInterest(bar.time, bar.time, opening);
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
    final Bar taken = following;
    following = bar;
    bar = taken;
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
    final int exponent = definition.quantityExponent();
    opening = row.amount(openInterest.at(1), exponent, true);
    closing = row.amount(openInterest.at(4), exponent, true);
    openInterest.consume();
    openingPending = openInterestUntil != bar.time;
    closingPending = true;
    openInterestUntil = bar.time + duration;
  }

  private void joinLiquidations() throws IOException {
    longs = 0;
    shorts = 0;
    if (liquidations == null || !liquidations.seek(bar.time)) {
      return;
    }
    final Row row = liquidations.row();
    final int exponent = definition.quantityExponent();
    longs = row.amount(liquidations.at(1), exponent, true);
    shorts = row.amount(liquidations.at(2), exponent, true);
    liquidations.consume();
  }

  private void joinRatio() throws IOException {
    if (ratios == null || !ratios.seek(bar.time)) {
      return;
    }
    ratio = ratios.row().ratio(ratios.at(1));
    if (ratio == 0) {
      ratios.tally().drop("ratio of accounts is empty or zero");
    }
    ratios.consume();
  }

  private boolean readBar(final Bar into) throws IOException {
    if (!bars.next()) {
      return false;
    }
    final Row row = bars.row();
    final int priceExponent = definition.priceExponent();
    final int quantityExponent = definition.quantityExponent();
    into.time = bars.time();
    into.open = row.amount(bars.at(1), priceExponent, true);
    into.high = row.amount(bars.at(2), priceExponent, true);
    into.low = row.amount(bars.at(3), priceExponent, true);
    into.close = row.amount(bars.at(4), priceExponent, true);
    final long volume = row.amount(bars.at(5), quantityExponent, true);
    into.bought = row.amount(bars.at(6), quantityExponent, true);
    into.sold = volume - into.bought;
    Sources.requireRange(row, into.open, into.high, into.low, into.close);
    if (into.sold < 0) {
      throw row.bad(
          bars.at(6), "is more taker-bought volume than there is volume", "get the file again");
    }
    return true;
  }

  private void finish() throws IOException {
    if (openInterest != null) {
      openInterest.drain();
    }
    if (liquidations != null) {
      liquidations.drain();
    }
    if (ratios != null) {
      ratios.drain();
    }
    if (withoutVolume > 0) {
      bars.tally().note("bars without volume, so without trades: " + withoutVolume);
      withoutVolume = 0;
    }
  }

  @Override
  public void dropRow(final String reason) {
    throw new IllegalStateException("bars of several files don't overlap: " + reason);
  }

  @Override
  public FeedOrigin origin() {
    final FeedOrigin bars = FeedOrigin.NOT_STATED.withTradeBars(survey.interval(), survey.first());
    return isClockOffset ? bars.with(FeedConvention.CLOCK_OFFSET) : bars;
  }

  @Override
  public List<ImportReport.InputReport> reports() {
    final List<ImportReport.InputReport> reports = new ArrayList<>();
    reports.add(bars.tally().report());
    if (openInterest != null) {
      reports.add(openInterest.tally().report());
    }
    if (liquidations != null) {
      reports.add(liquidations.tally().report());
    }
    if (ratios != null) {
      reports.add(ratios.tally().report());
    }
    return reports;
  }

  @Override
  public void close() throws IOException {
    closeAll(bars, openInterest, liquidations, ratios);
  }

  private static TimedRows open(
      final InputFile file,
      final List<String> columns,
      final ZoneOffset clock,
      final long maxExpanded)
      throws IOException {
    return file == null ? null : new TimedRows(file, columns, clock, maxExpanded);
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
