package io.liqmap.gateway.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What frames say by a tree of the whole frame and big decimals, in {@link SaidLog}'s words: naive,
 * and for well-formed frames of instruments that were asked for.
 */
final class TreeOracle {
  private static final BigDecimal HOUR_MILLIS = new BigDecimal(3_600_000);

  private final String venue;
  private final Map<String, InstrumentDefinition> instruments = new HashMap<>();
  private final Map<String, String> sent = new HashMap<>();
  private final Map<String, Long> sentAt = new HashMap<>();
  private final Map<String, Long> latest = new HashMap<>();
  private final Map<String, Long> lastData = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Map<String, String>> tickers = new HashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final Set<String> seenNow = new HashSet<>();
  private long start = -1;
  private long received;

  TreeOracle(final String of, final List<InstrumentDefinition> definitions) {
    venue = of;
    definitions.forEach((definition) -> instruments.put(definition.symbol(), definition));
  }

  List<String> lines(final JsonNode frame, final long receiveMillis) {
    lines.clear();
    start = start < 0 ? receiveMillis : start;
    received = receiveMillis;
    switch (venue) {
      case "binance-usdm" -> binance(frame);
      case "bybit" -> bybit(frame);
      case "okx" -> okx(frame);
      default -> hyperliquid(frame);
    }
    seen.addAll(seenNow);
    seenNow.clear();
    return List.copyOf(lines);
  }

  private static List<JsonNode> rows(final JsonNode list) {
    final List<JsonNode> rows = new ArrayList<>();
    list.forEach(rows::add);
    return rows;
  }

  private static String plain(final BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  private static boolean isEmpty(final JsonNode node, final String field) {
    final JsonNode value = node.path(field);
    return value.isMissingNode() || value.isNull() || value.asText().isEmpty();
  }

  private static BigDecimal decimal(final JsonNode value) {
    return new BigDecimal(value.asText());
  }

  private String price(final String symbol, final JsonNode value) {
    return rounded(decimal(value), -instruments.get(symbol).priceExponent());
  }

  private String quantity(final String symbol, final JsonNode value) {
    return rounded(decimal(value), -instruments.get(symbol).quantityExponent());
  }

  private static String rounded(final BigDecimal value, final int decimals) {
    return plain(value.setScale(decimals, RoundingMode.HALF_EVEN));
  }

  private String index(final String symbol, final JsonNode node, final String field) {
    return isEmpty(node, field) || decimal(node.get(field)).signum() == 0
        ? "-"
        : price(symbol, node.get(field));
  }

  private static String rate(final JsonNode node, final String field) {
    return isEmpty(node, field) ? "-" : rounded(decimal(node.get(field)), 9);
  }

  private static String time(final JsonNode node, final String field) {
    return isEmpty(node, field) ? "0" : plain(decimal(node.get(field)));
  }

  private void say(final String kind, final String symbol, final long time, final String values) {
    final String line =
        venue.equals("binance-usdm") && List.of("top", "interest").contains(kind) ? kind : "market";
    lastData.merge(symbol + line, time, Math::max);
    lines.add(kind + " " + symbol + " " + time + " " + values);
  }

  private void changed(
      final String kind,
      final String symbol,
      final long time,
      final long repeat,
      final String values) {
    final String key = kind + symbol;
    if (values.equals(sent.get(key)) && time - sentAt.get(key) < repeat) {
      return;
    }
    sent.put(key, values);
    sentAt.put(key, time);
    say(kind, symbol, time, values);
  }

  /** Whether an id, of any kind, isn't newer than the latest. */
  private boolean isOld(final String key, final long id, final long time) {
    final Long last = latest.get(key);
    final boolean isOld =
        last != null && (id == last || (id < last && time <= latest.get(key + "@")));
    if (!isOld) {
      latest.put(key, id);
      latest.merge(key + "@", time, Math::max);
    }
    return isOld;
  }

  private boolean isOlder(final String key, final long time) {
    final boolean isOlder = time < latest.getOrDefault(key, 0L);
    latest.merge(key, time, Math::max);
    return isOlder;
  }

  private boolean isSeen(final String key) {
    seenNow.add(key);
    return seen.contains(key);
  }

  private static void forced(
      final TreeOracle to, final String symbol, final long time, final String values) {
    if (!to.isSeen("liquidation" + symbol + time + values)) {
      to.say("liquidation", symbol, time, values);
    }
  }

  private void top(
      final String symbol,
      final long time,
      final JsonNode bid,
      final JsonNode bidSize,
      final JsonNode ask,
      final JsonNode askSize) {
    for (final JsonNode value : List.of(bid, bidSize, ask, askSize)) {
      if (value.isMissingNode() || value.asText().isEmpty() || decimal(value).signum() == 0) {
        return;
      }
    }
    if (decimal(ask).compareTo(decimal(bid)) >= 0) {
      changed(
          "top",
          symbol,
          time,
          10_000,
          price(symbol, bid)
              + " "
              + quantity(symbol, bidSize)
              + " "
              + price(symbol, ask)
              + " "
              + quantity(symbol, askSize));
    }
  }

  private void interest(final String symbol, final long time, final JsonNode value) {
    if (decimal(value).signum() != 0 && time >= sentAt.getOrDefault("interest" + symbol, 0L)) {
      changed("interest", symbol, time, 60_000, quantity(symbol, value));
    }
  }

  private void binance(final JsonNode frame) {
    final JsonNode data = frame.has("data") ? frame.get("data") : frame;
    for (final JsonNode event : data.isArray() ? rows(data) : List.of(data)) {
      final String symbol =
          event.has("o") && event.get("o").has("s")
              ? event.get("o").get("s").asText()
              : event.path(event.has("s") ? "s" : "symbol").asText();
      if (instruments.containsKey(symbol)) {
        binance(event, symbol);
      }
    }
  }

  private void binance(final JsonNode event, final String symbol) {
    switch (event.path("e").asText()) {
      case "aggTrade", "trade" -> {
        final long time = event.get("T").asLong();
        if (event.path("X").asText("MARKET").equals("MARKET")) {
          final boolean isSingle = event.has("t");
          final Long before = latest.get("a" + symbol);
          if (isOld("t" + symbol, event.get(isSingle ? "t" : "f").asLong(), time)
              || (event.has("a") && isOld("a" + symbol, event.get("a").asLong(), time))) {
            return;
          }
          if (!isSingle) {
            latest.put("t" + symbol, event.get("l").asLong());
          }
          final long missing =
              before == null || !event.has("a") ? 0 : event.get("a").asLong() - before - 1;
          if (missing != 0) {
            lines.add(
                "interrupted "
                    + symbol
                    + " "
                    + time
                    + " "
                    + Math.max(0, missing)
                    + " "
                    + lastData.get(symbol + "market"));
          }
          say(
              "trade",
              symbol,
              time,
              price(symbol, event.get("p"))
                  + " "
                  + quantity(symbol, event.get("q"))
                  + (event.get("m").asBoolean() ? " sell" : " buy"));
        }
      }
      case "markPriceUpdate" -> {
        final long time = event.get("E").asLong();
        if (!isOld("m" + symbol, time, time)) {
          changed(
              "mark",
              symbol,
              time,
              10_000,
              price(symbol, event.get("p"))
                  + " "
                  + index(symbol, event, "i")
                  + " "
                  + rate(event, "r")
                  + " "
                  + time(event, "T"));
        }
      }
      case "bookTicker" -> {
        if (!isOld("u" + symbol, event.get("u").asLong(), event.get("T").asLong())) {
          top(
              symbol,
              event.get("T").asLong(),
              event.get("b"),
              event.get("B"),
              event.get("a"),
              event.get("A"));
        }
      }
      case "forceOrder" -> {
        final JsonNode order = event.get("o");
        forced(
            this,
            symbol,
            order.get("T").asLong(),
            price(symbol, order.get("ap"))
                + " "
                + quantity(symbol, order.get("z"))
                + (order.get("S").asText().equals("SELL") ? " long" : " short"));
      }
      default -> {
        if (event.has("openInterest")) {
          interest(
              symbol,
              event.has("time") ? event.get("time").asLong() : received,
              event.get("openInterest"));
        }
      }
    }
  }

  private void bybit(final JsonNode frame) {
    final String topic = frame.path("topic").asText().split("\\.", 2)[0];
    if (topic.equals("publicTrade") || topic.equals("allLiquidation")) {
      for (final JsonNode row : frame.get("data")) {
        final String symbol = row.get("s").asText();
        if (instruments.containsKey(symbol)) {
          final long time = row.get("T").asLong();
          final String amounts = price(symbol, row.get("p")) + " " + quantity(symbol, row.get("v"));
          final boolean isBuy = row.get("S").asText().equals("Buy");
          if (topic.equals("allLiquidation")) {
            forced(this, symbol, time, amounts + (isBuy ? " long" : " short"));
          } else if (!isSeen(symbol + row.path("i").asText())) {
            say("trade", symbol, time, amounts + (isBuy ? " buy" : " sell"));
          }
        }
      }
    } else if (topic.equals("tickers")) {
      ticker(frame);
    }
  }

  private void ticker(final JsonNode frame) {
    final JsonNode data = frame.get("data");
    final String symbol = data.get("symbol").asText();
    final long time = frame.get("ts").asLong();
    final boolean isSnapshot = frame.get("type").asText().equals("snapshot");
    if (!instruments.containsKey(symbol)
        || (tickers.containsKey(symbol) ? time < latest.get(symbol) : !isSnapshot)) {
      return;
    }
    if (isSnapshot) {
      tickers.put(symbol, new TreeMap<>());
    }
    latest.put(symbol, time);
    final Map<String, String> ticker = tickers.get(symbol);
    data.properties().forEach((field) -> ticker.put(field.getKey(), field.getValue().asText()));
    final JsonNode now = new ObjectMapper().valueToTree(ticker);
    if (!isEmpty(now, "markPrice")) {
      changed(
          "mark",
          symbol,
          time,
          10_000,
          price(symbol, now.get("markPrice"))
              + " "
              + index(symbol, now, "indexPrice")
              + " "
              + rate(now, "fundingRate")
              + " "
              + time(now, "nextFundingTime"));
    }
    if (!isEmpty(now, "openInterest")) {
      interest(symbol, time, now.get("openInterest"));
    }
    top(
        symbol,
        time,
        now.path("bid1Price"),
        now.path("bid1Size"),
        now.path("ask1Price"),
        now.path("ask1Size"));
  }

  private void okx(final JsonNode frame) {
    final String channel = frame.path("arg").path("channel").asText();
    for (final JsonNode row : frame.path("data")) {
      final String named = (row.has("instId") ? row : frame.path("arg")).path("instId").asText();
      final String symbol = channel.equals("index-tickers") ? named + "-SWAP" : named;
      if (instruments.containsKey(symbol)) {
        okx(channel, symbol, row);
      }
    }
  }

  private void okx(final String channel, final String symbol, final JsonNode row) {
    final long time = row.has("ts") ? row.get("ts").asLong() : received;
    final Map<String, String> ticker = tickers.computeIfAbsent(symbol, (s) -> new TreeMap<>());
    switch (channel) {
      case "trades" -> {
        if (!isOld("t" + symbol, row.get("tradeId").asLong(), time)) {
          say(
              "trade",
              symbol,
              time,
              price(symbol, row.get("px"))
                  + " "
                  + quantity(symbol, row.get("sz"))
                  + " "
                  + row.get("side").asText());
        }
      }
      case "mark-price" -> {
        if (!isOld("m" + symbol, time, time)) {
          ticker.put("mark", price(symbol, row.get("markPx")));
          okxMark(symbol, time, ticker);
        }
      }
      case "index-tickers" -> {
        if (!isOlder("i" + symbol, time)) {
          ticker.put("index", index(symbol, row, "idxPx"));
          okxMark(symbol, time, ticker);
        }
      }
      case "funding-rate" -> {
        if (!isOlder("f" + symbol, time)) {
          ticker.put("rate", rate(row, "fundingRate"));
          ticker.put("next", time(row, "fundingTime"));
          okxMark(symbol, time, ticker);
        }
      }
      case "open-interest" -> interest(symbol, time, row.get("oi"));
      case "bbo-tbt" -> {
        final JsonNode bid = row.get("bids").path(0);
        final JsonNode ask = row.get("asks").path(0);
        top(symbol, time, bid.path(0), bid.path(1), ask.path(0), ask.path(1));
      }
      case "liquidation-orders" -> {
        for (final JsonNode detail : row.get("details")) {
          if (detail.get("ts").asLong() >= start) {
            forced(
                this,
                symbol,
                detail.get("ts").asLong(),
                price(symbol, detail.get("bkPx"))
                    + " "
                    + quantity(symbol, detail.get("sz"))
                    + " "
                    + detail.get("posSide").asText());
          }
        }
      }
      default -> {}
    }
  }

  private void okxMark(final String symbol, final long time, final Map<String, String> ticker) {
    if (ticker.containsKey("mark")) {
      changed(
          "mark",
          symbol,
          time,
          10_000,
          ticker.get("mark")
              + " "
              + ticker.getOrDefault("index", "-")
              + " "
              + ticker.getOrDefault("rate", "-")
              + " "
              + ticker.getOrDefault("next", "0"));
    }
  }

  private void hyperliquid(final JsonNode frame) {
    final String channel = frame.path("channel").asText();
    final JsonNode data = frame.path("data");
    final String symbol = data.path("coin").asText();
    if (channel.equals("trades")) {
      for (final JsonNode trade : data) {
        final String coin = trade.get("coin").asText();
        if (instruments.containsKey(coin)
            && trade.get("time").asLong() >= start
            && !isSeen(coin + trade.get("tid").asText())) {
          say(
              "trade",
              coin,
              trade.get("time").asLong(),
              price(coin, trade.get("px"))
                  + " "
                  + quantity(coin, trade.get("sz"))
                  + (trade.get("side").asText().equals("B") ? " buy" : " sell"));
        }
      }
    } else if (channel.equals("activeAssetCtx") && instruments.containsKey(symbol)) {
      final JsonNode context = data.get("ctx");
      final BigDecimal hour = new BigDecimal(received).divideToIntegralValue(HOUR_MILLIS);
      changed(
          "mark",
          symbol,
          received,
          10_000,
          price(symbol, context.get("markPx"))
              + " "
              + index(symbol, context, "oraclePx")
              + " "
              + rate(context, "funding")
              + " "
              + plain(hour.add(BigDecimal.ONE).multiply(HOUR_MILLIS)));
      interest(symbol, received, context.get("openInterest"));
    } else if (channel.equals("bbo")
        && instruments.containsKey(symbol)
        && !isOlder("b" + symbol, data.get("time").asLong())) {
      final JsonNode bid = data.get("bbo").path(0);
      final JsonNode ask = data.get("bbo").path(1);
      top(
          symbol,
          data.get("time").asLong(),
          bid.path("px"),
          bid.path("sz"),
          ask.path("px"),
          ask.path("sz"));
    }
  }
}
