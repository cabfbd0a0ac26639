package io.liqmap.tools.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionInstrumentsTest {
  private static final long TODAY = 1_796_000_000_000_000_000L;

  @TempDir Path folder;

  private final LiqmapConfig base = LiqmapConfig.load(null, null);

  private static InstrumentDefinition listed(final String venue, final String symbol) {
    return new InstrumentDefinition(
        0,
        symbol,
        venue,
        "BTC",
        "USDT",
        -4,
        -3,
        ContractKind.LINEAR,
        OpenInterestUnit.BASE,
        OpenInterestSides.BOTH,
        1_000,
        1,
        1_000,
        FeedOrigin.NOT_STATED);
  }

  private static Map<String, List<InstrumentDefinition>> venues() {
    final Map<String, List<InstrumentDefinition>> all = new LinkedHashMap<>();
    all.put("binance-usdm", List.of(listed("binance-usdm", "BTCUSDT")));
    all.put("bybit", List.of(listed("bybit", "BTCUSDT"), listed("bybit", "BTCUSD")));
    all.put("hyperliquid", List.of(listed("hyperliquid", "xyz:BTC")));
    return all;
  }

  @Test
  void shouldFindSymbolsOfAllVenuesOrOfOne() {
    final Map<String, List<InstrumentDefinition>> found =
        SymbolChoice.of(
            List.of("BTCUSDT", "bybit:BTCUSD", "bybit:BTCUSDT", "xyz:BTC"),
            venues(),
            List.of(),
            (notice) -> {});
    assertEquals(venues(), found);
  }

  @Test
  void shouldRefuseUnknownSymbolsWithNearNames() {
    final String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    SymbolChoice.of(
                        List.of("bybit:BTC-USD-SWAP"), venues(), List.of("okx"), (notice) -> {}))
            .getMessage();
    assertTrue(message.contains("near it are bybit:BTCUSD, bybit:BTCUSDT"), message);
  }

  @Test
  void shouldKeepKnownIdsAndGiveOthersFreeOnes() {
    final List<InstrumentDefinition> listed =
        venues().values().stream().flatMap(List::stream).toList();
    final List<InstrumentDefinition> numbered =
        SessionInstruments.numbered(listed, base.instruments(), base.instruments());
    assertEquals(listed.size(), numbered.stream().map(InstrumentDefinition::id).distinct().count());
    for (final InstrumentDefinition it : numbered) {
      final boolean isConfigured =
          base.instruments().stream().anyMatch((known) -> known.name().equals(it.name()));
      assertEquals(isConfigured, base.instruments().contains(it), it::toString);
      assertEquals(
          isConfigured, base.instruments().stream().anyMatch((known) -> known.id() == it.id()));
    }
  }

  @Test
  void shouldReadBackItsSettingsWithTodaysBrackets() throws IOException {
    final List<InstrumentDefinition> numbered =
        SessionInstruments.numbered(
            venues().values().stream().flatMap(List::stream).toList(),
            base.instruments(),
            base.instruments());
    final BracketTable table = base.engine().map().brackets().standard().value(0);
    final Path user = folder.resolve("user.conf");
    Files.writeString(user, "{ map { mark-stale = 77s } }\n");
    final Path file = folder.resolve("session.conf");
    SessionInstruments.write(
        file, user, base, numbered, Map.of(numbered.get(0), table, numbered.get(1), table), TODAY);
    final LiqmapConfig read = LiqmapConfig.load(file, null);
    assertTrue(read.instruments().containsAll(numbered), () -> read.instruments().toString());
    assertEquals(77_000_000_000L, read.engine().map().markStaleNanos());
    for (final InstrumentDefinition it : numbered.subList(0, 2)) {
      final Dated<BracketTable> tables = SessionBrackets.configured(read.engine(), it);
      assertEquals(TODAY, tables.date(tables.size() - 1));
      assertEquals(table.brackets(), tables.value(tables.size() - 1).brackets());
    }
  }
}
