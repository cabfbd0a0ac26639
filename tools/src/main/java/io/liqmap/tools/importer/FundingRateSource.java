package io.liqmap.tools.importer;

import java.io.IOException;
import java.util.List;

/** Binance fundingRate: the rate paid at a time, and the hours until the next. */
final class FundingRateSource implements EventSource {
  static final List<String> COLUMNS =
      List.of("calc_time", "funding_interval_hours", "last_funding_rate");

  private static final int RATE_EXPONENT = -9;
  private static final long MAX_RATE = 1_000_000_000L;
  private static final long MINUTE = 60_000_000_000L;

  private final CsvRows rows;
  private final int[] at;
  private final Tally tally;

  FundingRateSource(final InputFile input, final long maxExpanded) throws IOException {
    rows = new CsvRows(input.path(), maxExpanded);
    at = Sources.columns(rows, COLUMNS, 3);
    tally = new Tally(input);
    rows.orderBy(input.order(), (row) -> row.epoch(at[0]));
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    if (!rows.next()) {
      return false;
    }
    tally.read();
    final Row row = rows.row();
    final long time = rows.key();
    final long hours = row.integer(at[1]);
    final long rate = row.decimal(at[2], RATE_EXPONENT, true);
    if (hours < 1 || hours > 24) {
      throw row.bad(at[1], "is no funding interval of 1 to 24 hours", "get the file again");
    }
    if (rate < -MAX_RATE || rate > MAX_RATE) {
      throw row.bad(at[2], "is no funding rate between -1 and 1", "get the file again");
    }
    // The calculation is some ms late; the time that it is for is a full minute.
    draft.funding(time, tally.clock(time), rate, time - time % MINUTE + hours * 60 * MINUTE);
    return true;
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
