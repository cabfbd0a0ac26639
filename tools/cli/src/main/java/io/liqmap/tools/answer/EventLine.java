package io.liqmap.tools.answer;

import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.engine.core.state.FaultCounts;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedConvention;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** One event as a line that a person reads. */
public final class EventLine {
  private EventLine() {}

  public static String of(final FeedEvent event, final FeedAdapter adapter) {
    final String label = adapter.label(event.instrument());
    final String head =
        event.sequence()
            + "  "
            + Format.time(event.exchangeTime())
            + "  "
            + (label.isEmpty() ? "" : label + "  ");
    return head
        + switch (event.kind()) {
          case FeedEvent.INSTRUMENT -> instrument(event.definition());
          case FeedEvent.TRADE ->
              "trade  "
                  + (event.takerSide() == FeedEvent.BUY ? "buy  " : "sell  ")
                  + quantity(event, event.quantity())
                  + " @ "
                  + price(event, event.price());
          case FeedEvent.OPEN_INTEREST -> "open-interest  " + quantity(event, event.openInterest());
          case FeedEvent.MARK_PRICE -> mark(event);
          case FeedEvent.BEST_BID_OFFER ->
              "best-bid-offer  "
                  + quantity(event, event.bidQuantity())
                  + " @ "
                  + price(event, event.bidPrice())
                  + " / "
                  + quantity(event, event.askQuantity())
                  + " @ "
                  + price(event, event.askPrice());
          case FeedEvent.LIQUIDATION ->
              "liquidation  "
                  + (event.positionSide() == FeedEvent.LONG ? "long  " : "short  ")
                  + quantity(event, event.quantity())
                  + " @ "
                  + price(event, event.price());
          case FeedEvent.ACCOUNT_RATIO ->
              "account-ratio  " + decimal(event.longShortRatio(), -9) + " long for each short";
          case FeedEvent.KNOWN_POSITION -> knownPosition(event);
          case FeedEvent.INTERRUPTION -> interruption(event);
          case FeedEvent.HEARTBEAT -> "heartbeat";
          case FeedEvent.GAP -> gap(event.faults());
          case FeedEvent.IMPLAUSIBLE -> implausible(event);
          default -> "of kind " + event.kind();
        };
  }

  private static String knownPosition(final FeedEvent event) {
    final String whose = "known-position  account " + event.account() + "  ";
    if (event.quantity() == 0) {
      return whose + "closed";
    }
    return whose
        + (event.positionSide() == FeedEvent.LONG ? "long  " : "short  ")
        + quantity(event, event.quantity())
        + " @ "
        + price(event, event.entryPrice())
        + (event.liquidationPrice() == FeedEvent.ABSENT
            ? "  never liquidated"
            : "  liquidated @ " + price(event, event.liquidationPrice()))
        + (event.leverage() == 0 ? "" : "  " + decimal(event.leverage(), -2) + "x")
        + (event.openedTime() == 0 ? "" : "  opened " + Format.time(event.openedTime()));
  }

  private static String interruption(final FeedEvent event) {
    return "interruption  missing "
        + (event.missing() == 0 ? "unknown" : event.missing())
        + (event.silentSince() == 0 ? "" : "  silent since " + Format.time(event.silentSince()));
  }

  private static String gap(final FaultCounts faults) {
    return "gap  missing "
        + faults.missing()
        + ", duplicate "
        + faults.duplicates()
        + ", reordered "
        + faults.reordered()
        + ", rejected "
        + faults.rejected()
        + ", unknown "
        + faults.unknown();
  }

  private static String implausible(final FeedEvent event) {
    final String whose =
        event.implausibleInstrument() < 0
            ? ""
            : "instrument " + event.implausibleInstrument() + "  ";
    final String what =
        switch (event.implausibility()) {
          case FeedEvent.TIME -> "time " + Format.time(event.implausibleValue());
          case FeedEvent.PRICE -> "price, mantissa " + event.implausibleValue();
          case FeedEvent.INTEREST -> "open interest, mantissa " + event.implausibleValue();
          case FeedEvent.QUANTITY -> "quantity, mantissa " + event.implausibleValue();
          default -> "liquidation price, mantissa " + event.implausibleValue();
        };
    return "rejected as implausible  " + whose + what;
  }

  private static String instrument(final InstrumentDefinition definition) {
    final String origin = origin(definition.origin());
    return "instrument "
        + definition.id()
        + "  "
        + definition.venue()
        + ", "
        + Format.lower(definition.contractKind())
        + ", "
        + definition.baseAsset()
        + "/"
        + definition.quoteAsset()
        + ", price 1e"
        + definition.priceExponent()
        + ", quantity 1e"
        + definition.quantityExponent()
        + ", open interest in "
        + Format.lower(definition.openInterestUnit())
        + (definition.openInterestSides() == OpenInterestSides.ONE ? ", one side" : ", both sides")
        + (origin.isEmpty() ? "" : ", " + origin);
  }

  private static String origin(final FeedOrigin origin) {
    final List<String> parts = new ArrayList<>();
    if (!origin.source().isEmpty()) {
      parts.add("source " + origin.source());
    }
    addBars(parts, "trades", origin.tradeBarNanos(), "single");
    addBars(parts, "marks", origin.markBarNanos(), "ticks");
    for (final FeedConvention convention : origin.namedConventions()) {
      parts.add(convention.toString());
    }
    return String.join(", ", parts);
  }

  private static void addBars(
      final List<String> parts, final String what, final long barNanos, final String ticks) {
    if (barNanos != FeedOrigin.UNSTATED) {
      parts.add(
          barNanos == 0
              ? what + " " + ticks
              : what + " from bars of " + Format.barLength(barNanos));
    }
  }

  private static String mark(final FeedEvent event) {
    return "mark  "
        + price(event, event.markPrice())
        + (event.indexPrice() == FeedEvent.ABSENT
            ? ""
            : "  index " + price(event, event.indexPrice()))
        + (event.fundingRate() == FeedEvent.ABSENT
            ? ""
            : "  funding "
                + BigDecimal.valueOf(event.fundingRate(), 9).stripTrailingZeros().toPlainString());
  }

  private static String price(final FeedEvent event, final long mantissa) {
    return decimal(mantissa, event.priceExponent());
  }

  private static String quantity(final FeedEvent event, final long mantissa) {
    return decimal(mantissa, event.quantityExponent());
  }

  private static String decimal(final long mantissa, final int exponent) {
    return BigDecimal.valueOf(mantissa, -exponent).stripTrailingZeros().toPlainString();
  }
}
