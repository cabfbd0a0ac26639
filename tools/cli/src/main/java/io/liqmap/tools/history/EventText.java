package io.liqmap.tools.history;

import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.tools.answer.Format;
import java.util.ArrayList;
import java.util.List;

/** Writes events for a person. */
final class EventText {
  private static final HistoryEvent.Kind[] KINDS = HistoryEvent.Kind.values();
  private static final int FLAG_BITS = 8;

  private EventText() {}

  static HistoryEvent of(final LoggedEvent event, final String quote) {
    final HistoryEvent.Kind kind = KINDS[event.kind()];
    final boolean isCluster =
        kind == HistoryEvent.Kind.CLUSTER_BORN || kind == HistoryEvent.Kind.CLUSTER_CLEARED;
    return new HistoryEvent(
        event.sequence(),
        event.time(),
        kind,
        side(event),
        event.price(),
        event.priceLow(),
        event.priceHigh(),
        event.notional(),
        isCluster ? event.cluster() : 0,
        text(kind, event, quote));
  }

  private static String side(final LoggedEvent event) {
    return switch (event.side()) {
      case 1 -> "long";
      case 2 -> "short";
      default -> null;
    };
  }

  private static String text(
      final HistoryEvent.Kind kind, final LoggedEvent event, final String quote) {
    final String amount = Format.amount(event.notional()) + (quote.isEmpty() ? "" : " " + quote);
    final String range = Format.price(event.priceLow()) + " to " + Format.price(event.priceHigh());
    return switch (kind) {
      case SWEEP ->
          "mark crossed " + range + " and swept " + amount + " of " + side(event) + "s (estimated)";
      case LIQUIDATION ->
          amount + " of " + side(event) + "s liquidated at " + Format.price(event.price());
      case CLUSTER_BORN -> "new cluster of " + side(event) + "s, " + amount + " from " + range;
      case CLUSTER_CLEARED ->
          "mark cleared the cluster of " + side(event) + "s from " + range + ", last " + amount;
      case CASCADE ->
          "a shock against "
              + side(event)
              + "s would reach "
              + Format.price(event.price())
              + " and sweep "
              + amount;
      case GAP ->
          event.cluster() > 0
              ? Format.count(event.cluster()) + " messages are missing"
              : "messages are missing, how many isn't known";
      case QUALITY -> quality((int) event.cluster());
    };
  }

  private static String quality(final int flags) {
    final int after = flags & ((1 << FLAG_BITS) - 1);
    final List<String> lacks = new ArrayList<>();
    note(lacks, after, QualityFlags.OPEN_INTEREST_STALE, "open interest is missing or old");
    note(lacks, after, QualityFlags.MARK_MISSING, "mark is missing or old");
    note(lacks, after, QualityFlags.GAP, "messages are missing");
    note(lacks, after, QualityFlags.REJECTED, "messages were rejected");
    note(lacks, after, QualityFlags.NOT_JOURNALED, "events aren't journaled");
    note(lacks, after, QualityFlags.UNPROVEN, "amounts aren't proven");
    note(lacks, after, QualityFlags.UNCALIBRATED, "amounts are off by more than two");
    note(lacks, after, QualityFlags.MEMBER_SILENT, "a member is silent");
    return lacks.isEmpty() ? "nothing is lacking" : String.join(", ", lacks);
  }

  private static void note(
      final List<String> lacks, final int flags, final int flag, final String text) {
    if ((flags & flag) != 0) {
      lacks.add(text);
    }
  }
}
