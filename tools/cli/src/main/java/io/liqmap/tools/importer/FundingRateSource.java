package io.liqmap.tools.importer;

import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.util.List;

/**
 * Binance fundingRate: the rate paid at a time, and the hours until the next where the file has
 * them. A rate of 0 is a rate.
 */
final class FundingRateSource extends RowSource {
  private static final String TIME = "calc_time";
  private static final String HOURS = "funding_interval_hours";
  private static final String RATE = "last_funding_rate";
  static final List<String> COLUMNS = List.of(TIME, HOURS, RATE);

  private static final long MINUTE = 60_000_000_000L;

  private final int rateAt;
  private final int hoursAt;
  private final int symbolAt;

  FundingRateSource(
      final InputFile input, final InstrumentDefinition definition, final long maxExpanded)
      throws IOException {
    this(input, definition, new CsvRows(input.path(), maxExpanded));
  }

  private FundingRateSource(
      final InputFile input, final InstrumentDefinition definition, final CsvRows rows)
      throws IOException {
    super(input, definition, rows, needed(rows), needed(rows).size());
    rateAt = column(COLUMNS, RATE);
    hoursAt = column(COLUMNS, HOURS);
    symbolAt = column(COLUMNS, "symbol");
  }

  private static List<String> needed(final CsvRows rows) {
    return rows.hasHeader() ? List.of(TIME, RATE) : COLUMNS;
  }

  @Override
  long key(final Row row) throws ImportException {
    return row.epoch(at(0));
  }

  @Override
  boolean read(final Row row, final Draft draft) throws ImportException {
    if (symbolAt >= 0) {
      requireSymbol(row, symbolAt);
    }
    final long time = key();
    final long received = tally().clock(time);
    if (row.isUnknown(rateAt)) {
      return omit("funding rate is empty or no number");
    }
    final long rate = row.fundingRate(rateAt);
    final long hours = hours(row);
    // The calculation is some ms late; the time that it is for is a full minute.
    draft.funding(
        time, received, rate, hours == 0 ? 0 : time - time % MINUTE + hours * 60 * MINUTE);
    return true;
  }

  private long hours(final Row row) throws ImportException {
    if (hoursAt < 0 || row.isUnknownOrZero(hoursAt)) {
      return 0;
    }
    final long hours = row.integer(hoursAt);
    if (hours < 1 || hours > 24) {
      throw row.bad(hoursAt, "is no funding interval of 1 to 24 hours", Row.MEND);
    }
    return hours;
  }
}
