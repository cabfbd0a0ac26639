package io.liqmap.engine.core.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BinanceUsdmTest {
  /**
   * Binance's own example, isolated; its tables of then aren't known whole, so one bracket each.
   */
  @ParameterizedTest
  @CsvSource({
    "1535443.01, 135365, 3683.979, 1456.84,  .10,  1114.78496",
    "1535443.01, 16300,  109.488,  32481.98, .025, 18778.72593"
  })
  void shouldGiveBinancesExamples(
      final double wallet,
      final double amount,
      final double quantity,
      final double entry,
      final double rate,
      final double expected) {
    final Bracket bracket = new Bracket(0, 1e12, rate, amount, 10);
    assertEquals(
        expected, BinanceUsdm.liquidationPrice(Side.LONG, wallet, quantity, entry, bracket), 5e-6);
  }

  @Test
  void shouldFindTheBracketOfBinancesExampleInItsTable() {
    final BracketTable table = Brackets.btcusdt2021();
    assertEquals(
        18778.72593,
        BinanceUsdm.liquidationPrice(Side.LONG, 1535443.01, 109.488, 32481.98, table),
        5e-6);
    assertEquals(
        table.brackets().get(3),
        BinanceUsdm.bracketAtLiquidation(Side.LONG, 1535443.01, 109.488, 32481.98, table));
  }

  /** Margin is quantity · entry / leverage; the bracket is the one at the liquidation price. */
  @ParameterizedTest
  @CsvSource({
    "LONG,  0.1,  60000, 100, 1, 59638.554217, 5963.86",
    "SHORT, 0.1,  60000, 100, 1, 60358.565737, 6035.86",
    "LONG,  10,   60000, 20,  2, 57281.407035, 572814.07",
    "SHORT, 10,   60000, 20,  3, 62687.531048, 626875.31",
    "LONG,  10.2, 60000, 20,  2, 57281.505567, 584271.36",
    "LONG,  50,   60000, 50,  3, 59165.576246, 2958278.81",
    "SHORT, 50,   60000, 50,  4, 60820.792079, 3041039.60",
    "LONG,  1000, 60000, 10,  5, 54967.908163, 54967908",
    "SHORT, 1000, 60000, 10,  5, 64834.754902, 64834755"
  })
  void shouldTakeTheBracketOfTheNotionalAtLiquidation(
      final Side side,
      final double quantity,
      final double entry,
      final double leverage,
      final int bracket,
      final double expected,
      final double notional) {
    final BracketTable table = Brackets.btcusdt2024();
    final double wallet = quantity * entry / leverage;
    final double price = BinanceUsdm.liquidationPrice(side, wallet, quantity, entry, table);
    assertEquals(expected, price, 5e-7);
    assertEquals(notional, price * quantity, notional > 1e7 ? .5 : 5e-3);
    assertEquals(
        table.brackets().get(bracket - 1),
        BinanceUsdm.bracketAtLiquidation(side, wallet, quantity, entry, table));
    assertEquals(
        expected / entry,
        BinanceUsdm.liquidationRatio(side, leverage, quantity * entry, table),
        1e-11);
  }

  @Test
  void shouldFindTheBracketThatHoldsAtThePriceItGives() {
    final List<BracketTable> tables =
        List.of(
            Brackets.btcusdt2024(),
            Brackets.ethusdt2024(),
            Brackets.solusdt2024(),
            Brackets.btcusdt2021());
    final SplittableRandom random = new SplittableRandom(3);
    int found = 0;
    for (int i = 0; i < 100_000; i++) {
      final BracketTable table = tables.get(random.nextInt(tables.size()));
      final Side side = random.nextBoolean() ? Side.LONG : Side.SHORT;
      final double entry = Math.exp(random.nextDouble() * 12);
      final double notional = Math.exp(random.nextDouble() * 20);
      final double quantity = notional / entry;
      final double wallet = notional / (1 + random.nextDouble() * 124);
      final Bracket bracket =
          BinanceUsdm.bracketAtLiquidation(side, wallet, quantity, entry, table);
      final double price = BinanceUsdm.liquidationPrice(side, wallet, quantity, entry, table);
      final double there = price * quantity;
      final String place =
          "case " + i + ": " + side + " " + notional + " at " + entry + ": " + price;
      if (price > 0 && there <= table.brackets().get(table.brackets().size() - 1).cap()) {
        found++;
        assertTrue(there >= bracket.floor() * (1 - 1e-12) && there <= bracket.cap(), place);
        assertEquals(bracket, table.of(there), place);
        assertEquals(
            there * bracket.maintenanceRate() - bracket.maintenanceAmount(),
            wallet + side.sign() * quantity * (price - entry),
            1e-9 * (notional + there),
            place + ": equity isn't the maintenance margin");
      }
    }
    assertTrue(found > 90_000, "positions that can be liquidated: " + found);
  }

  @Test
  void shouldGiveTheSameRatioAtAnyEntryPrice() {
    final BracketTable table = Brackets.btcusdt2024();
    for (final Side side : Side.values()) {
      final double ratio = BinanceUsdm.liquidationRatio(side, 20, 600_000, table);
      for (final double entry : new double[] {.0001, 1, 333, 60_000, 1e7}) {
        final double price =
            BinanceUsdm.liquidationPrice(side, 30_000, 600_000 / entry, entry, table);
        assertEquals(ratio, price / entry, 1e-12);
      }
    }
  }

  @Test
  void shouldGiveNoPriceAboveZeroForAMarginThatIsNeverUsedUp() {
    final double price =
        BinanceUsdm.liquidationPrice(Side.LONG, 70_000, 1, 60_000, Brackets.btcusdt2024());
    assertTrue(price <= 0, "was " + price);
  }

  @Test
  void shouldStayInTheLastBracketBeyondItsCap() {
    final BracketTable table = Brackets.btcusdt2024();
    final Bracket last = table.brackets().get(table.brackets().size() - 1);
    assertEquals(last, BinanceUsdm.bracketAtLiquidation(Side.SHORT, 3e9, 100_000, 60_000, table));
    assertEquals(last, table.of(1e15));
  }
}
