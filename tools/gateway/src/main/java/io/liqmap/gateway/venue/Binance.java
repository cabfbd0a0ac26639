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
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Binance's perpetual futures: USD-M, margined in US dollars' stablecoins, and COIN-M, in coins.
 * Open interest is polled: no stream has it.
 */
final class Binance implements Venue {
  static final Binance USD_M =
      new Binance(
          "binance-usdm",
          "wss://fstream.binance.com",
          "https://fapi.binance.com",
          "/fapi/v1",
          "/market/stream",
          "/public/stream",
          false);

  /** Its paths are contested among public sources: this one is that of most. */
  static final Binance COIN_M =
      new Binance(
          "binance-coin",
          "wss://dstream.binance.com",
          "https://dapi.binance.com",
          "/dapi/v1",
          "/stream",
          "/stream",
          true);

  private static final int STREAMS_PER_CONNECTION = 180;
  private static final int MARKET_STREAMS = 3;
  private static final long IDLE = Duration.ofSeconds(60).toNanos();

  /** The venue closes connections after 24 hours. */
  private static final long LIFETIME = Duration.ofHours(23).toNanos();

  private static final long INTEREST_EVERY = Duration.ofSeconds(10).toNanos();
  private static final long RATIO_EVERY = Duration.ofMinutes(5).toNanos();

  /**
   * Half of the weight of 2,400 a minute that an address has; a request for one symbol weighs 1.
   */
  private static final long NANOS_PER_REQUEST = Duration.ofMillis(50).toNanos();

  private final String name;
  private final String webSocketAddress;
  private final String restAddress;
  private final String api;
  private final String marketPath;
  private final String publicPath;
  private final boolean isInverse;

  private Binance(
      final String ofName,
      final String webSocket,
      final String rest,
      final String restPath,
      final String market,
      final String top,
      final boolean inverse) {
    name = ofName;
    webSocketAddress = webSocket;
    restAddress = rest;
    api = restPath;
    marketPath = market;
    publicPath = top;
    isInverse = inverse;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String webSocketAddress() {
    return webSocketAddress;
  }

  @Override
  public String restAddress() {
    return restAddress;
  }

  @Override
  public List<ConnectionPlan> connections(final List<InstrumentDefinition> instruments) {
    final List<ConnectionPlan> plans = new ArrayList<>();
    for (final List<InstrumentDefinition> chunk :
        Chunks.of(instruments, STREAMS_PER_CONNECTION / MARKET_STREAMS)) {
      plans.add(
          plan(
              Chunks.name("market", plans.size()),
              marketPath,
              chunk,
              List.of("@aggTrade", "@markPrice@1s", "@forceOrder"),
              Chunks.streams(chunk, FeedEvent.TRADE, FeedEvent.MARK_PRICE, FeedEvent.LIQUIDATION)));
    }
    int number = 0;
    for (final List<InstrumentDefinition> chunk : Chunks.of(instruments, STREAMS_PER_CONNECTION)) {
      plans.add(
          plan(
              Chunks.name("public", number++),
              publicPath,
              chunk,
              List.of("@bookTicker"),
              Chunks.streams(chunk, FeedEvent.BEST_BID_OFFER)));
    }
    return plans;
  }

  /** The path names the streams: then the venue subscribes to them without being asked. */
  private static ConnectionPlan plan(
      final String connection,
      final String path,
      final List<InstrumentDefinition> instruments,
      final List<String> suffixes,
      final List<ExpectedStream> expected) {
    final String streams =
        instruments.stream()
            .flatMap(
                (of) ->
                    suffixes.stream()
                        .map((suffix) -> of.symbol().toLowerCase(Locale.ROOT) + suffix))
            .collect(Collectors.joining("/"));
    return new ConnectionPlan(
        connection, path + "?streams=" + streams, List.of(), 0, null, 0, IDLE, LIFETIME, expected);
  }

  @Override
  public List<Request> polls(final List<InstrumentDefinition> instruments) {
    final List<Request> polls = new ArrayList<>();
    final long every = Math.max(INTEREST_EVERY, instruments.size() * NANOS_PER_REQUEST);
    for (final InstrumentDefinition of : instruments) {
      polls.add(new Request(api + "/openInterest?symbol=" + of.symbol(), null, every));
    }
    if (!isInverse) {
      // COIN-M has it by pair, not by contract.
      for (final InstrumentDefinition of : instruments) {
        polls.add(
            new Request(
                "/futures/data/globalLongShortAccountRatio?symbol="
                    + of.symbol()
                    + "&period=5m&limit=1",
                null,
                RATIO_EVERY));
      }
    }
    return polls;
  }

  @Override
  public List<Request> listingRequests(final List<String> symbols) {
    return List.of(new Request(api + "/exchangeInfo", null, 0));
  }

  @Override
  public List<InstrumentDefinition> listings(final List<byte[]> answers) throws VenueException {
    final Listing listing = new Listing(name, OpenInterestSides.ONE);
    for (final byte[] answer : answers) {
      final Answer root = Answer.read(name + " exchangeInfo", answer);
      if (root.has("code") && root.has("msg")) {
        throw new VenueException(name + " refused exchangeInfo: " + root.text("msg"));
      }
      for (final Answer contract : root.field("symbols").elements()) {
        // Those on shares and metals are TRADIFI_PERPETUAL.
        if (contract.textOrEmpty("contractType").endsWith("PERPETUAL")) {
          add(listing, contract);
        }
      }
    }
    return listing.definitions();
  }

  private void add(final Listing listing, final Answer contract) throws VenueException {
    BigDecimal tick = BigDecimal.ZERO;
    BigDecimal lot = BigDecimal.ZERO;
    for (final Answer filter : contract.field("filters").elements()) {
      switch (filter.textOrEmpty("filterType")) {
        case "PRICE_FILTER" -> tick = filter.number("tickSize");
        case "LOT_SIZE" -> lot = filter.number("stepSize");
        default -> {}
      }
    }
    listing.add(
        contract.text("symbol"),
        contract.text("baseAsset"),
        contract.text("quoteAsset"),
        isInverse ? ContractKind.INVERSE : ContractKind.LINEAR,
        isInverse ? OpenInterestUnit.CONTRACTS : OpenInterestUnit.BASE,
        tick,
        lot,
        isInverse ? contract.number("contractSize") : BigDecimal.ONE);
  }

  /** None: brackets need a key. */
  @Override
  public List<Request> bracketRequests(final List<InstrumentDefinition> instruments) {
    return List.of();
  }

  @Override
  public VenueDecoder decoder(final List<InstrumentDefinition> instruments) {
    return new BinanceDecoder(instruments, connections(instruments));
  }
}
