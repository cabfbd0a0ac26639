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

/** Hyperliquid's perpetual contracts. It publishes no liquidations and no ratio of accounts. */
final class Hyperliquid implements Venue {
  static final Hyperliquid INSTANCE = new Hyperliquid();

  /** An address may have 1,000 subscriptions, and send 2,000 messages a minute. */
  private static final int INSTRUMENTS_PER_CONNECTION = 100;

  private static final List<String> CHANNELS = List.of("trades", "activeAssetCtx", "bbo");
  private static final String META = "{\"type\":\"meta\"}";
  private static final long PING_EVERY = Duration.ofSeconds(30).toNanos();
  private static final long IDLE = Duration.ofSeconds(60).toNanos();

  /** Prices have five significant figures and no fixed tick: the smallest step of a feed. */
  private static final BigDecimal TICK = BigDecimal.ONE.movePointLeft(8);

  private Hyperliquid() {}

  @Override
  public String name() {
    return "hyperliquid";
  }

  @Override
  public String webSocketAddress() {
    return "wss://api.hyperliquid.xyz";
  }

  @Override
  public String restAddress() {
    return "https://api.hyperliquid.xyz";
  }

  @Override
  public List<ConnectionPlan> connections(final List<InstrumentDefinition> instruments) {
    final List<ConnectionPlan> plans = new ArrayList<>();
    for (final List<InstrumentDefinition> chunk :
        Chunks.of(instruments, INSTRUMENTS_PER_CONNECTION)) {
      final List<String> messages = new ArrayList<>();
      for (final InstrumentDefinition of : chunk) {
        for (final String channel : CHANNELS) {
          messages.add(
              "{\"method\":\"subscribe\",\"subscription\":{\"type\":\""
                  + channel
                  + "\",\"coin\":\""
                  + of.symbol()
                  + "\"}}");
        }
      }
      plans.add(
          new ConnectionPlan(
              Chunks.name("public", plans.size()),
              "/ws",
              messages,
              messages.size(),
              "{\"method\":\"ping\"}",
              PING_EVERY,
              IDLE,
              0,
              Chunks.streams(
                  chunk,
                  FeedEvent.TRADE,
                  FeedEvent.MARK_PRICE,
                  FeedEvent.OPEN_INTEREST,
                  FeedEvent.BEST_BID_OFFER)));
    }
    return plans;
  }

  @Override
  public List<Request> polls(final List<InstrumentDefinition> instruments) {
    return List.of();
  }

  @Override
  public List<Request> listingRequests(final List<String> symbols) {
    return List.of(new Request("/info", META, 0));
  }

  @Override
  public List<InstrumentDefinition> listings(final List<byte[]> answers) throws VenueException {
    final Listing listing = new Listing(name(), OpenInterestSides.ONE);
    for (final byte[] answer : answers) {
      for (final Answer asset :
          Answer.read("hyperliquid meta", answer).field("universe").elements()) {
        if (!asset.textOrEmpty("isDelisted").equals("true")) {
          final int decimals = asset.number("szDecimals").intValue();
          if (decimals < 0 || decimals > 8) {
            throw asset.wrong("has szDecimals that aren't 0 to 8");
          }
          listing.add(
              asset.text("name"),
              asset.text("name"),
              "USDC",
              ContractKind.LINEAR,
              OpenInterestUnit.BASE,
              TICK,
              BigDecimal.ONE.movePointLeft(decimals),
              BigDecimal.ONE);
        }
      }
    }
    return listing.definitions();
  }

  /** The same answer has the margin tables. */
  @Override
  public List<Request> bracketRequests(final List<InstrumentDefinition> instruments) {
    return List.of(new Request("/info", META, 0));
  }

  @Override
  public VenueDecoder decoder(final List<InstrumentDefinition> instruments) {
    return new HyperliquidDecoder(instruments, connections(instruments));
  }
}
