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
final class MetricsSource extends RowSource {
  private static final String SYMBOL = "symbol";
  private static final String RATIO = "count_long_short_ratio";

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

  private final int ratioAt;
  private final MetricsClock clock;
  private long time;
  private long received;
  private long ratio;
  private long withoutRatio;
  private long withoutOpenInterest;
  private long zeroOpenInterest;

  MetricsSource(
      final InputFile input, final InstrumentDefinition definition, final long maxExpanded)
      throws IOException {
    this(input, definition, new CsvRows(input.path(), maxExpanded), maxExpanded);
  }

  private MetricsSource(
      final InputFile input,
      final InstrumentDefinition definition,
      final CsvRows rows,
      final long maxExpanded)
      throws IOException {
    super(input, definition, rows, required(rows), NEEDED);
    ratioAt = column(COLUMNS, RATIO);
    final boolean isCoinMargined = BinanceConvention.isCoinMargined(definition.symbol());
    try {
      clock = MetricsClock.of(input, isCoinMargined, at(0), maxExpanded);
    } catch (final IOException | RuntimeException e) {
      close();
      throw e;
    }
    if (isCoinMargined) {
      tally()
          .convention(
              "open interest in contracts of " + BinanceConvention.multiplier(definition) + " USD");
    }
  }

  /** Columns of a file, those that it must have first. */
  static List<String> required(final CsvRows rows) {
    return rows.hasHeader() ? COLUMNS.subList(0, NEEDED) : COLUMNS;
  }

  @Override
  long key(final Row row) throws ImportException {
    return clock.timeOf(row);
  }

  @Override
  boolean read(final Row row, final Draft draft) throws ImportException {
    requireSymbol(row, at(1));
    time = key();
    received = tally().clock(time);
    ratio = ratioAt < 0 || row.isUnknown(ratioAt) ? 0 : row.ratio(ratioAt);
    withoutRatio += ratio == 0 ? 1 : 0;
    final boolean isZero = row.isZero(at(2));
    if (!isZero && !row.isUnknown(at(2))) {
      draft.openInterest(time, received, openInterest(row));
      draft.rowHash = Long.hashCode(ratio);
      return true;
    }
    zeroOpenInterest += isZero ? 1 : 0;
    withoutOpenInterest += isZero ? 0 : 1;
    if (ratio == 0) {
      return omit("open interest and ratio of accounts are unknown");
    }
    draft.accountRatio(time, received, ratio);
    ratio = 0;
    return true;
  }

  @Override
  boolean readMore(final Draft draft) {
    if (ratio == 0) {
      return false;
    }
    draft.accountRatio(time, received, ratio);
    draft.startsRow = false;
    ratio = 0;
    return true;
  }

  @Override
  void dropMore() {
    ratio = 0;
  }

  /** COIN-M's contracts are converted where the definition has money. */
  private long openInterest(final Row row) throws ImportException {
    if (definition().openInterestUnit() != OpenInterestUnit.QUOTE) {
      return quantity(row, at(2), true);
    }
    final BigDecimal mantissa =
        row.number(at(2))
            .multiply(BinanceConvention.multiplier(definition()))
            .scaleByPowerOfTen(-definition().quantityExponent())
            .setScale(0, RoundingMode.HALF_EVEN);
    if (mantissa.compareTo(BigDecimal.valueOf(FeedAdapter.MAX_MANTISSA)) > 0) {
      throw row.bad(
          at(2),
          "contracts are too much money for the exponent " + definition().quantityExponent(),
          "set a higher quantity exponent for the instrument");
    }
    return mantissa.longValueExact();
  }

  @Override
  void noteOn(final Tally tally) {
    tally.noteCount("rows without a ratio of accounts", withoutRatio);
    tally.noteCount(ZERO_OPEN_INTEREST, zeroOpenInterest);
    tally.noteCount("rows whose open interest is empty or no number", withoutOpenInterest);
    clock.noteOn(tally);
  }

  @Override
  public FeedOrigin origin() {
    final FeedOrigin origin =
        definition().openInterestUnit() == OpenInterestUnit.QUOTE
            ? FeedOrigin.NOT_STATED.with(FeedConvention.OPEN_INTEREST_FROM_CONTRACTS)
            : FeedOrigin.NOT_STATED;
    return clock.shiftsAny() ? origin.with(FeedConvention.OPEN_INTEREST_LABELS_SHIFTED) : origin;
  }
}
