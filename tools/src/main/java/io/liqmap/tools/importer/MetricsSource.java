package io.liqmap.tools.importer;

import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;

/** Binance metrics: open interest and the ratio of accounts every five minutes, in UTC. */
final class MetricsSource implements EventSource {
  private static final String RATIO = "count_long_short_ratio";

  static final List<String> COLUMNS =
      List.of(
          "create_time",
          "symbol",
          "sum_open_interest",
          "sum_open_interest_value",
          "count_toptrader_long_short_ratio",
          "sum_toptrader_long_short_ratio",
          RATIO,
          "sum_taker_long_short_vol_ratio");

  private final CsvRows rows;
  private final int[] at;
  private final int ratioAt;
  private final Tally tally;
  private final InstrumentDefinition definition;
  private long time;
  private long received;
  private long ratio;
  private long withoutRatio;

  MetricsSource(final InputFile input, final InstrumentDefinition of, final long maxExpanded)
      throws IOException {
    rows = new CsvRows(input.path(), maxExpanded);
    at = Sources.columns(rows, COLUMNS, 3);
    ratioAt = rows.column(COLUMNS, RATIO);
    tally = new Tally(input);
    rows.orderBy(input.order(), (row) -> row.localTime(at[0], ZoneOffset.UTC));
    definition = of;
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    if (ratio > 0) {
      draft.accountRatio(time, received, ratio);
      draft.startsRow = false;
      ratio = 0;
      return true;
    }
    while (rows.next()) {
      tally.read();
      final Row row = rows.row();
      Sources.requireSymbol(row, at[1], definition);
      time = rows.key();
      received = tally.clock(time);
      ratio = ratioAt < 0 ? 0 : row.ratio(ratioAt);
      withoutRatio += ratio == 0 ? 1 : 0;
      if (!row.isEmpty(at[2])) {
        draft.openInterest(time, received, row.amount(at[2], definition.quantityExponent(), true));
        return true;
      }
      if (ratio > 0) {
        draft.accountRatio(time, received, ratio);
        ratio = 0;
        return true;
      }
      tally.omit("open interest and ratio of accounts are empty");
    }
    if (withoutRatio > 0) {
      tally.note("rows without a ratio of accounts: " + withoutRatio);
      withoutRatio = 0;
    }
    return false;
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
