package io.liqmap.gateway.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.support.RealData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Frames that venues sent, from public recordings and other projects' tests: each says what a tree
 * of it says, or is left out by name.
 */
final class RealFramesTest {
  private static final ObjectMapper TREES = new ObjectMapper();

  /** From when liquidations and trades of these sets count as live. */
  private static final long LONG_AGO = 946_684_800_000L;

  /** Kinds that no decoder knows: of interfaces that venues gave up, and of other venues. */
  private static final Set<String> UNKNOWN_KINDS =
      Set.of(
          // Bybit before its fifth version.
          "instrument_info",
          "orderBookL2_25",
          "orderBook_200",
          "trade",
          // OKX before its fifth version.
          "swap/trade",
          "swap/depth",
          "swap/depth_l2_tbt",
          "swap/ticker",
          "swap/funding_rate",
          "swap/mark_price",
          // Two exchanges that Tardis' set mixes in.
          "V1TAAnonymousTradeUpdate",
          "V1TAHeartbeat",
          "V1TAIndexPrice",
          "V1TALevel1",
          "V1TALevel2",
          "V1TATickerResponse",
          "subscribed/trade",
          "update/trade");

  /** Documentation's examples, with times of 1973. */
  private static final Set<String> INVALID =
      Set.of("binance_agg_trade_stream.json", "binance_trade_stream.json");

  private final Map<FrameOutcome, Integer> outcomes = new EnumMap<>(FrameOutcome.class);
  private final Map<String, Integer> messages = new TreeMap<>();
  private final Set<String> unknown = new TreeSet<>();
  private int invalid;

  private record Frame(long receiveMillis, JsonNode json) {}

  @ParameterizedTest
  @CsvSource({
    "binance-usdm, binance/forceOrder-20260909.jsonl",
    "binance-usdm, binance/forceOrder-mixed-2026.jsonl",
    "binance-usdm, binance/markPrice-20261006.jsonl",
    "binance-usdm, binance/openInterest-rest-20261006.jsonl",
    "binance-usdm, binance/other-2026.jsonl",
    "binance-usdm, sets/tardis-binance-futures.jsonl",
    "binance-usdm, sets/tardis-binance-delivery.jsonl",
    "bybit, bybit/allLiquidation-2026.jsonl",
    "bybit, bybit/control-2026.jsonl",
    "bybit, bybit/publicTrade-20260911.jsonl",
    "bybit, bybit/rest-tickers-20260912.jsonl",
    "bybit, bybit/tickers-delta-2026.jsonl",
    "bybit, sets/tardis-bybit.jsonl",
    "okx, okx/cryptofeed-OKX.ws.1.0-20220513.txt",
    "okx, okx/liquidation-orders-2026.jsonl",
    "okx, okx/public-2026.jsonl",
    "okx, okx/rest-state-20260912.jsonl",
    "okx, okx/trades-20260911.jsonl",
    "okx, sets/tardis-okex-swap.jsonl",
    "hyperliquid, hyperliquid/activeAssetCtx-2026.jsonl",
    "hyperliquid, hyperliquid/hftbacktest-btcusd_20250126.gz",
    "hyperliquid, hyperliquid/trades-20260909-cut.jsonl",
    "hyperliquid, sets/tardis-hyperliquid.jsonl",
  })
  void shouldSayWhatATreeOfEachFrameSays(final String venue, final String file) throws IOException {
    final List<Frame> frames = frames(RealData.folder("venue-frames").resolve(file));
    assertTrue(!frames.isEmpty(), file);
    decode(venue, frames, file);
    assertEquals(0, invalid, table(file));
    assertTrue(UNKNOWN_KINDS.containsAll(unknown), () -> table(file) + unknown);
  }

  @Test
  void shouldReadTheMessagesOfAnotherProjectsTests() throws IOException {
    final Path folder = RealData.folder("venue-frames").resolve("sets/nautilus");
    final Set<String> invalidFiles = new TreeSet<>();
    final Set<String> leftOut = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (final Path file : files.sorted().toList()) {
        final String name = file.getFileName().toString();
        final String first = name.substring(0, name.indexOf('_'));
        final String venue = first.equals("binance") ? "binance-usdm" : first;
        if (Venues.named(venue).isEmpty()) {
          leftOut.add(name);
          continue;
        }
        outcomes.clear();
        decode(
            venue,
            List.of(new Frame(LONG_AGO, TREES.readTree(file.toFile()))),
            INVALID.contains(name) ? "" : name);
        if (outcomes.containsKey(FrameOutcome.INVALID)) {
          invalidFiles.add(name);
        } else if (outcomes.containsKey(FrameOutcome.UNKNOWN)) {
          leftOut.add(name);
        }
      }
    }
    assertEquals(INVALID, invalidFiles);
    assertEquals(
        Set.of(
            // No venue of ours.
            "bitmex_ws_funding_rate.json",
            "bitmex_ws_instrument_mark_update.json",
            "bitmex_ws_liquidation.json",
            "bitmex_ws_trade.json",
            // Topic trade.linear.BTCUSDT, which Bybit doesn't have.
            "bybit_ws_public_trade.json",
            // The inner part of a frame.
            "hyperliquid_ws_book_data.json"),
        leftOut);
  }

  private void decode(final String venue, final List<Frame> frames, final String file)
      throws IOException {
    final List<InstrumentDefinition> instruments = instruments(venue, frames);
    final SaidLog log = new SaidLog(Venues.named(venue).orElseThrow().decoder(instruments));
    final TreeOracle oracle = new TreeOracle(venue, instruments);
    for (final Frame frame : frames) {
      final FrameOutcome outcome =
          log.at(frame.receiveMillis).bytes(TREES.writeValueAsBytes(frame.json));
      outcomes.merge(outcome, 1, Integer::sum);
      final List<String> said =
          log.take().stream()
              .filter((line) -> outcome != FrameOutcome.CONTROL)
              .peek((line) -> messages.merge(line.split(" ", 2)[0], 1, Integer::sum))
              .toList();
      if (!file.isEmpty()) {
        assertEquals(
            outcome == FrameOutcome.CONTROL
                ? List.of()
                : oracle.lines(frame.json, frame.receiveMillis),
            said,
            () -> file + ": " + frame.json);
        assertEquals(!said.isEmpty(), outcome == FrameOutcome.MARKET, () -> file + frame.json);
      }
      if (outcome == FrameOutcome.UNKNOWN) {
        unknown.add(kind(frame.json));
      }
      invalid += outcome == FrameOutcome.INVALID ? 1 : 0;
    }
  }

  private String table(final String file) {
    return file + " " + outcomes + " " + messages + " ";
  }

  private static String kind(final JsonNode frame) {
    for (final String name : List.of("e", "table", "dataType")) {
      if (frame.has(name)) {
        return frame.get(name).asText();
      }
    }
    return frame.has("topic")
        ? frame.get("topic").asText().split("\\.", 2)[0]
        : frame.has("type") ? frame.get("type").asText() : frame.toString();
  }

  private static List<Frame> frames(final Path file) throws IOException {
    final List<Frame> frames = new ArrayList<>();
    for (final String line : text(file).lines().toList()) {
      final int at = line.indexOf('{');
      if (line.isBlank() || line.startsWith("wss:")) {
        continue;
      }
      final String stamp = line.substring(0, at).strip().replace(":", "");
      final JsonNode json = TREES.readTree(line.substring(at));
      frames.add(new Frame(stamp.isEmpty() ? LONG_AGO : millis(stamp), unwrapped(file, json)));
    }
    return frames;
  }

  private static long millis(final String stamp) {
    final BigDecimal time = new BigDecimal(stamp);
    return time.scale() > 0 || stamp.length() < 12
        ? time.movePointRight(3).longValue()
        : time.movePointLeft(6).longValue();
  }

  private static String text(final Path file) throws IOException {
    if (!file.toString().endsWith(".gz")) {
      return Files.readString(file);
    }
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      in.transferTo(bytes);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The frame, out of what its collection put around it. */
  private static JsonNode unwrapped(final Path file, final JsonNode line) {
    final String name = file.getFileName().toString();
    if (name.startsWith("tardis-")) {
      final JsonNode frame = line.get("frame");
      return frame.has("message") ? frame.get("message") : frame;
    }
    if (name.startsWith("rest-tickers")) {
      // Rows of the REST interface have the fields of a snapshot.
      return TREES
          .createObjectNode()
          .put("topic", "tickers." + line.get("symbol").asText())
          .put("type", "snapshot")
          .put("ts", 1_789_200_676_000L)
          .set("data", line);
    }
    if (name.startsWith("rest-state")) {
      final String channel = line.get("channel").asText();
      return TREES
          .createObjectNode()
          .<ObjectNode>set(
              "arg",
              TREES
                  .createObjectNode()
                  .put("channel", channel.equals("instrument") ? "instruments" : channel)
                  .put("instId", line.get("data").get("instId").asText()))
          .set("data", TREES.createArrayNode().add(line.get("data")));
    }
    return line;
  }

  /** Everything that the frames name, but what no feed can name. */
  private static List<InstrumentDefinition> instruments(
      final String venue, final List<Frame> frames) {
    final Set<String> symbols = new TreeSet<>();
    for (final Frame frame : frames) {
      for (final String field : List.of("s", "symbol", "coin", "instId")) {
        frame.json.findValuesAsText(field).stream()
            .filter((symbol) -> symbol.matches("[!-~]{1,32}"))
            .forEach(symbols::add);
      }
    }
    // Names of indexes aren't contracts.
    symbols.removeIf((symbol) -> symbols.contains(symbol + "-SWAP"));
    return Contracts.of(venue, symbols.toArray(String[]::new)).stream()
        .map(RealFramesTest::counted)
        .collect(Collectors.toList());
  }

  /** Inverse contracts are counted whole: their open interest exceeds what eight decimals hold. */
  private static InstrumentDefinition counted(final InstrumentDefinition of) {
    return of.symbol().endsWith("USD") && of.venue().equals("bybit")
        ? new InstrumentDefinition(
            of.id(),
            of.symbol(),
            of.venue(),
            of.baseAsset(),
            of.quoteAsset(),
            of.priceExponent(),
            0,
            of.contractKind(),
            of.openInterestUnit(),
            of.openInterestSides(),
            1,
            1,
            1,
            FeedOrigin.NOT_STATED)
        : of;
  }
}
