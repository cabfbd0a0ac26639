package io.liqmap.engine.core.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Liquidation.Outcome;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class MarginRuleTest {
  private static final int CASES = 20_000;

  /** Where a position ends, what it has left is what its venue asks for: each venue's own terms. */
  @ParameterizedTest
  @EnumSource(MarginRule.class)
  void shouldLeaveTheMaintenanceMarginAtLiquidation(final MarginRule rule) {
    final Contract contract = rule.contract();
    final BracketTable table = table(contract);
    final SplittableRandom random = new SplittableRandom(11);
    int found = 0;
    for (int i = 0; i < CASES; i++) {
      final Position position = random(random, contract, rule.hasFee());
      final Liquidation liquidation = rule.liquidate(position, table);
      final String place = "case " + i + ": " + liquidation;
      if (liquidation.outcome() != Outcome.AT_PRICE) {
        assertTrue(Double.isNaN(liquidation.price()), place);
        continue;
      }
      found++;
      final double price = liquidation.price();
      final double equity =
          rule.walletBalance(position)
              - position.otherMaintenance()
              + position.otherProfit()
              + contract.profit(position, price);
      final double scale =
          position.notional(contract) + contract.notional(position.quantity(), price);
      assertEquals(maintenance(liquidation), equity, 1e-9 * scale, place);
      assertTrue(position.side().sign() * (position.entryPrice() - price) > 0, place);
      assertBracket(liquidation, table, place);
    }
    assertTrue(found > CASES / 2, "positions that can be liquidated: " + found);
  }

  /** What the venue asks for at the liquidation price, written apart from the rules. */
  private static double maintenance(final Liquidation liquidation) {
    final Position position = liquidation.position();
    final Contract contract = liquidation.rule().contract();
    final Bracket bracket = liquidation.bracket();
    final double entry = position.notional(contract);
    final double end = contract.notional(position.quantity(), liquidation.price());
    final double rate = bracket.maintenanceRate();
    final double amount = bracket.maintenanceAmount();
    final double fee = position.feeRate();
    return switch (liquidation.rule()) {
      case BANKRUPTCY_LINEAR, BANKRUPTCY_INVERSE -> 0;
      case BINANCE_USDM, BINANCE_COINM, HYPERLIQUID -> end * rate - amount;
      case BYBIT_LINEAR -> entry * rate - amount;
      case BYBIT_INVERSE -> {
        final double bankruptcy = liquidation.bankruptcyPrice();
        final double closing =
            Double.isNaN(bankruptcy) ? 0 : fee * contract.notional(position.quantity(), bankruptcy);
        yield entry * rate - amount + closing;
      }
      case BYBIT_INVERSE_2026 -> {
        final double extra = position.margin(contract) - position.initialMargin(contract);
        yield end * rate - amount + extra - extra / (1 + position.side().sign() * fee);
      }
      case OKX_LINEAR -> end * (rate + fee);
      case OKX_INVERSE -> end * rate;
      case BITMEX_INVERSE -> entry * (rate + fee) - amount;
    };
  }

  private static void assertBracket(
      final Liquidation liquidation, final BracketTable table, final String place) {
    final MarginRule rule = liquidation.rule();
    if (liquidation.bracketNumber() == 0) {
      return;
    }
    final Position position = liquidation.position();
    final Bracket bracket = liquidation.bracket();
    final double notional =
        rule.contract()
            .notional(
                position.quantity(),
                rule.isBracketAtLiquidation() ? liquidation.price() : position.entryPrice());
    assertEquals(bracket, table.brackets().get(liquidation.bracketNumber() - 1), place);
    final Bracket last = table.brackets().get(table.brackets().size() - 1);
    assertTrue(notional >= bracket.floor() * (1 - 1e-12), place);
    assertTrue(notional <= bracket.cap() || bracket.equals(last), place);
    if (!rule.isBracketAtLiquidation()) {
      return;
    }
    // No other bracket holds at the notional that it leads to.
    for (final Bracket other : table.brackets()) {
      if (!other.equals(bracket)) {
        final double there =
            rule.contract().notional(position.quantity(), priceUnder(rule, position, other));
        final double slack = 1e-9 * (notional + other.cap());
        assertFalse(
            there > other.floor() + slack && there < other.cap() - slack,
            () -> place + ": " + other + " holds as well");
      }
    }
  }

  private static double priceUnder(
      final MarginRule rule, final Position position, final Bracket bracket) {
    return switch (rule) {
      case BINANCE_USDM -> BinanceUsdm.liquidationPrice(position, bracket);
      case BINANCE_COINM -> BinanceCoinm.liquidationPrice(position, bracket);
      case BYBIT_INVERSE_2026 -> BybitInverse.liquidationPrice2026(position, bracket);
      case HYPERLIQUID -> Hyperliquid.liquidationPrice(position, bracket);
      default -> throw new IllegalArgumentException(rule.name());
    };
  }

  @ParameterizedTest
  @EnumSource(MarginRule.class)
  void shouldMoveTowardsTheEntryAsLeverageRises(final MarginRule rule) {
    final BracketTable table = table(rule.contract());
    for (final Side side : Side.values()) {
      for (final double notional : new double[] {1_000, 500_000, 5e6, 2e8}) {
        double before = Double.MAX_VALUE;
        for (double leverage = 1.5; leverage < 200; leverage *= 1.1) {
          final double ratio = rule.liquidationRatio(side, leverage, notional, 50_000, table);
          if (ratio > 0) {
            final double distance = side.sign() * (1 - ratio);
            assertTrue(distance < before, rule + " " + side + " " + notional + " " + leverage);
            before = distance;
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MarginRule.class)
  void shouldGiveTheRatioOfThePrice(final MarginRule rule) {
    final BracketTable table = table(rule.contract());
    final SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < CASES; i++) {
      final Side side = random.nextBoolean() ? Side.LONG : Side.SHORT;
      final double entry = 20_000 + 80_000 * random.nextDouble();
      final double notional = Math.exp(5 + 15 * random.nextDouble());
      final double leverage = 1 + 120 * random.nextDouble();
      final double quantity = rule.contract() == Contract.LINEAR ? notional / entry : notional;
      final Liquidation liquidation =
          rule.liquidate(Position.isolated(side, quantity, entry, leverage), table);
      final double ratio = rule.liquidationRatio(side, leverage, notional, entry, table);
      assertTrue(Double.isFinite(ratio));
      switch (liquidation.outcome()) {
        case AT_PRICE -> assertEquals(liquidation.price(), ratio * entry, 1e-9 * entry);
        case AT_ONCE -> assertTrue(side.sign() * (1 - ratio) <= 1e-12, liquidation.toString());
        case NEVER -> assertTrue(ratio <= 0, liquidation.toString());
      }
      assertEquals(
          liquidation.bracket().maintenanceRate(),
          rule.maintenanceRate(side, leverage, notional, entry, table));
    }
  }

  @Test
  void shouldGiveBinancesRatioToTheLastBit() {
    final BracketTable table = Brackets.btcusdt2024();
    final SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < CASES; i++) {
      final Side side = random.nextBoolean() ? Side.LONG : Side.SHORT;
      final double leverage = 1 + 120 * random.nextDouble();
      final double notional = Math.exp(20 * random.nextDouble());
      final double price = Math.exp(12 * random.nextDouble());
      assertEquals(
          BinanceUsdm.liquidationRatio(side, leverage, notional, table),
          MarginRule.BINANCE_USDM.liquidationRatio(side, leverage, notional, price, table));
    }
  }

  /** The same rate and leverage end at nearly the same place wherever the position is held. */
  @Test
  void shouldAgreeAmongVenuesOfOneKind() {
    final BracketTable table = Brackets.flat(.005);
    for (final Contract contract : Contract.values()) {
      for (final Side side : Side.values()) {
        for (final double leverage : new double[] {5, 10, 25, 50, 100}) {
          double least = Double.MAX_VALUE;
          double most = 0;
          for (final MarginRule rule : MarginRule.values()) {
            if (rule.contract() == contract && !rule.name().startsWith("BANKRUPTCY")) {
              final double ratio = rule.liquidationRatio(side, leverage, 10_000, 50_000, table);
              least = Math.min(least, ratio);
              most = Math.max(most, ratio);
            }
          }
          assertTrue(most - least < 2.5 * .005 / leverage, contract + " " + side + " " + leverage);
        }
      }
    }
  }

  @Test
  void shouldGoBankruptWithoutMaintenanceMargin() {
    for (final Side side : Side.values()) {
      assertEquals(
          1 - side.sign() / 20.0,
          MarginRule.BANKRUPTCY_LINEAR.liquidationRatio(
              side, 20, 1e5, 50_000, table(Contract.LINEAR)),
          1e-15);
      assertEquals(
          1 / (1 + side.sign() / 20.0),
          MarginRule.BANKRUPTCY_INVERSE.liquidationRatio(side, 20, 1e5, 50_000, null),
          1e-15);
    }
    assertEquals(0, MarginRule.BANKRUPTCY_LINEAR.maintenanceRate(Side.LONG, 20, 1e5, 1, null));
  }

  @Test
  void shouldSayWhatIsNeverLiquidatedAndWhatAtOnce() {
    final BracketTable quote = Brackets.flat(.01);
    // A linear long that is paid for whole, and an inverse short whose coins cover it.
    assertOutcome(Outcome.NEVER, MarginRule.BINANCE_USDM, Side.LONG, 1, Double.NaN, quote);
    assertOutcome(Outcome.AT_PRICE, MarginRule.BINANCE_USDM, Side.SHORT, 1, Double.NaN, quote);
    assertOutcome(Outcome.NEVER, MarginRule.BINANCE_COINM, Side.SHORT, 1, Double.NaN, quote);
    assertOutcome(Outcome.NEVER, MarginRule.BINANCE_COINM, Side.SHORT, 2, 1, quote);
    assertOutcome(Outcome.AT_PRICE, MarginRule.BINANCE_COINM, Side.LONG, 1, Double.NaN, quote);
    for (final MarginRule rule : MarginRule.values()) {
      final boolean asks = !rule.name().startsWith("BANKRUPTCY");
      for (final Side side : Side.values()) {
        assertOutcome(
            asks ? Outcome.AT_ONCE : Outcome.AT_PRICE, rule, side, 110, Double.NaN, quote);
        assertOutcome(Outcome.AT_ONCE, rule, side, 10, 0, quote);
        assertOutcome(Outcome.AT_ONCE, rule, side, 10, -5, quote);
      }
    }
  }

  private static void assertOutcome(
      final Outcome expected,
      final MarginRule rule,
      final Side side,
      final double leverage,
      final double wallet,
      final BracketTable table) {
    final Position position = Position.isolated(side, 100, 100, leverage).withWallet(wallet);
    assertEquals(expected, rule.liquidate(position, table).outcome(), rule + " " + side);
  }

  @ParameterizedTest
  @CsvSource({
    "binance-usdm,  LINEAR,  BINANCE_USDM",
    "binance-coinm, INVERSE, BINANCE_COINM",
    "bybit,         LINEAR,  BYBIT_LINEAR",
    "okx,           LINEAR,  OKX_LINEAR",
    "okx,           INVERSE, OKX_INVERSE",
    "hyperliquid,   LINEAR,  HYPERLIQUID",
    "bitmex,        INVERSE, BITMEX_INVERSE",
    "bitmex,        LINEAR,  BINANCE_USDM",
    "hyperliquid,   INVERSE, BINANCE_COINM",
    "kraken,        LINEAR,  BINANCE_USDM",
    "'',            INVERSE, BINANCE_COINM"
  })
  void shouldKnowTheRuleOfAVenue(
      final String venue, final Contract contract, final MarginRule expected) {
    final Dated<MarginRule> rules = MarginRule.of(venue, contract);
    assertEquals(1, rules.size());
    assertEquals(expected, rules.value(0));
    assertEquals(contract, expected.contract());
    assertEquals(Long.MAX_VALUE, rules.until(0));
  }

  @Test
  void shouldChangeBybitsInverseRuleInMay2026() {
    final Dated<MarginRule> rules = MarginRule.of("bybit", Contract.INVERSE);
    final long revision = 1_779_840_000_000_000_000L;
    assertEquals(2, rules.size());
    assertEquals(MarginRule.BYBIT_INVERSE, rules.value(rules.indexAt(revision - 1)));
    assertEquals(MarginRule.BYBIT_INVERSE_2026, rules.value(rules.indexAt(revision)));
    assertEquals(revision, rules.until(0));
    assertEquals(revision, rules.from(1));
    assertEquals(0, rules.indexAt(Long.MIN_VALUE));
  }

  @Test
  void shouldListItsVenues() {
    assertEquals(
        List.of("binance-usdm", "binance-coinm", "bybit", "okx", "hyperliquid", "bitmex"),
        MarginRule.venues());
    assertTrue(MarginRule.isKnown("okx", Contract.INVERSE));
    assertFalse(MarginRule.isKnown("hyperliquid", Contract.INVERSE));
    assertFalse(MarginRule.isKnown("", Contract.LINEAR));
  }

  @Test
  void shouldRefuseDatesOfRulesThatDontRise() {
    final List<MarginRule> two = List.of(MarginRule.OKX_LINEAR, MarginRule.HYPERLIQUID);
    assertThrows(IllegalArgumentException.class, () -> new Dated<>(new long[] {2, 2}, two));
    assertThrows(IllegalArgumentException.class, () -> new Dated<>(new long[] {2}, two));
    assertThrows(IllegalArgumentException.class, () -> new Dated<>(new long[0], List.of()));
  }

  @Test
  void shouldRefuseWhatIsNoPosition() {
    final double none = Double.NaN;
    for (final double[] wrong :
        new double[][] {
          {0, 100, 10, none, 0, 0, 0},
          {none, 100, 10, none, 0, 0, 0},
          {1, -1, 10, none, 0, 0, 0},
          {1, Double.POSITIVE_INFINITY, 10, none, 0, 0, 0},
          {1, 100, .5, none, 0, 0, 0},
          {1, 100, none, none, 0, 0, 0},
          {1, 100, 10, Double.NEGATIVE_INFINITY, 0, 0, 0},
          {1, 100, 10, 5, -1, 0, 0},
          {1, 100, 10, 5, 0, none, 0},
          {1, 100, 10, 5, 0, 0, 1},
          {1, 100, 10, 5, 0, 0, -.1},
        }) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new Position(
                  Side.LONG, wrong[0], wrong[1], wrong[2], wrong[3], wrong[4], wrong[5], wrong[6]));
    }
  }

  private static BracketTable table(final Contract contract) {
    return contract == Contract.LINEAR ? Brackets.btcusdt2024() : Brackets.inCoin();
  }

  /** Isolated or cross, small or large, alone or with others. */
  private static Position random(
      final SplittableRandom random, final Contract contract, final boolean hasFee) {
    final Side side = random.nextBoolean() ? Side.LONG : Side.SHORT;
    final double entry = Math.exp(8 + 4 * random.nextDouble());
    final double notional = Math.exp(5 + 16 * random.nextDouble());
    final double leverage = 1 + 124 * random.nextDouble();
    final double quantity = contract == Contract.LINEAR ? notional / entry : notional;
    final double fee = hasFee && random.nextBoolean() ? random.nextDouble() * .001 : 0;
    final Position isolated = Position.isolated(side, quantity, entry, leverage).withFee(fee);
    if (random.nextInt(3) > 0) {
      return isolated;
    }
    final double margin = isolated.initialMargin(contract);
    return isolated.withWallet(
        margin * (1 + 4 * random.nextDouble()),
        margin * .1 * random.nextDouble(),
        margin * (random.nextDouble() - .5));
  }
}
