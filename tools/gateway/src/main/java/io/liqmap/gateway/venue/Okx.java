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

/** OKX's perpetual swaps; sizes and open interest are in contracts. */
final class Okx implements Venue {
  static final Okx INSTANCE = new Okx();

  private static final int INSTRUMENTS_PER_CONNECTION = 100;

  /** A message may have 64 KB. */
  private static final int INSTRUMENTS_PER_MESSAGE = 25;

  private static final int FAMILIES_PER_REQUEST = 5;
  private static final List<String> CHANNELS =
      List.of("trades", "mark-price", "funding-rate", "open-interest", "bbo-tbt");
  private static final String SWAP = "-SWAP";

  /** The venue closes a connection that it sent nothing on for 30 s; protocol pings don't count. */
  private static final long PING_EVERY = Duration.ofSeconds(20).toNanos();

  private static final long IDLE = Duration.ofSeconds(60).toNanos();

  private Okx() {}

  /** Name of the index of a swap. */
  static String index(final String symbol) {
    return symbol.endsWith(SWAP) ? symbol.substring(0, symbol.length() - SWAP.length()) : symbol;
  }

  @Override
  public String name() {
    return "okx";
  }

  @Override
  public String webSocketAddress() {
    return "wss://ws.okx.com";
  }

  @Override
  public String restAddress() {
    return "https://www.okx.com";
  }

  @Override
  public List<ConnectionPlan> connections(final List<InstrumentDefinition> instruments) {
    final List<ConnectionPlan> plans = new ArrayList<>();
    for (final List<InstrumentDefinition> chunk :
        Chunks.of(instruments, INSTRUMENTS_PER_CONNECTION)) {
      // One subscription has the liquidations of all swaps.
      final boolean isFirst = plans.isEmpty();
      final List<ExpectedStream> streams =
          Chunks.streams(
              chunk,
              FeedEvent.TRADE,
              FeedEvent.MARK_PRICE,
              FeedEvent.OPEN_INTEREST,
              FeedEvent.BEST_BID_OFFER);
      if (isFirst) {
        streams.addAll(Chunks.streams(instruments, FeedEvent.LIQUIDATION));
      }
      plans.add(
          new ConnectionPlan(
              Chunks.name("public", plans.size()),
              "/ws/v5/public",
              subscriptions(chunk, isFirst),
              chunk.size() * (CHANNELS.size() + 1) + (isFirst ? 1 : 0),
              "ping",
              PING_EVERY,
              IDLE,
              0,
              streams));
    }
    return plans;
  }

  private static List<String> subscriptions(
      final List<InstrumentDefinition> instruments, final boolean hasLiquidations) {
    final List<String> messages = new ArrayList<>();
    for (final List<InstrumentDefinition> chunk : Chunks.of(instruments, INSTRUMENTS_PER_MESSAGE)) {
      final List<String> arguments = new ArrayList<>();
      if (hasLiquidations && messages.isEmpty()) {
        arguments.add("{\"channel\":\"liquidation-orders\",\"instType\":\"SWAP\"}");
      }
      for (final InstrumentDefinition of : chunk) {
        for (final String channel : CHANNELS) {
          arguments.add(argument(channel, of.symbol()));
        }
        arguments.add(argument("index-tickers", index(of.symbol())));
      }
      messages.add(
          arguments.stream()
              .collect(Collectors.joining(",", "{\"op\":\"subscribe\",\"args\":[", "]}")));
    }
    return messages;
  }

  private static String argument(final String channel, final String name) {
    return "{\"channel\":\"" + channel + "\",\"instId\":\"" + name + "\"}";
  }

  /** None: the ratio of accounts is published without the instrument's name in it. */
  @Override
  public List<Request> polls(final List<InstrumentDefinition> instruments) {
    return List.of();
  }

  @Override
  public List<Request> listingRequests(final List<String> symbols) {
    return List.of(new Request("/api/v5/public/instruments?instType=SWAP", null, 0));
  }

  @Override
  public List<InstrumentDefinition> listings(final List<byte[]> answers) throws VenueException {
    final Listing listing = new Listing(name(), OpenInterestSides.ONE);
    for (final byte[] answer : answers) {
      final Answer root = Answer.read("okx public/instruments", answer);
      if (!root.textOrEmpty("code").equals("0")) {
        throw new VenueException("okx refused public/instruments: " + root.textOrEmpty("msg"));
      }
      for (final Answer contract : root.field("data").elements()) {
        final String symbol = contract.text("instId");
        final String[] names = symbol.split("-", -1);
        if (symbol.endsWith(SWAP) && names.length == 3) {
          final boolean isInverse = contract.text("ctType").equals("inverse");
          final String multiplier = contract.textOrEmpty("ctMult");
          listing.add(
              symbol,
              names[0],
              names[1],
              isInverse ? ContractKind.INVERSE : ContractKind.LINEAR,
              OpenInterestUnit.CONTRACTS,
              contract.number("tickSz"),
              contract.number("lotSz"),
              multiplier.isEmpty()
                  ? contract.number("ctVal")
                  : contract.number("ctVal").multiply(new BigDecimal(multiplier)));
        }
      }
    }
    return listing.definitions();
  }

  @Override
  public List<Request> bracketRequests(final List<InstrumentDefinition> instruments) {
    return Chunks.of(instruments, FAMILIES_PER_REQUEST).stream()
        .map(
            (chunk) ->
                new Request(
                    chunk.stream()
                        .map((of) -> index(of.symbol()))
                        .collect(
                            Collectors.joining(
                                ",",
                                "/api/v5/public/position-tiers?instType=SWAP&tdMode=isolated"
                                    + "&instFamily=",
                                "")),
                    null,
                    0))
        .toList();
  }

  @Override
  public VenueDecoder decoder(final List<InstrumentDefinition> instruments) {
    return new OkxDecoder(instruments, connections(instruments));
  }
}
