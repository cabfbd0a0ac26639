package io.liqmap.tools.importer;

import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.util.List;

/**
 * Binance markPriceKlines: four marks a row.
 *
 * <p>Open at the open time; low, then high if the close isn't below the open, else high, then low,
 * after a third and two thirds; close at the close time.
 */
final class MarkPriceKlinesSource implements EventSource {
  static final List<String> COLUMNS =
      List.of(
          "open_time",
          "open",
          "high",
          "low",
          "close",
          "volume",
          "close_time",
          "quote_volume",
          "count",
          "taker_buy_volume",
          "taker_buy_quote_volume",
          "ignore");

  private static final int MARKS = 4;

  private final CsvRows rows;
  private final int[] at;
  private final Tally tally;
  private final int priceExponent;
  private final long[] marks = new long[MARKS];
  private final long[] times = new long[MARKS];
  private long end;
  private int step = MARKS;

  MarkPriceKlinesSource(
      final InputFile input, final InstrumentDefinition definition, final long maxExpanded)
      throws IOException {
    rows = new CsvRows(input.path(), maxExpanded);
    at = Sources.columns(rows, COLUMNS, 7);
    tally = new Tally(input);
    rows.orderBy(input.order(), (row) -> row.epoch(at[0]));
    priceExponent = definition.priceExponent();
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    if (step == MARKS && !readRow()) {
      return false;
    }
    draft.markPrice(times[step], tally.latest(times[step]), marks[step]);
    draft.startsRow = step == 0;
    draft.coversUntil = end;
    step++;
    return true;
  }

  private boolean readRow() throws IOException {
    if (!rows.next()) {
      return false;
    }
    tally.read();
    final Row row = rows.row();
    final long from = rows.key();
    final long to = row.epoch(at[6]);
    final long open = row.amount(at[1], priceExponent, true);
    final long high = row.amount(at[2], priceExponent, true);
    final long low = row.amount(at[3], priceExponent, true);
    final long close = row.amount(at[4], priceExponent, true);
    if (to <= from) {
      throw row.bad(at[6], "is not after the open time", "get the file again");
    }
    Sources.requireRange(row, open, high, low, close);
    if (row.decimal(at[5], 0, true) != 0) {
      throw row.bad(
          at[5],
          "is traded volume: these are klines of trades, not of the mark price",
          "download markPriceKlines");
    }
    final boolean rises = close >= open;
    marks[0] = open;
    marks[1] = rises ? low : high;
    marks[2] = rises ? high : low;
    marks[3] = close;
    times[0] = from;
    times[1] = from + (to - from) / 3;
    times[2] = from + (to - from) / 3 * 2;
    times[3] = to;
    end = to;
    step = 0;
    return true;
  }

  @Override
  public void dropRow(final String reason, final boolean isLoss) {
    tally.drop(reason, isLoss);
    step = MARKS;
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
