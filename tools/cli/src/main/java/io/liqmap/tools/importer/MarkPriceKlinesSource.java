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
 * s until the next, since a kline covers all of its time. Rows without a price are omitted.
 */
final class MarkPriceKlinesSource extends RowSource {
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

  private final long[] marks = new long[MARKS];
  private final long[] times = new long[MARKS];
  private long now;
  private boolean startsRow;
  private FeedOrigin origin = FeedOrigin.NOT_STATED;
  private int step = MARKS;

  MarkPriceKlinesSource(
      final InputFile input, final InstrumentDefinition definition, final long maxExpanded)
      throws IOException {
    super(input, definition, maxExpanded, COLUMNS, NEEDED);
  }

  @Override
  long key(final Row row) throws ImportException {
    return row.epoch(at(0));
  }

  @Override
  boolean read(final Row row, final Draft draft) throws ImportException {
    if (!hasPrices(row)) {
      return omit("a price is zero, empty or no number");
    }
    lay(row);
    return readMore(draft);
  }

  @Override
  boolean readMore(final Draft draft) {
    if (step == MARKS) {
      return false;
    }
    draft.markPrice(now, tally().latest(now), marks[step]);
    draft.startsRow = startsRow;
    draft.rowHash = Arrays.hashCode(marks);
    draft.coversUntil = times[MARKS - 1];
    startsRow = false;
    now += HOLD;
    if (step == MARKS - 1 || now >= times[step + 1]) {
      step++;
      now = step == MARKS ? 0 : times[step];
    }
    return true;
  }

  @Override
  void dropMore() {
    step = MARKS;
  }

  private boolean hasPrices(final Row row) {
    for (int i = 1; i <= MARKS; i++) {
      if (row.isUnknownOrZero(at(i))) {
        return false;
      }
    }
    return true;
  }

  private void lay(final Row row) throws ImportException {
    final long from = key();
    final long to = row.epoch(at(6));
    final long open = price(row, at(1), true);
    final long high = price(row, at(2), true);
    final long low = price(row, at(3), true);
    final long close = price(row, at(4), true);
    if (to <= from) {
      throw row.bad(at(6), "is not after the open time", Row.MEND);
    }
    if (to - from > FeedOrigin.MAX_BAR_NANOS) {
      throw row.bad(at(6), "is more than 31 days after the open time", Row.MEND);
    }
    row.requireRange(open, high, low, close);
    if (!row.isUnknownOrZero(at(VOLUME))) {
      throw row.bad(
          at(VOLUME),
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
}
