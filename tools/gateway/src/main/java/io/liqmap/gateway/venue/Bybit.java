package io.liqmap.gateway.venue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Bybit's perpetual contracts, linear and inverse, each kind on connections of its own. */
final class Bybit implements Venue {
  static final Bybit INSTANCE = new Bybit();

  /** Topics of a connection may have 21,000 characters. */
  private static final int INSTRUMENTS_PER_CONNECTION = 150;

  private static final int INSTRUMENTS_PER_MESSAGE = 50;
  private static final String PING = "{\"op\":\"ping\"}";
  private static final long PING_EVERY = Duration.ofSeconds(20).toNanos();
  private static final long IDLE = Duration.ofSeconds(60).toNanos();
  private static final long RATIO_EVERY = Duration.ofMinutes(5).toNanos();

  /** The most that one answer lists. */
  private static final int LISTED = 1000;

  private Bybit() {}

  @Override
  public String name() {
    return "bybit";
  }

  @Override
  public String webSocketAddress() {
    return "wss://stream.bybit.com";
  }

  @Override
  public String restAddress() {
    return "https://api.bybit.com";
  }

  @Override
  public List<ConnectionPlan> connections(final List<InstrumentDefinition> instruments) {
    final List<ConnectionPlan> plans = new ArrayList<>();
    for (final String category : List.of("linear", "inverse")) {
      final List<InstrumentDefinition> ofCategory =
          instruments.stream().filter((of) -> category(of).equals(category)).toList();
      int number = 0;
      for (final List<InstrumentDefinition> chunk :
          Chunks.of(ofCategory, INSTRUMENTS_PER_CONNECTION)) {
        plans.add(plan(Chunks.name(category, number++), category, chunk));
      }
    }
    return plans;
  }

  private static String category(final InstrumentDefinition of) {
    return of.contractKind() == ContractKind.INVERSE ? "inverse" : "linear";
  }

  private static ConnectionPlan plan(
      final String name, final String category, final List<InstrumentDefinition> instruments) {
    final List<String> messages = new ArrayList<>();
    for (final List<InstrumentDefinition> chunk : Chunks.of(instruments, INSTRUMENTS_PER_MESSAGE)) {
      messages.add(
          chunk.stream()
              .map(
                  (of) ->
                      "\"publicTrade.%1$s\",\"tickers.%1$s\",\"allLiquidation.%1$s\""
                          .formatted(of.symbol()))
              .collect(
                  Collectors.joining(
                      ",",
                      "{\"req_id\":\""
                          + (messages.size() + 1)
                          + "\",\"op\":\"subscribe\",\"args\":[",
                      "]}")));
    }
    return new ConnectionPlan(
        name,
        "/v5/public/" + category,
        messages,
        messages.size(),
        PING,
        PING_EVERY,
        IDLE,
        0,
        Chunks.streams(
            instruments,
            FeedEvent.TRADE,
            FeedEvent.MARK_PRICE,
            FeedEvent.OPEN_INTEREST,
            FeedEvent.BEST_BID_OFFER,
            FeedEvent.LIQUIDATION));
  }

  @Override
  public List<Request> polls(final List<InstrumentDefinition> instruments) {
    return instruments.stream()
        .map(
            (of) ->
                new Request(
                    "/v5/market/account-ratio?category="
                        + category(of)
                        + "&symbol="
                        + of.symbol()
                        + "&period=5min&limit=1",
                    null,
                    RATIO_EVERY))
        .toList();
  }

  @Override
  public List<Request> listingRequests(final List<String> symbols) {
    final String path = "/v5/market/instruments-info?limit=" + LISTED + "&category=";
    return List.of(new Request(path + "linear", null, 0), new Request(path + "inverse", null, 0));
  }

  @Override
  public List<InstrumentDefinition> listings(final List<byte[]> answers) throws VenueException {
    final Listing listing = new Listing(name(), OpenInterestSides.BOTH);
    for (final byte[] answer : answers) {
      final Answer root = Answer.read("bybit instruments-info", answer);
      if (!root.textOrEmpty("retCode").equals("0")) {
        throw new VenueException("bybit refused instruments-info: " + root.textOrEmpty("retMsg"));
      }
      for (final Answer contract : root.field("result").field("list").elements()) {
        final String type = contract.textOrEmpty("contractType");
        if (type.equals("LinearPerpetual") || type.equals("InversePerpetual")) {
          final boolean isInverse = type.startsWith("Inverse");
          listing.add(
              contract.text("symbol"),
              contract.text("baseCoin"),
              contract.text("quoteCoin"),
              isInverse ? ContractKind.INVERSE : ContractKind.LINEAR,
              isInverse ? OpenInterestUnit.CONTRACTS : OpenInterestUnit.BASE,
              contract.field("priceFilter").number("tickSize"),
              contract.field("lotSizeFilter").number("qtyStep"),
              BigDecimal.ONE);
        }
      }
    }
    return listing.definitions();
  }

  @Override
  public List<Request> bracketRequests(final List<InstrumentDefinition> instruments) {
    return instruments.stream()
        .map(
            (of) ->
                new Request(
                    "/v5/market/risk-limit?category=" + category(of) + "&symbol=" + of.symbol(),
                    null,
                    0))
        .toList();
  }

  @Override
  public VenueDecoder decoder(final List<InstrumentDefinition> instruments) {
    return new BybitDecoder(instruments, connections(instruments));
  }
}
