package io.liqmap.tools.importer;

import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.util.List;

/**
 * Binance fundingRate: the rate paid at a time, and the hours until the next where the file has
 * them. A rate of 0 is a rate.
 */
final class FundingRateSource implements EventSource {
  private static final String TIME = "calc_time";
  private static final String HOURS = "funding_interval_hours";
  private static final String RATE = "last_funding_rate";
  static final List<String> COLUMNS = List.of(TIME, HOURS, RATE);

  private static final int RATE_EXPONENT = -9;
  private static final long MAX_RATE = 1_000_000_000L;
  private static final long MINUTE = 60_000_000_000L;

  private final CsvRows rows;
  private final int timeAt;
  private final int hoursAt;
  private final int rateAt;
  private final int symbolAt;
  private final Tally tally;
  private final InstrumentDefinition definition;

  FundingRateSource(final InputFile input, final InstrumentDefinition of, final long maxExpanded)
      throws IOException {
    rows = new CsvRows(input.path(), maxExpanded);
    final List<String> needed = rows.hasHeader() ? List.of(TIME, RATE) : COLUMNS;
    final int[] at = Sources.columns(rows, needed, needed.size());
    timeAt = at[0];
    rateAt = at[at.length - 1];
    hoursAt = rows.column(COLUMNS, HOURS);
    symbolAt = rows.column(COLUMNS, "symbol");
    tally = new Tally(input);
    definition = of;
    rows.orderBy(input.order(), (row) -> row.epoch(timeAt));
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    while (Sources.next(rows, tally)) {
      final Row row = rows.row();
      if (symbolAt >= 0) {
        Sources.requireSymbol(row, symbolAt, definition);
      }
      final long time = rows.key();
      final long received = tally.clock(time);
      if (row.isUnknown(rateAt)) {
        tally.omit("funding rate is empty or no number");
        continue;
      }
      final long rate = row.decimal(rateAt, RATE_EXPONENT, true);
      if (rate < -MAX_RATE || rate > MAX_RATE) {
        throw row.bad(rateAt, "is no funding rate between -1 and 1", Row.MEND);
      }
      final long hours = hours(row);
      // The calculation is some ms late; the time that it is for is a full minute.
      draft.funding(
          time, received, rate, hours == 0 ? 0 : time - time % MINUTE + hours * 60 * MINUTE);
      return true;
    }
    return false;
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

  @Override
  public void dropRow(final String reason, final boolean isLoss) {
    tally.drop(reason, isLoss);
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
