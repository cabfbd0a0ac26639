package io.liqmap.engine.core.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class InstrumentNameTest {
  private static final InstrumentName BINANCE = new InstrumentName("binance-usdm", "BTCUSDT");
  private static final InstrumentName BYBIT = new InstrumentName("bybit", "BTCUSDT");
  private static final InstrumentName BUILDER = new InstrumentName("hyperliquid", "xyz:TSLA");
  private static final InstrumentName XYZ = new InstrumentName("xyz", "TSLA");
  private static final InstrumentName UNSTATED = new InstrumentName("", "ETHUSDT");
  private static final List<InstrumentName> ALL = List.of(BINANCE, BYBIT, BUILDER, XYZ, UNSTATED);

  private static List<InstrumentName> matching(final String word) {
    return InstrumentName.matching(word, ALL, Function.identity());
  }

  @Test
  void shouldReadBackEachFullName() {
    for (final InstrumentName name : ALL) {
      assertEquals(name, InstrumentName.parse(name.toString()));
    }
  }

  @Test
  void shouldMatchAFullNameBeforeASymbolThatLooksLikeIt() {
    assertEquals(List.of(XYZ), matching("xyz:TSLA"));
    assertEquals(List.of(BUILDER), matching("hyperliquid:xyz:TSLA"));
    assertEquals(
        List.of(BUILDER),
        InstrumentName.matching("xyz:TSLA", List.of(BINANCE, BUILDER), Function.identity()));
  }

  @Test
  void shouldMatchASymbolOfOneOrOfSeveralVenues() {
    assertEquals(List.of(BINANCE, BYBIT), matching("BTCUSDT"));
    assertEquals(List.of(XYZ), matching("TSLA"));
    assertEquals(List.of(UNSTATED), matching("ETHUSDT"));
    assertEquals(List.of(), matching("okx:BTCUSDT"));
    assertEquals(List.of(), matching("btcusdt"));
    assertEquals(List.of(), matching(""));
  }

  @Test
  void shouldNameTheVenueOnlyWhereItIsNeeded() {
    assertEquals("binance-usdm:BTCUSDT", BINANCE.among(ALL));
    assertEquals("BTCUSDT", BINANCE.among(List.of(BINANCE, XYZ)));
    assertEquals("TSLA", XYZ.among(ALL));
  }
}
