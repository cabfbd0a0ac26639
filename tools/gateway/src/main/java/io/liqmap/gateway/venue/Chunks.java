package io.liqmap.gateway.venue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.ArrayList;
import java.util.List;

/** Divides what is asked for over connections and messages. */
final class Chunks {
  private Chunks() {}

  static <T> List<List<T>> of(final List<T> all, final int size) {
    final List<List<T>> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      chunks.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return chunks;
  }

  /** A connection's name: {@code market}, {@code market-2}, {@code market-3}. */
  static String name(final String name, final int number) {
    return number == 0 ? name : name + "-" + (number + 1);
  }

  /** Streams of these kinds for each instrument; marks and books always come. */
  static List<ExpectedStream> streams(
      final List<InstrumentDefinition> instruments, final int... kinds) {
    final List<ExpectedStream> streams = new ArrayList<>();
    for (final InstrumentDefinition of : instruments) {
      for (final int kind : kinds) {
        streams.add(
            new ExpectedStream(
                of, kind, kind == FeedEvent.MARK_PRICE || kind == FeedEvent.BEST_BID_OFFER));
      }
    }
    return streams;
  }
}
