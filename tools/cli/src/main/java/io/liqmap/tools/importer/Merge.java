package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** Writes the events of several sources in order, after the definition of their instrument. */
final class Merge {
  private static final int PROGRESS_MASK = (1 << 16) - 1;
  private static final long MINUTE = 60_000_000_000L;
  private static final String NO_MARKS = "no mark price file that could carry it";

  private final InstrumentDefinition definition;
  private final FeedFileWriter writer;
  private final ImportProgress progress;
  private final Overlaps overlaps;
  private final FrameRepeats repeats;
  private final TradeRepeats trades = new TradeRepeats();
  private final boolean hasMarks;
  private final boolean isBars;
  private final FeedEvent event = new FeedEvent();
  private final long[] counts = new long[EventKind.values().length];
  private final Rhythm[] rhythms =
      Stream.of(EventKind.values()).map((k) -> new Rhythm(k.toString())).toArray(Rhythm[]::new);

  private long sequence;
  private long firstTime = Long.MAX_VALUE;
  private long lastTime = Long.MIN_VALUE;
  private long funding = FeedEvent.ABSENT;
  private long fundingPaid;

  /**
   * Makes a merge.
   *
   * @param overlapping files may say the same again, and funding comes apart from marks
   * @param recorded what recorded frames have said; null where there are none
   * @param marks there is a source of mark prices
   * @param bars trades are made from bars, so that their steps show no holes
   */
  Merge(
      final InstrumentDefinition instrument,
      final FeedFileWriter feed,
      final ImportProgress listener,
      final boolean overlapping,
      final FrameRepeats recorded,
      final boolean marks,
      final boolean bars) {
    definition = instrument;
    writer = feed;
    progress = listener;
    overlaps = overlapping ? new Overlaps() : null;
    repeats = recorded;
    hasMarks = marks;
    isBars = bars;
  }

  /** Writes all events of cursors that were peeked at. */
  void run(final List<Cursor> cursors) throws IOException {
    final PriorityQueue<Cursor> queue =
        new PriorityQueue<>(Math.max(1, cursors.size()), Cursor.MERGE_ORDER);
    queue.addAll(cursors);
    Cursor cursor = queue.poll();
    while (cursor != null) {
      final boolean hasMore;
      if (cursor.isOpen()) {
        apply(cursor);
        hasMore = cursor.advance();
      } else {
        // Its first event is known only now.
        hasMore = cursor.open();
      }
      if (!hasMore) {
        cursor = queue.poll();
      } else if (!queue.isEmpty() && Cursor.MERGE_ORDER.compare(queue.peek(), cursor) < 0) {
        queue.add(cursor);
        cursor = queue.poll();
      }
    }
  }

  private void apply(final Cursor cursor) throws IOException {
    final Draft draft = cursor.draft();
    if (repeats != null) {
      final String objection = repeats.objection(draft);
      if (objection != null) {
        cursor.dropRow(objection, false);
        return;
      }
    }
    final String repeated = trades.objection(draft);
    if (repeated != null) {
      cursor.dropRow(repeated, false);
      return;
    }
    if (overlaps != null) {
      if (overlaps.mixesIntervals(draft)) {
        throw new ImportException(
            "markPriceKlines of different intervals are mixed; give files of one interval only");
      }
      final String objection = overlaps.objection(draft);
      if (objection != null) {
        cursor.dropRow(objection, objection.equals(Overlaps.CONTRADICTING));
        return;
      }
      if (draft.kind == EventKind.FUNDING) {
        holdFunding(cursor);
        return;
      }
      if (draft.kind == EventKind.MARK_PRICE) {
        draft.funding = funding;
        draft.nextFunding = fundingPaid;
      }
    }
    write(draft);
  }

  private void holdFunding(final Cursor cursor) {
    if (!hasMarks) {
      cursor.dropRow(NO_MARKS, false);
      return;
    }
    final Draft draft = cursor.draft();
    funding = draft.funding;
    // The calculation is some ms late. A time that has passed says that the rate was paid then.
    fundingPaid = draft.exchangeTime - draft.exchangeTime % MINUTE;
    rhythms[EventKind.FUNDING.ordinal()].value(fundingPaid, draft.nextFunding);
  }

  private void follow(final Draft draft) {
    final Rhythm rhythm = rhythms[draft.kind.ordinal()];
    switch (draft.kind) {
      case TRADE -> {
        if (draft.tradeId != Draft.NO_ID) {
          rhythm.trade(draft.exchangeTime, draft.tradeId);
        } else if (!isBars) {
          rhythm.value(draft.receiveTime);
        }
      }
      case MARK_PRICE -> {
        if (draft.startsRow) {
          rhythm.value(draft.exchangeTime);
        }
      }
      case OPEN_INTEREST, ACCOUNT_RATIO, BEST_BID_OFFER -> {
        if (!draft.isExtra) {
          rhythm.value(draft.exchangeTime);
        }
      }
      case FUNDING, LIQUIDATION, KNOWN_POSITION -> {}
    }
  }

  private void write(final Draft draft) throws IOException {
    if (sequence == 0) {
      event.instrument(++sequence, draft.exchangeTime, draft.receiveTime, definition);
      writer.write(event);
    }
    draft.fill(event, ++sequence, definition);
    writer.write(event);
    counts[draft.kind.ordinal()]++;
    follow(draft);
    firstTime = Math.min(firstTime, draft.exchangeTime);
    lastTime = Math.max(lastTime, draft.exchangeTime);
    if ((sequence & PROGRESS_MASK) == 0) {
      progress.at(sequence, draft.receiveTime);
    }
  }

  ImportReport.EventCounts counts() {
    return new ImportReport.EventCounts(
        sequence == 0 ? 0 : 1,
        counts[EventKind.MARK_PRICE.ordinal()],
        counts[EventKind.TRADE.ordinal()],
        counts[EventKind.LIQUIDATION.ordinal()],
        counts[EventKind.OPEN_INTEREST.ordinal()],
        counts[EventKind.ACCOUNT_RATIO.ordinal()],
        counts[EventKind.BEST_BID_OFFER.ordinal()],
        counts[EventKind.KNOWN_POSITION.ordinal()]);
  }

  /** Values and holes of each kind. */
  List<ImportReport.SeriesReport> series() {
    return Stream.of(rhythms).filter(Rhythm::hasValues).map(Rhythm::report).toList();
  }

  long firstTime() {
    return firstTime;
  }

  long lastTime() {
    return lastTime;
  }
}
