package io.liqmap.tools.importer;

import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;

/** Binance metrics: open interest every five minutes, in UTC. */
final class MetricsSource implements EventSource {
  static final List<String> COLUMNS =
      List.of(
          "create_time",
          "symbol",
          "sum_open_interest",
          "sum_open_interest_value",
          "count_toptrader_long_short_ratio",
          "sum_toptrader_long_short_ratio",
          "count_long_short_ratio",
          "sum_taker_long_short_vol_ratio");

  private final CsvRows rows;
  private final int[] at;
  private final Tally tally;
  private final InstrumentDefinition definition;

  MetricsSource(final InputFile input, final InstrumentDefinition of, final long maxExpanded)
      throws IOException {
    rows = new CsvRows(input.path(), maxExpanded);
    at = Sources.columns(rows, COLUMNS, 3);
    tally = new Tally(input);
    definition = of;
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    while (rows.next()) {
      tally.read();
      final Row row = rows.row();
      Sources.requireSymbol(row, at[1], definition);
      final long time = row.localTime(at[0], ZoneOffset.UTC);
      final long received = tally.clock(time);
      if (row.isEmpty(at[2])) {
        tally.drop("open interest is empty");
        continue;
      }
      draft.openInterest(time, received, row.amount(at[2], definition.quantityExponent(), true));
      return true;
    }
    return false;
  }

  @Override
  public void dropRow(final String reason) {
    tally.drop(reason);
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
