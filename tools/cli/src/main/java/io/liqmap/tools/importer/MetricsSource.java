package io.liqmap.tools.importer;

import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedConvention;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Binance metrics: open interest and the ratio of accounts every five minutes, in UTC. A zero is
 * what the venue writes where it doesn't know.
 */
final class MetricsSource implements EventSource {
  private static final String SYMBOL = "symbol";
  private static final String RATIO = "count_long_short_ratio";
  private static final String NOTHING_KNOWN = "open interest and ratio of accounts are unknown";

  static final List<String> COLUMNS =
      List.of(
          "create_time",
          SYMBOL,
          "sum_open_interest",
          "sum_open_interest_value",
          "count_toptrader_long_short_ratio",
          "sum_toptrader_long_short_ratio",
          RATIO,
          "sum_taker_long_short_vol_ratio");

  private static final int NEEDED = 3;

  private final CsvRows rows;
  private final int[] at;
  private final int ratioAt;
  private final Tally tally;
  private final InstrumentDefinition definition;
  private final MetricsClock clock;
  private long time;
  private long received;
  private long ratio;
  private long withoutRatio;
  private long withoutOpenInterest;
  private long zeroOpenInterest;

  MetricsSource(final InputFile input, final InstrumentDefinition of, final long maxExpanded)
      throws IOException {
    rows = new CsvRows(input.path(), maxExpanded);
    at = Sources.columns(rows, required(rows), NEEDED);
    ratioAt = rows.column(COLUMNS, RATIO);
    tally = new Tally(input);
    definition = of;
    final boolean isCoinMargined = BinanceConvention.isCoinMargined(of.symbol());
    try {
      clock = MetricsClock.of(input, isCoinMargined, at[0], maxExpanded);
    } catch (final IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
    rows.orderBy(input.order(), clock::timeOf);
    if (isCoinMargined) {
      tally.convention(
          "open interest in contracts of " + BinanceConvention.multiplier(of) + " USD");
    }
  }

  /** Columns of a file, those that have to be there first. */
  static List<String> required(final CsvRows rows) {
    return rows.hasHeader() ? COLUMNS.subList(0, NEEDED) : COLUMNS;
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    if (ratio > 0) {
      draft.accountRatio(time, received, ratio);
      draft.startsRow = false;
      ratio = 0;
      return true;
    }
    while (Sources.next(rows, tally)) {
      final Row row = rows.row();
      Sources.requireSymbol(row, at[1], definition);
      time = rows.key();
      received = tally.clock(time);
      ratio = ratioAt < 0 || row.isUnknown(ratioAt) ? 0 : row.ratio(ratioAt);
      withoutRatio += ratio == 0 ? 1 : 0;
      final boolean isZero = row.isZero(at[2]);
      if (!isZero && !row.isUnknown(at[2])) {
        draft.openInterest(time, received, openInterest(row));
        draft.rowHash = Long.hashCode(ratio);
        return true;
      }
      zeroOpenInterest += isZero ? 1 : 0;
      withoutOpenInterest += isZero ? 0 : 1;
      if (ratio > 0) {
        draft.accountRatio(time, received, ratio);
        ratio = 0;
        return true;
      }
      tally.omit(NOTHING_KNOWN);
    }
    note();
    return false;
  }

  /** COIN-M's contracts are converted where the definition has money. */
  private long openInterest(final Row row) throws ImportException {
    if (definition.openInterestUnit() != OpenInterestUnit.QUOTE) {
      return row.amount(at[2], definition.quantityExponent(), true);
    }
    final BigDecimal mantissa =
        row.number(at[2])
            .multiply(BinanceConvention.multiplier(definition))
            .scaleByPowerOfTen(-definition.quantityExponent())
            .setScale(0, RoundingMode.HALF_EVEN);
    if (mantissa.compareTo(BigDecimal.valueOf(FeedAdapter.MAX_MANTISSA)) > 0) {
      throw row.bad(
          at[2],
          "contracts are too much money for the exponent " + definition.quantityExponent(),
          "set a higher quantity exponent for the instrument");
    }
    return mantissa.longValueExact();
  }

  private void note() {
    if (withoutRatio > 0) {
      tally.note("rows without a ratio of accounts: " + withoutRatio);
      withoutRatio = 0;
    }
    if (zeroOpenInterest > 0) {
      tally.note("rows whose open interest is 0, which means unknown: " + zeroOpenInterest);
      zeroOpenInterest = 0;
    }
    if (withoutOpenInterest > 0) {
      tally.note("rows whose open interest is empty or no number: " + withoutOpenInterest);
      withoutOpenInterest = 0;
    }
    clock.noteOn(tally);
  }

  @Override
  public FeedOrigin origin() {
    final FeedOrigin origin =
        definition.openInterestUnit() == OpenInterestUnit.QUOTE
            ? FeedOrigin.NOT_STATED.with(FeedConvention.OPEN_INTEREST_FROM_CONTRACTS)
            : FeedOrigin.NOT_STATED;
    return clock.shiftsAny() ? origin.with(FeedConvention.OPEN_INTEREST_LABELS_SHIFTED) : origin;
  }

  @Override
  public void dropRow(final String reason, final boolean isLoss) {
    tally.drop(reason, isLoss);
    ratio = 0;
  }

  @Override
  public List<ImportReport.InputReport> reports() {
    return List.of(tally.report());
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
