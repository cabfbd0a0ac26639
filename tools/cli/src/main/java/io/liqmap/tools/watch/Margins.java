package io.liqmap.tools.watch;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.answer.Format;
import java.util.Locale;

/** What is above and below the picture: what is shown, as of when, and how good it is. */
final class Margins {
  /** Lines that a picture needs. */
  private static final int LEAST = 6;

  private static final long MILLI = 1_000_000;

  private final Look look;
  private Parts head;
  private Parts foot;

  Margins(final WatchedMap map, final WatchState state, final Look look, final String keys) {
    this.look = look;
    // In the order in which they give way.
    for (int left = 4; left >= 0; left--) {
      head = head(map, state, left);
      foot = foot(map, state, left > 3 ? keys : "", left > 0);
      if (height() >= LEAST) {
        break;
      }
    }
  }

  private Parts head(final WatchedMap map, final WatchState state, final int left) {
    final Parts parts = new Parts(look.width()).line();
    if (map == null) {
      parts.add(state.text(), ink(state));
      return state.problem() == null
          ? parts
          : parts.sentence(Format.printable(state.problem()), Ink.BAD);
    }
    parts.add(map.label(), Ink.MARK).add(state.text(), ink(state));
    parts.add(Format.time(map.time() / MILLI * MILLI)).add("sequence " + map.sequence());
    parts.add("model " + map.model(), Ink.MUTED);
    parts.line().add("mark " + Format.price(map.mark()));
    parts.add(
        "open interest "
            + Format.amount(map.openInterest())
            + (Double.isNaN(map.openInterest()) ? "" : " " + map.base()));
    if (left > 2) {
      nearest(parts, map, Side.SHORT, "nearest above");
      nearest(parts, map, Side.LONG, "nearest below");
    }
    return parts;
  }

  private static void nearest(
      final Parts parts, final WatchedMap map, final Side side, final String label) {
    final WatchedMap.Cluster nearest = map.nearest(side);
    if (nearest == null) {
      return;
    }
    parts.line().add(label + String.format(Locale.ROOT, " %-5s", Format.lower(side)), Ink.of(side));
    parts.add(Format.price(nearest.low()) + " – " + Format.price(nearest.high()));
    parts.add(Format.amount(nearest.notional()) + " " + map.quote());
    parts.add(String.format(Locale.ROOT, "%.0f bp from mark", nearest.distanceBps()));
    parts.add(nearest.number(), Ink.MUTED);
  }

  private Parts foot(
      final WatchedMap map, final WatchState state, final String keys, final boolean isLong) {
    final Parts parts = new Parts(look.width());
    if (map != null && isLong) {
      parts.line();
      map.quality().forEach((part) -> parts.add(part, Ink.MUTED));
    }
    if (map != null && state.problem() != null) {
      parts.sentence(Format.printable(state.problem()), Ink.BAD);
    }
    parts.sentence(map == null ? WatchedMap.CAVEAT : map.caveat(), Canvas.DEFAULT);
    if (!keys.isEmpty()) {
      parts.sentence(keys, Ink.MUTED);
    }
    return parts;
  }

  private static int ink(final WatchState state) {
    return state.isBad() ? Ink.BAD : state.kind() == WatchState.Kind.LIVE ? Ink.GOOD : Ink.WARN;
  }

  /** First line of what is between them. */
  int top() {
    return head.height();
  }

  /** Lines between them. */
  int height() {
    return Math.max(0, look.height() - head.height() - foot.height());
  }

  void draw(final Canvas canvas) {
    head.draw(canvas, 0);
    foot.draw(canvas, Math.max(head.height(), look.height() - foot.height()));
  }
}
