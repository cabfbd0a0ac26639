package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Binance markPriceKlines: four marks a row.
 *
 * <p>Open at the open time; low, then high if the close isn't below the open, else high, then low,
 * after a third and two thirds; close at the close time. In long klines a mark is repeated every 20
 * s until the next, since a kline speaks of all of its time. Rows without a price say nothing.
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

  /** So many of the columns are needed. */
  static final int NEEDED = 7;

  /** Position of the volume among them. */
  static final int VOLUME = 5;

  private static final int MARKS = 4;
  private static final long HOLD = 20_000_000_000L;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final CsvRows rows;
  private final int[] at;
  private final Tally tally;
  private final int priceExponent;
  private final long[] marks = new long[MARKS];
  private final long[] times = new long[MARKS];
  private long end;
  private long now;
  private boolean startsRow;
  private FeedOrigin origin = FeedOrigin.NOT_STATED;
  private int step = MARKS;

  MarkPriceKlinesSource(
      final InputFile input, final InstrumentDefinition definition, final long maxExpanded)
      throws IOException {
    rows = new CsvRows(input.path(), maxExpanded);
    at = Sources.columns(rows, COLUMNS, NEEDED);
    tally = new Tally(input);
    rows.orderBy(input.order(), (row) -> row.epoch(at[0]));
    priceExponent = definition.priceExponent();
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    if (step == MARKS && !readRow()) {
      return false;
    }
    draft.markPrice(now, tally.latest(now), marks[step]);
    draft.startsRow = startsRow;
    draft.rowHash = Arrays.hashCode(marks);
    draft.coversUntil = end;
    startsRow = false;
    now += HOLD;
    if (step == MARKS - 1 || now >= times[step + 1]) {
      step++;
      now = step == MARKS ? 0 : times[step];
    }
    return true;
  }

  private boolean readRow() throws IOException {
    while (Sources.next(rows, tally)) {
      if (hasPrices(rows.row())) {
        lay(rows.row());
        return true;
      }
      tally.omit("a price is zero, empty or no number");
    }
    return false;
  }

  private boolean hasPrices(final Row row) {
    for (int i = 1; i <= MARKS; i++) {
      if (row.isUnknownOrZero(at[i])) {
        return false;
      }
    }
    return true;
  }

  private void lay(final Row row) throws ImportException {
    final long from = rows.key();
    final long to = row.epoch(at[6]);
    final long open = row.amount(at[1], priceExponent, true);
    final long high = row.amount(at[2], priceExponent, true);
    final long low = row.amount(at[3], priceExponent, true);
    final long close = row.amount(at[4], priceExponent, true);
    if (to <= from) {
      throw row.bad(at[6], "is not after the open time", Row.MEND);
    }
    if (to - from > FeedOrigin.MAX_BAR_NANOS) {
      throw row.bad(at[6], "is more than 31 days after the open time", Row.MEND);
    }
    Sources.requireRange(row, open, high, low, close);
    if (!row.isUnknownOrZero(at[VOLUME])) {
      throw row.bad(
          at[VOLUME],
          "is traded volume: these are klines of trades, not of the mark price",
          "give markPriceKlines; prices of trades come from aggTrades");
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
    now = from;
    startsRow = true;
    if (!origin.isStated()) {
      // Klines end 1 ms or 1 µs before the next begins.
      final long seconds = (to - from + SECOND_NANOS - 1) / SECOND_NANOS;
      origin = FeedOrigin.NOT_STATED.withMarkBars(seconds * SECOND_NANOS, from);
    }
    step = 0;
  }

  @Override
  public FeedOrigin origin() {
    return origin;
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
