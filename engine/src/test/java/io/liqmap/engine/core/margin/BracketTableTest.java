package io.liqmap.engine.core.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BracketTableTest {
  private static final InstrumentName BITCOIN = new InstrumentName("binance-usdm", "BTCUSDT");
  private static final InstrumentName DOGE = new InstrumentName("binance-usdm", "DOGEUSDT");

  private static final double[] FIRST = {0, 50e3, .004, 125, 0};

  @Test
  void shouldGrowMaintenanceMarginWithoutAJump() {
    for (final BracketTable table :
        List.of(
            Brackets.btcusdt2024(),
            Brackets.ethusdt2024(),
            Brackets.solusdt2024(),
            Brackets.btcusdt2021())) {
      final List<Bracket> brackets = table.brackets();
      for (int i = 1; i < brackets.size(); i++) {
        final double notional = brackets.get(i).floor();
        assertEquals(
            margin(brackets.get(i - 1), notional), margin(brackets.get(i), notional), 1e-6);
      }
    }
  }

  private static double margin(final Bracket bracket, final double notional) {
    return notional * bracket.maintenanceRate() - bracket.maintenanceAmount();
  }

  @Test
  void shouldFindTheBracketOfANotional() {
    final BracketTable table = Brackets.btcusdt2024();
    assertSame(table.brackets().get(0), table.of(0));
    assertSame(table.brackets().get(0), table.of(50e3));
    assertSame(table.brackets().get(1), table.of(50e3 + .01));
    assertSame(table.brackets().get(11), table.of(1.8e9));
    assertSame(table.brackets().get(11), table.of(1e18));
  }

  @Test
  void shouldNameTheBracketThatBreaksTheRecurrence() {
    assertRefused("bracket 2: its maintenance amount", FIRST, row(50e3, 600e3, .005, 100, 51));
    assertRefused("the recurrence gives 50", FIRST, row(50e3, 600e3, .005, 100, 0));
    assertRefused("bracket 1: its maintenance amount", row(0, 50e3, .004, 125, 1));
    assertRefused("bracket 2: its maintenance amount", FIRST, row(50e3, 600e3, .005, 100, -50));
    assertRefused(
        "bracket 2: its maintenance amount", FIRST, row(50e3, 600e3, .005, 100, Double.NaN));
  }

  @Test
  void shouldRefuseGapsAndOverlaps() {
    assertRefused("bracket 1: its floor", row(10, 50e3, .004, 125, 0));
    assertRefused("bracket 2: its floor", FIRST, row(60e3, 600e3, .005, 100, 60));
    assertRefused("bracket 2: its floor", FIRST, row(40e3, 600e3, .005, 100, 40));
    assertRefused("bracket 2: its cap", FIRST, row(50e3, 50e3, .005, 100, 50));
    assertRefused("bracket 1: its cap", row(0, Double.NaN, .004, 125, 0));
  }

  @Test
  void shouldRefuseRatesAndLeveragesThatDontFollow() {
    assertRefused("bracket 1: its maintenance rate", row(0, 50e3, 0, 125, 0));
    assertRefused("bracket 1: its maintenance rate", row(0, 50e3, 1, 125, 0));
    assertRefused("bracket 1: its maintenance rate", row(0, 50e3, Double.NaN, 125, 0));
    assertRefused("bracket 2: its maintenance rate", FIRST, row(50e3, 600e3, .004, 100, 0));
    assertRefused("bracket 1: its leverage", row(0, 50e3, .004, .5, 0));
    assertRefused("bracket 2: its leverage", FIRST, row(50e3, 600e3, .005, 126, 50));
  }

  @Test
  void shouldRefuseAnEmptyTable() {
    assertThrows(IllegalArgumentException.class, () -> new BracketTable(List.of()));
  }

  @Test
  void shouldKnowWhichTableHoldsWhen() {
    final BracketTable old = Brackets.btcusdt2021();
    final BracketTable recent = Brackets.btcusdt2024();
    final Dated<BracketTable> dated =
        new Dated<>(new long[] {100, 200, 300}, List.of(old, recent, old));
    assertEquals(0, dated.indexAt(Long.MIN_VALUE));
    assertEquals(0, dated.indexAt(199));
    assertEquals(1, dated.indexAt(200));
    assertEquals(1, dated.indexAt(299));
    assertEquals(2, dated.indexAt(Long.MAX_VALUE));
    assertEquals(200, dated.until(0));
    assertEquals(200, dated.from(1));
    assertEquals(Long.MAX_VALUE, dated.until(2));
    assertSame(recent, dated.value(1));
    assertEquals(3, dated.size());
  }

  /** The nearer copy is the likelier one where the time of a change is unknown. */
  @Test
  void shouldTakeTheNearerOfTwoCopies() {
    final BracketTable old = Brackets.btcusdt2021();
    final BracketTable recent = Brackets.btcusdt2024();
    final Dated<BracketTable> dated =
        new Dated<>(
            new long[] {100, 200, 301},
            new boolean[] {true, false, true},
            List.of(old, recent, old));
    assertEquals(0, dated.indexAt(199));
    assertEquals(1, dated.indexAt(200));
    assertEquals(1, dated.indexAt(250));
    assertEquals(2, dated.indexAt(251));
    assertEquals(251, dated.until(1));
    assertEquals(301, dated.date(2));
    assertTrue(dated.isSeen(2));
    assertFalse(dated.isSeen(1));
  }

  @Test
  void shouldWarnOfATableFarFromTheAnswersTime() {
    final long day = 86_400_000_000_000L;
    final long table = 20_000 * day;
    final BracketCatalog catalog =
        new BracketCatalog(
            Map.of(
                BITCOIN,
                new Dated<>(
                    new long[] {table}, new boolean[] {true}, List.of(Brackets.btcusdt2024()))),
            dated(Brackets.solusdt2024()));
    for (final long days : new long[] {-366, -365, 0, 365, 366}) {
      final BracketsInForce brackets = catalog.inForce(BITCOIN, table + days * day);
      assertEquals(days, brackets.ageDays());
      assertEquals(Math.abs(days) > 365, brackets.isOutdated());
      assertEquals(Math.abs(days) > 365, !brackets.warning().isEmpty());
      assertEquals("binance-usdm's table as seen on 2024-10-04", brackets.description());
    }
    assertTrue(
        catalog
            .inForce(BITCOIN, table + 2 * 366 * day)
            .warning()
            .startsWith("the brackets are of 2024-10-04, 2.0 years before 2026-10-06"));
    assertTrue(
        catalog
            .inForce(BITCOIN, table - 2 * 366 * day)
            .warning()
            .contains("2.0 years after 2022-10-03"));
    final BracketsInForce standard = catalog.inForce(DOGE, table);
    assertFalse(standard.isOwn());
    assertEquals("standard brackets, no venue's, without a date", standard.description());
    assertTrue(standard.warning().startsWith("the brackets have no date"));
  }

  @Test
  void shouldRefuseDatesThatDontRise() {
    final List<BracketTable> two = List.of(Brackets.btcusdt2021(), Brackets.btcusdt2024());
    assertThrows(IllegalArgumentException.class, () -> new Dated<>(new long[] {200, 200}, two));
    assertThrows(IllegalArgumentException.class, () -> new Dated<>(new long[] {1}, two));
    assertThrows(IllegalArgumentException.class, () -> new Dated<>(new long[] {}, List.of()));
  }

  @Test
  void shouldFallBackToTheStandardTables() {
    final Dated<BracketTable> bitcoin = dated(Brackets.btcusdt2024());
    final Dated<BracketTable> standard = dated(Brackets.solusdt2024());
    final Map<InstrumentName, Dated<BracketTable>> configured =
        new HashMap<>(Map.of(BITCOIN, bitcoin));
    final BracketCatalog catalog = new BracketCatalog(configured, standard);
    configured.clear();
    assertSame(bitcoin, catalog.of(BITCOIN));
    assertSame(standard, catalog.of(DOGE));
    assertSame(standard, catalog.of(new InstrumentName("bybit", "BTCUSDT")));
    assertTrue(catalog.isConfigured(BITCOIN));
    assertFalse(catalog.isConfigured(DOGE));
  }

  private static Dated<BracketTable> dated(final BracketTable table) {
    return new Dated<>(new long[] {0}, List.of(table));
  }

  private static double[] row(final double... values) {
    return values;
  }

  private static void assertRefused(final String flaw, final double[]... rows) {
    final Exception refused =
        assertThrows(IllegalArgumentException.class, () -> Brackets.table(rows));
    assertTrue(refused.getMessage().contains(flaw), refused.getMessage());
  }
}
