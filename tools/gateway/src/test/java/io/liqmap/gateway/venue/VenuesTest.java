package io.liqmap.gateway.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VenuesTest {
  private static final String BINANCE =
      "{'symbols':[{'symbol':'BTCUSDT','contractType':'PERPETUAL','baseAsset':'BTC','quoteAsset':"
          + "'USDT','filters':[{'filterType':'LOT_SIZE','stepSize':'0.001'},{'filterType':"
          + "'PRICE_FILTER','tickSize':'0.10'}]},{'symbol':'BTCUSDT_261225','contractType':"
          + "'CURRENT_QUARTER'},{'symbol':'牛来USDT','contractType':'PERPETUAL','baseAsset':'牛来',"
          + "'quoteAsset':'USDT','filters':[{'filterType':'LOT_SIZE','stepSize':'1'},"
          + "{'filterType':'PRICE_FILTER','tickSize':'0.1'}]},{'symbol':'XRPUSDT','contractType':"
          + "'PERPETUAL','baseAsset':'XRP','quoteAsset':'USDT','filters':[{'filterType':'LOT_SIZE',"
          + "'stepSize':'0.1'},{'filterType':'PRICE_FILTER','tickSize':'0.0001'}]}]}";
  private static final String COIN =
      "{'symbols':[{'symbol':'BTCUSD_PERP','contractType':'PERPETUAL','baseAsset':'BTC',"
          + "'quoteAsset':'USD','contractSize':100,'filters':[{'filterType':'LOT_SIZE',"
          + "'stepSize':'1'},{'filterType':'PRICE_FILTER','tickSize':'0.1'}]}]}";
  private static final String BYBIT =
      "{'retCode':0,'retMsg':'OK','result':{'category':'inverse','list':[{'symbol':'BTCUSD',"
          + "'contractType':'InversePerpetual','baseCoin':'BTC','quoteCoin':'USD','priceFilter':"
          + "{'tickSize':'0.10'},'lotSizeFilter':{'qtyStep':'1'}},{'symbol':'BTCUSDZ26',"
          + "'contractType':'InverseFutures'}]}}";
  private static final String OKX =
      "{'code':'0','data':[{'instId':'BTC-USDT-SWAP','ctType':'linear','ctVal':'0.01','ctMult':"
          + "'1','tickSz':'0.1','lotSz':'0.01'},{'instId':'BTC-USDT-261225','ctType':'linear'}]}";
  private static final String HYPERLIQUID =
      "{'universe':[{'name':'BTC','szDecimals':5,'maxLeverage':40},{'name':'OLD','szDecimals':1,"
          + "'isDelisted':true},{'name':'SOL','szDecimals':2,'maxLeverage':20}],"
          + "'marginTables':[]}";

  private static byte[] bytes(final String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static Venue venue(final String name) {
    return Venues.named(name).orElseThrow();
  }

  private static List<InstrumentDefinition> configured(final String venue) {
    final Path config = RealData.root().resolve("config");
    return LiqmapConfig.load(
            venue.equals("hyperliquid") ? config.resolve("hyperliquid.conf") : null, config)
        .instruments();
  }

  static Stream<List<String>> listed() {
    return Stream.of(
        List.of("binance-usdm", BINANCE, "BTCUSDT"),
        List.of("binance-coin", COIN, "BTCUSD_PERP"),
        List.of("bybit", BYBIT, "BTCUSD"),
        List.of("okx", OKX, "BTC-USDT-SWAP"),
        List.of("hyperliquid", HYPERLIQUID, "BTC"),
        List.of("hyperliquid", HYPERLIQUID, "SOL"));
  }

  @ParameterizedTest
  @MethodSource("listed")
  void shouldDescribeAContractAsTheSettingsDo(final List<String> of) throws IOException {
    final InstrumentDefinition listed =
        venue(of.get(0)).listings(List.of(bytes(of.get(1)))).stream()
            .filter((definition) -> definition.symbol().equals(of.get(2)))
            .findFirst()
            .orElseThrow();
    final InstrumentDefinition configured =
        configured(of.get(0)).stream()
            .filter(
                (definition) ->
                    definition.venue().equals(of.get(0)) && definition.symbol().equals(of.get(2)))
            .findFirst()
            .orElseThrow();
    assertEquals(values(configured), values(listed));
  }

  /** All but the number. */
  private static List<Object> values(final InstrumentDefinition of) {
    return List.of(
        of.symbol(),
        of.venue(),
        of.baseAsset(),
        of.quoteAsset(),
        of.priceExponent(),
        of.quantityExponent(),
        of.contractKind(),
        of.openInterestUnit(),
        of.openInterestSides(),
        of.tickSize(),
        of.lotSize(),
        of.contractMultiplier());
  }

  @Test
  void shouldListPerpetualContractsThatAFeedCanName() throws IOException {
    final List<InstrumentDefinition> listed =
        venue("binance-usdm").listings(List.of(bytes(BINANCE)));
    assertEquals(
        List.of("BTCUSDT", "XRPUSDT"), listed.stream().map(InstrumentDefinition::symbol).toList());
    assertEquals(
        IntStream.range(0, 2).boxed().toList(),
        listed.stream().map(InstrumentDefinition::id).toList());
    assertEquals(
        List.of("BTC", "SOL"),
        venue("hyperliquid").listings(List.of(bytes(HYPERLIQUID))).stream()
            .map(InstrumentDefinition::symbol)
            .toList());
  }

  @Test
  void shouldHoldTheOpenInterestOfCoinsThatAreTradedByThePiece() throws IOException {
    final InstrumentDefinition xrp = venue("binance-usdm").listings(List.of(bytes(BINANCE))).get(1);
    final SaidLog log = new SaidLog(venue("binance-usdm").decoder(List.of(xrp)));
    log.frame("{'symbol':'XRPUSDT','openInterest':'512345678.9','time':1790000000000}");
    assertEquals(List.of("interest XRPUSDT 1790000000000 512345678.9"), log.take());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "nonsense",
        "{'code':-1003,'msg':'Too many requests'}",
        "{'retCode':10006,'retMsg':'Too many'}",
        "{'code':'50011','msg':'Too many'}",
        "{'symbols':7,'result':7,'data':7,'universe':7,'code':'0','retCode':0}"
      })
  void shouldSayWhatIsWrongWithAnotherAnswer(final String answer) {
    for (final Venue venue : Venues.all()) {
      final String message =
          assertThrows(VenueException.class, () -> venue.listings(List.of(bytes(answer))))
              .getMessage();
      assertTrue(
          message.startsWith(venue.name().split("-", 2)[0]) && message.length() > 20, message);
    }
  }

  private static List<InstrumentDefinition> many(final String venue) {
    return Contracts.of(
        venue,
        IntStream.range(0, 250)
            .mapToObj((i) -> "COIN" + i + (venue.equals("okx") ? "-USDT-SWAP" : "USDT"))
            .toArray(String[]::new));
  }

  /** What a venue's connections carry of each instrument; Binance's open interest is polled. */
  @ParameterizedTest
  @CsvSource({
    "binance-usdm, 4",
    "binance-coin, 4",
    "bybit, 5",
    "okx, 5",
    "hyperliquid, 4",
  })
  void shouldExpectEachStreamOfEachInstrumentOnce(final String name, final int kinds) {
    final List<InstrumentDefinition> instruments = many(name);
    final List<ConnectionPlan> plans = venue(name).connections(instruments);
    final Set<String> streams = new HashSet<>();
    final Set<String> names = new HashSet<>();
    for (final ConnectionPlan plan : plans) {
      assertTrue(names.add(plan.name()), plan.name());
      for (final ExpectedStream stream : plan.streams()) {
        assertTrue(streams.add(stream.of().symbol() + " " + stream.kind()), "once");
        assertEquals(
            stream.kind() == FeedEvent.MARK_PRICE || stream.kind() == FeedEvent.BEST_BID_OFFER,
            stream.isSteady());
      }
    }
    assertEquals(instruments.size() * kinds, streams.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"binance-usdm", "binance-coin", "bybit", "okx", "hyperliquid"})
  void shouldAskWithinTheVenuesLimits(final String name) throws IOException {
    for (final ConnectionPlan plan : venue(name).connections(many(name))) {
      assertTrue(plan.path().length() < 8_000, plan.path());
      assertTrue(plan.subscriptions().size() <= 300, "messages of a connection");
      int characters = 0;
      for (final String message : plan.subscriptions()) {
        new ObjectMapper().readTree(message);
        assertTrue(message.length() < 32_768, "a message");
        characters += message.length();
      }
      assertTrue(!name.equals("bybit") || characters < 21_000, "topics of a connection");
      assertTrue(plan.ping() == null || plan.pingNanos() < plan.idleNanos(), "a ping keeps it");
    }
  }

  @Test
  void shouldExpectAnAnswerToEachSubscription() {
    final ConnectionPlan okx = venue("okx").connections(many("okx")).get(0);
    final String all = String.join("", okx.subscriptions());
    assertEquals(all.split("\"channel\"", -1).length - 1, okx.acknowledgements());
    final ConnectionPlan hyperliquid = venue("hyperliquid").connections(many("hyperliquid")).get(0);
    assertEquals(hyperliquid.subscriptions().size(), hyperliquid.acknowledgements());
  }

  @Test
  void shouldPollNoMoreThanHalfOfWhatBinanceAllows() {
    final List<Request> polls = venue("binance-usdm").polls(many("binance-usdm"));
    double perMinute = 0;
    for (final Request poll : polls) {
      if (poll.path().contains("openInterest")) {
        perMinute += 60e9 / poll.everyNanos();
      }
    }
    assertTrue(perMinute <= 1200, perMinute + " a minute");
    assertEquals(500, polls.size());
  }

  @Test
  void shouldAskForTheTablesThatNeedNoKey() {
    assertEquals(List.of(), venue("binance-usdm").bracketRequests(many("binance-usdm")));
    assertEquals(
        List.of(new Request("/v5/market/risk-limit?category=linear&symbol=BTCUSDT", null, 0)),
        venue("bybit").bracketRequests(Contracts.of("bybit", "BTCUSDT")));
    assertEquals(
        List.of(
            new Request(
                "/api/v5/public/position-tiers?instType=SWAP&tdMode=isolated&instFamily="
                    + "BTC-USDT,ETH-USD",
                null,
                0)),
        venue("okx").bracketRequests(Contracts.of("okx", "BTC-USDT-SWAP", "ETH-USD-SWAP")));
    assertEquals(
        List.of(new Request("/info", "{\"type\":\"meta\"}", 0)),
        venue("hyperliquid").bracketRequests(Contracts.of("hyperliquid", "BTC")));
  }
}
