package io.liqmap.gateway.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random frames in the venues' form, fields in any order, against a tree of them. */
final class RandomFramesTest {
  private static final ObjectMapper TREES = new ObjectMapper();
  private static final int FRAMES = 4_000;

  private Random random;
  private long now;
  private long nextId;

  @ParameterizedTest
  @CsvSource({
    "binance-usdm, 1",
    "binance-usdm, 2",
    "bybit, 3",
    "bybit, 4",
    "okx, 5",
    "okx, 6",
    "hyperliquid, 7",
    "hyperliquid, 8",
  })
  void shouldSayWhatATreeOfEachFrameSays(final String venue, final long seed) throws IOException {
    random = new Random(seed);
    now = SaidLog.START;
    nextId = 1_000;
    final String swap = venue.equals("okx") ? "-SWAP" : "";
    final List<InstrumentDefinition> instruments =
        Contracts.of(venue, "BTC-USDT" + swap, "ETH-USDT" + swap);
    final SaidLog log = new SaidLog(Venues.named(venue).orElseThrow().decoder(instruments));
    final TreeOracle oracle = new TreeOracle(venue, instruments);
    final List<String> frames = new ArrayList<>();
    int said = 0;
    for (int i = 0; i < FRAMES; i++) {
      now += random.nextInt(50) == 0 ? random.nextInt(70_000) : random.nextInt(40);
      // Sometimes one that came before comes again.
      final String frame =
          !frames.isEmpty() && random.nextInt(10) == 0
              ? frames.get(frames.size() - 1 - random.nextInt(Math.min(20, frames.size())))
              : TREES.writeValueAsString(shuffled(frame(venue)));
      frames.add(frame);
      final FrameOutcome outcome = log.at(now).bytes(frame.getBytes(StandardCharsets.UTF_8));
      final List<String> lines = log.take();
      assertEquals(oracle.lines(TREES.readTree(frame), now), lines, frame);
      assertEquals(
          lines.isEmpty() ? FrameOutcome.NOTHING_NEW : FrameOutcome.MARKET, outcome, frame);
      said += lines.size();
    }
    assertTrue(said > FRAMES / 4, "most frames have something new");
  }

  private String symbol() {
    return List.of("BTC-USDT", "ETH-USDT", "XRP-USDT").get(random.nextInt(3));
  }

  /** A number as text, or as a number, of eight decimals at most. */
  private Object amount(final double around) {
    final BigDecimal value =
        BigDecimal.valueOf(
            (long) (around * (1 + random.nextInt(4)) * 1e8) >> random.nextInt(20), 8);
    return switch (random.nextInt(4)) {
      case 0 -> value;
      case 1 -> value.stripTrailingZeros().toString();
      default -> value.toPlainString();
    };
  }

  private Object computed(final double around) {
    return BigDecimal.valueOf((long) (around * (1 + random.nextInt(3)) * 1e8), 8)
        + (random.nextBoolean() ? "" : String.valueOf(random.nextInt(1000)));
  }

  private JsonNode frame(final String venue) {
    return switch (venue) {
      case "binance-usdm" -> binance();
      case "bybit" -> bybit();
      case "okx" -> okx();
      default -> hyperliquid();
    };
  }

  private static JsonNode node(final Object... keysAndValues) {
    final ObjectNode node = TREES.createObjectNode();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      node.set((String) keysAndValues[i], TREES.valueToTree(keysAndValues[i + 1]));
    }
    return node;
  }

  private JsonNode shuffled(final JsonNode node) {
    if (node.isArray()) {
      final List<JsonNode> elements = new ArrayList<>();
      node.forEach((element) -> elements.add(shuffled(element)));
      return TREES.valueToTree(elements);
    }
    if (!node.isObject()) {
      return node;
    }
    final List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
    Collections.shuffle(fields, random);
    final ObjectNode shuffled = TREES.createObjectNode();
    fields.forEach((field) -> shuffled.set(field.getKey(), shuffled(field.getValue())));
    if (random.nextInt(4) == 0) {
      shuffled.set("unknown", TREES.valueToTree(List.of(Map.of("px", "x"), 1, "y")));
    }
    return shuffled;
  }

  private JsonNode binance() {
    final JsonNode event = binanceEvent();
    return switch (event.has("e") ? random.nextInt(3) : 0) {
      case 0 -> event;
      case 1 -> node("stream", "x", "data", event);
      default -> node("stream", "x", "data", List.of(event, binanceMark()));
    };
  }

  private JsonNode binanceEvent() {
    return switch (random.nextInt(5)) {
      case 0 -> {
        nextId += random.nextInt(5) == 0 ? 3 : 1;
        yield node(
            "e",
            "aggTrade",
            "E",
            now,
            "a",
            nextId,
            "s",
            symbol(),
            "p",
            amount(80_000),
            "q",
            amount(1),
            "f",
            nextId * 9,
            "l",
            nextId * 9 + 3,
            "T",
            now,
            "m",
            random.nextBoolean());
      }
      case 1 -> binanceMark();
      case 2 -> {
        final BigDecimal bid = BigDecimal.valueOf(random.nextInt(1_000_000) + 1, 2);
        yield node(
            "e",
            "bookTicker",
            "E",
            now,
            "u",
            nextId++,
            "s",
            symbol(),
            "b",
            bid.toString(),
            "B",
            amount(1),
            "a",
            bid.add(BigDecimal.valueOf(random.nextInt(3), 1)),
            "A",
            amount(2),
            "T",
            now);
      }
      case 3 ->
          node(
              "e",
              "forceOrder",
              "E",
              now,
              "o",
              node(
                  "s",
                  symbol(),
                  "S",
                  random.nextBoolean() ? "SELL" : "BUY",
                  "q",
                  "9",
                  "p",
                  "1",
                  "ap",
                  computed(80_000),
                  "X",
                  "FILLED",
                  "l",
                  "3",
                  "z",
                  amount(1),
                  "T",
                  now - random.nextInt(3_000)));
      default -> node("symbol", symbol(), "openInterest", amount(9_000), "time", now);
    };
  }

  private JsonNode binanceMark() {
    return node(
        "e",
        "markPriceUpdate",
        "E",
        now,
        "s",
        symbol(),
        "p",
        computed(80_000),
        "i",
        random.nextInt(9) == 0 ? "" : computed(80_000),
        "P",
        "1",
        "r",
        rate(),
        "T",
        now / 1_000 * 1_000);
  }

  private String rate() {
    return BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, 10).toPlainString();
  }

  private JsonNode bybit() {
    return switch (random.nextInt(4)) {
      case 0 -> node("topic", "publicTrade.x", "type", "snapshot", "ts", now, "data", bybitRows());
      case 1 ->
          node("topic", "allLiquidation.x", "type", "snapshot", "ts", now, "data", bybitRows());
      default -> {
        final boolean isSnapshot = random.nextInt(5) == 0;
        final ObjectNode data = (ObjectNode) node("symbol", symbol(), "openInterestValue", "7");
        final Map<String, Object> fields =
            Map.of(
                "markPrice", computed(80_000),
                "indexPrice", random.nextInt(5) == 0 ? "" : computed(80_000),
                "openInterest", computed(50_000),
                "fundingRate", random.nextInt(5) == 0 ? "" : rate(),
                "nextFundingTime", random.nextInt(5) == 0 ? "" : String.valueOf(now / 10 * 10),
                "bid1Price", amount(80_000),
                "bid1Size", random.nextInt(5) == 0 ? "" : amount(1),
                "ask1Price", amount(99_000),
                "ask1Size", amount(1));
        fields.forEach(
            (name, value) -> {
              if (isSnapshot || random.nextInt(4) == 0) {
                data.set(name, TREES.valueToTree(value));
              }
            });
        yield node(
            "topic",
            "tickers.x",
            "type",
            isSnapshot ? "snapshot" : "delta",
            "data",
            data,
            "cs",
            1,
            "ts",
            now);
      }
    };
  }

  private List<JsonNode> bybitRows() {
    final List<JsonNode> rows = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      rows.add(
          node(
              "T",
              now,
              "s",
              symbol(),
              "S",
              random.nextBoolean() ? "Buy" : "Sell",
              "v",
              amount(1),
              "p",
              amount(80_000),
              "i",
              "id-" + nextId++));
    }
    return rows;
  }

  private JsonNode okx() {
    final String symbol = symbol() + "-SWAP";
    final String time = String.valueOf(now);
    return switch (random.nextInt(7)) {
      case 0 ->
          okx(
              "trades",
              symbol,
              "px",
              amount(80_000),
              "sz",
              amount(5),
              "side",
              random.nextBoolean() ? "buy" : "sell",
              "tradeId",
              String.valueOf(nextId++),
              "ts",
              time,
              "count",
              "1");
      case 1 -> okx("mark-price", symbol, "markPx", computed(80_000), "ts", time);
      case 2 ->
          okx("index-tickers", symbol.replace("-SWAP", ""), "idxPx", computed(80_000), "ts", time);
      case 3 ->
          okx(
              "funding-rate",
              symbol,
              "fundingRate",
              rate(),
              "fundingTime",
              String.valueOf(now / 1000 * 1000),
              "nextFundingRate",
              "",
              "nextFundingTime",
              "7",
              "ts",
              time);
      case 4 -> okx("open-interest", symbol, "oi", computed(50_000), "oiCcy", "7", "ts", time);
      case 5 -> {
        final Object bids =
            random.nextInt(5) == 0
                ? List.of()
                : List.of(List.of("7.5", amount(3), "0", "1"), List.of("7", "9", "0", "1"));
        yield okx(
            "bbo-tbt",
            symbol,
            "bids",
            bids,
            "asks",
            List.of(List.of(BigDecimal.valueOf(75 + random.nextInt(3), 1), amount(2), "0", "1")),
            "ts",
            time);
      }
      default -> {
        final List<JsonNode> details = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          final boolean isLong = random.nextBoolean();
          details.add(
              node(
                  "bkPx",
                  amount(80_000),
                  "sz",
                  amount(9),
                  "posSide",
                  isLong ? "long" : "short",
                  "side",
                  isLong ? "sell" : "buy",
                  "ts",
                  String.valueOf(now - random.nextInt(1_000))));
        }
        yield okx("liquidation-orders", symbol, "details", details);
      }
    };
  }

  private static JsonNode okx(
      final String channel, final String instrument, final Object... fields) {
    final ObjectNode row = (ObjectNode) node(fields);
    row.put("instId", instrument);
    return node("arg", node("channel", channel, "instId", instrument), "data", List.of(row));
  }

  private JsonNode hyperliquid() {
    return switch (random.nextInt(3)) {
      case 0 -> {
        final List<JsonNode> trades = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
          trades.add(
              node(
                  "coin",
                  symbol(),
                  "side",
                  random.nextBoolean() ? "A" : "B",
                  "px",
                  amount(80_000),
                  "sz",
                  amount(1),
                  "time",
                  now - random.nextInt(5_000),
                  "hash",
                  "0x0",
                  "tid",
                  nextId++,
                  "users",
                  List.of("0x1", "0x2")));
        }
        yield node("channel", "trades", "data", trades);
      }
      case 1 ->
          node(
              "channel",
              "activeAssetCtx",
              "data",
              node(
                  "coin",
                  symbol(),
                  "ctx",
                  node(
                      "funding",
                      rate(),
                      "openInterest",
                      computed(40_000),
                      "oraclePx",
                      computed(80_000),
                      "markPx",
                      computed(80_000),
                      "impactPxs",
                      List.of("1", "2"))));
      default -> {
        final Object ask =
            random.nextInt(5) == 0
                ? null
                : node(
                    "px", BigDecimal.valueOf(75 + random.nextInt(3), 1), "sz", amount(2), "n", 1);
        final List<Object> levels = new ArrayList<>();
        levels.add(node("px", "7.5", "sz", amount(3), "n", 1));
        levels.add(ask);
        yield node("channel", "bbo", "data", node("coin", symbol(), "time", now, "bbo", levels));
      }
    };
  }
}
