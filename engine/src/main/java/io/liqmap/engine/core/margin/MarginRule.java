package io.liqmap.engine.core.margin;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The venues' rules by which a position is liquidated, as the map and the calculator call them.
 *
 * <p>In formulas: side is 1 for long and −1 for short; Q quantity, EP entry price, L leverage, WB
 * margin or wallet, TMM and UPNL maintenance margin and unrealised profit of other positions, MMR
 * and cum rate and amount of the bracket, fee the taker fee, BP bankruptcy price.
 */
public enum MarginRule {
  /** Linear, without maintenance margin: liquidated when the margin is used up. */
  BANKRUPTCY_LINEAR(
      "",
      Contract.LINEAR,
      BracketAt.NOWHERE,
      (position, bracket) -> Contract.LINEAR.bankruptcyPrice(position),
      "LP = EP − side·(WB − TMM + UPNL)/Q",
      "by definition"),
  /** Inverse, without maintenance margin: liquidated when the margin is used up. */
  BANKRUPTCY_INVERSE(
      "",
      Contract.INVERSE,
      BracketAt.NOWHERE,
      (position, bracket) -> Contract.INVERSE.bankruptcyPrice(position),
      "LP = Q / (Q/EP + side·(WB − TMM + UPNL))",
      "by definition"),
  /** Binance USDⓈ-M; verified with Binance's examples. */
  BINANCE_USDM(
      "binance-usdm",
      Contract.LINEAR,
      BracketAt.LIQUIDATION,
      BinanceUsdm::liquidationPrice,
      "LP = (WB − TMM + UPNL + cum − side·Q·EP) / (Q·MMR − side·Q)",
      "Binance support, FAQ b3c689c1f50a44cabb3a84e663b81d93, read 2026-11; verified with its"
          + " examples"),
  /** Binance COIN-M; derived. */
  BINANCE_COINM(
      "binance-coinm",
      Contract.INVERSE,
      BracketAt.LIQUIDATION,
      BinanceCoinm::liquidationPrice,
      "LP = Q·(side + MMR) / (WB − TMM + UPNL + cum + side·Q/EP)",
      "derived from the margin identity with the terms of Binance support, FAQ"
          + " ceccfcfb4e3a45e3b48b0b1bb1a8ae46, read 2026-11; no official worked example was"
          + " found"),
  /** Bybit linear; verified with its example. */
  BYBIT_LINEAR(
      "bybit",
      Contract.LINEAR,
      BracketAt.ENTRY,
      BybitLinear::liquidationPrice,
      "LP = EP − side·(WB − TMM + UPNL − (Q·EP·MMR − cum))/Q",
      "Bybit help, Liquidation Price (USDT Contract), read 2026-11; verified with its example; a"
          + " revision of 2026-05-27 wasn't found for linear contracts"),
  /** Bybit inverse before 2026-05-27; verified with its isolated example. */
  BYBIT_INVERSE(
      "bybit",
      Contract.INVERSE,
      BracketAt.ENTRY,
      BybitInverse::liquidationPrice,
      "LP = Q / (Q/EP + side·(WB − TMM + UPNL − (Q/EP·MMR − cum + fee·Q/BP)))",
      "Bybit help, Isolated Mode (UTA) and 360039261334 (cross, whose fee this takes), as before"
          + " 2026-05-27, read 2026-11; the isolated example's figures follow, the cross example"
          + " prints 5739.50 where its equation gives 5739.08"),
  /** Bybit inverse from 2026-05-27. */
  BYBIT_INVERSE_2026(
      "bybit",
      Contract.INVERSE,
      BracketAt.LIQUIDATION,
      BybitInverse::liquidationPrice2026,
      "LP = Q·(1 + side·MMR) / (Q/EP + side·(Q/EP/L + (WB − TMM + UPNL − Q/EP/L)/(1 + side·fee) +"
          + " cum))",
      "Bybit help, revision of 2026-05-27, read 2026-11; no worked example was found"),
  /** OKX linear; approximate. */
  OKX_LINEAR(
      "okx",
      Contract.LINEAR,
      BracketAt.ENTRY,
      Okx::linearLiquidationPrice,
      "LP = (EP − side·(WB − TMM + UPNL)/Q) / (1 − side·(MMR + fee))",
      "freqtrade's exchange.py after the help of OKX and Gate, read 2026-11; approximate: no"
          + " official worked example was found"),
  /** OKX inverse; approximate. */
  OKX_INVERSE(
      "okx",
      Contract.INVERSE,
      BracketAt.ENTRY,
      Okx::inverseLiquidationPrice,
      "LP = (1 + side·MMR) / (1/EP + side·(WB − TMM + UPNL)/Q)",
      "a third party's page, read 2026-11; approximate: no official worked example was found"),
  /** Hyperliquid; its documented formula. */
  HYPERLIQUID(
      "hyperliquid",
      Contract.LINEAR,
      BracketAt.LIQUIDATION,
      Hyperliquid::liquidationPrice,
      "LP = EP − side·(WB − TMM + UPNL − (Q·EP·MMR − cum))/Q / (1 − side·MMR)",
      "Hyperliquid documentation, Liquidations, read 2026-11; verified with 29 liquidation prices"
          + " that the venue reported for small isolated positions in 2024 (freqtrade,"
          + " tests/exchange/test_hyperliquid.py at 3b1fb5a)"),
  /** BitMEX inverse; approximate. */
  BITMEX_INVERSE(
      "bitmex",
      Contract.INVERSE,
      BracketAt.ENTRY,
      Bitmex::liquidationPrice,
      "LP = Q / (Q/EP + side·(WB − TMM + UPNL − (Q/EP·(MMR + fee) − cum)))",
      "zoomerjd on Medium and nottug/bitmex_utils (secondary), read 2026-11; approximate: no"
          + " official worked example was found, and funding that is due is left out");

  private static final long REVISION_OF_BYBIT =
      LocalDate.of(2026, 5, 27).atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000_000_000L;
  private static final Bracket NO_BRACKET =
      new Bracket(0, Double.MAX_VALUE, 0, 0, Double.MAX_VALUE);

  private final String venue;
  private final Contract contract;
  private final BracketAt bracketAt;

  // Formulas are references to static methods: they hold no state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Formula form;

  private final String text;
  private final String origin;

  MarginRule(
      final String ofVenue,
      final Contract ofContract,
      final BracketAt counted,
      final Formula calculation,
      final String formulaText,
      final String formulaOrigin) {
    venue = ofVenue;
    contract = ofContract;
    bracketAt = counted;
    form = calculation;
    text = formulaText;
    origin = formulaOrigin;
  }

  /** Where the notional is taken that decides the bracket. */
  private enum BracketAt {
    LIQUIDATION,
    ENTRY,
    NOWHERE
  }

  /** A liquidation price under a bracket that is given. */
  @FunctionalInterface
  private interface Formula {
    double price(Position position, Bracket bracket);
  }

  /**
   * Rules of a venue for a kind of contract, by date.
   *
   * @param venue as instruments.conf names it, or one of {@link #venues()}; one that isn't {@link
   *     #isKnown}, gets Binance's formula of that kind
   */
  public static Dated<MarginRule> of(final String venue, final Contract contract) {
    final List<MarginRule> own = new ArrayList<>();
    for (final MarginRule rule : values()) {
      if (!rule.venue.isEmpty() && rule.venue.equals(venue) && rule.contract == contract) {
        own.add(rule);
      }
    }
    if (own.isEmpty()) {
      return Dated.always(contract == Contract.LINEAR ? BINANCE_USDM : BINANCE_COINM);
    }
    return own.size() == 1
        ? Dated.always(own.get(0))
        : new Dated<>(new long[] {0, REVISION_OF_BYBIT}, own);
  }

  /** Rule of positions that are closed only when their margin is used up. */
  public static MarginRule bankruptcy(final Contract contract) {
    return contract == Contract.LINEAR ? BANKRUPTCY_LINEAR : BANKRUPTCY_INVERSE;
  }

  /** Venues that have rules of their own, in the order of the rules. */
  public static List<String> venues() {
    final List<String> venues = new ArrayList<>();
    for (final MarginRule rule : values()) {
      if (!rule.venue.isEmpty() && !venues.contains(rule.venue)) {
        venues.add(rule.venue);
      }
    }
    return List.copyOf(venues);
  }

  /**
   * Whether a venue has a rule of its own for a kind of contract. Feeds have no room for
   * "binance-coinm": whatever begins with "binance" is Binance's.
   */
  public static boolean isKnown(final String venue, final Contract contract) {
    if (venue.startsWith("binance")) {
      return true;
    }
    for (final MarginRule rule : values()) {
      if (!venue.isEmpty() && rule.venue.equals(venue) && rule.contract == contract) {
        return true;
      }
    }
    return false;
  }

  public Contract contract() {
    return contract;
  }

  /** The formula, in the symbols above. */
  public String formula() {
    return text;
  }

  /** Where the formula is from, when it was read, and how far it has been verified. */
  public String source() {
    return origin;
  }

  /** Whether the taker fee is a part of the formula. */
  public boolean hasFee() {
    return text.contains("fee");
  }

  /** Whether the bracket's amount is a part of the formula. */
  public boolean hasAmount() {
    return text.contains("cum");
  }

  /** Whether the bracket is that of the notional at the liquidation price, and not at entry. */
  public boolean isBracketAtLiquidation() {
    return bracketAt == BracketAt.LIQUIDATION;
  }

  /**
   * Liquidation price over entry price of an isolated position without fees: what makes a leverage
   * tier a shift.
   *
   * @param leverage 1 or more
   * @param notional size of the position at its entry, quote asset, above 0
   * @param price entry price, quote asset per base asset, above 0; only inverse contracts depend on
   *     it, whose brackets are in the base asset
   * @param brackets quote asset for linear contracts, base asset for inverse ones; the rules
   *     without maintenance margin ignore them
   * @return above 0 and never NaN: below 1 for longs and above 1 for shorts, 1 or the other way
   *     round when the position is liquidated at its entry; 0 or less when it is never liquidated
   */
  public double liquidationRatio(
      final Side side,
      final double leverage,
      final double notional,
      final double price,
      final BracketTable brackets) {
    final Position position = ofNotional(side, leverage, notional, price);
    final double ratio = form.price(position, bracket(position, brackets)) / position.entryPrice();
    return Double.isFinite(ratio) ? ratio : 0;
  }

  /**
   * Maintenance rate of the bracket that applied; parameters as for the ratio.
   *
   * @return share of the notional; 0 for the rules without maintenance margin
   */
  public double maintenanceRate(
      final Side side,
      final double leverage,
      final double notional,
      final double price,
      final BracketTable brackets) {
    return bracket(ofNotional(side, leverage, notional, price), brackets).maintenanceRate();
  }

  /**
   * Liquidates one position, with every term that it takes.
   *
   * @param brackets quote asset for linear contracts, base asset for inverse ones
   */
  public Liquidation liquidate(final Position position, final BracketTable brackets) {
    final Bracket bracket = bracket(position, brackets);
    return liquidate(
        position,
        bracket,
        bracketAt == BracketAt.NOWHERE ? 0 : brackets.brackets().indexOf(bracket) + 1);
  }

  /**
   * Liquidates one position under a bracket that is given, whatever its floor and cap: its number
   * is 0.
   *
   * @param bracket quote asset for linear contracts, base asset for inverse ones
   */
  public Liquidation liquidate(final Position position, final Bracket bracket) {
    return liquidate(position, bracket, 0);
  }

  private Liquidation liquidate(
      final Position position, final Bracket bracket, final int bracketNumber) {
    final double price = form.price(position, bracket);
    final Liquidation.Outcome outcome = outcome(position, price);
    final double bankruptcy =
        this == BYBIT_INVERSE
            ? BybitInverse.bankruptcyPrice(position)
            : contract.bankruptcyPrice(position);
    return new Liquidation(
        this,
        position,
        outcome,
        outcome == Liquidation.Outcome.AT_PRICE ? price : Double.NaN,
        isPrice(bankruptcy) ? bankruptcy : Double.NaN,
        bracketNumber,
        bracket,
        hasAmount() ? bracket.maintenanceAmount() : 0);
  }

  /** Margin that the formula takes as WB, margin asset: the wallet, or what isolated margin is. */
  public double walletBalance(final Position position) {
    if (position.isCross()) {
      return position.wallet();
    }
    return this == BITMEX_INVERSE ? Bitmex.margin(position) : position.margin(contract);
  }

  private Bracket bracket(final Position position, final BracketTable brackets) {
    return switch (bracketAt) {
      case LIQUIDATION ->
          brackets.bracketHolding(
              (bracket) -> contract.notional(position.quantity(), form.price(position, bracket)));
      case ENTRY -> brackets.of(position.notional(contract));
      case NOWHERE -> NO_BRACKET;
    };
  }

  private Liquidation.Outcome outcome(final Position position, final double price) {
    if (walletBalance(position) - position.otherMaintenance() + position.otherProfit() <= 0
        || (isPrice(price) && position.side().sign() * (position.entryPrice() - price) <= 0)) {
      return Liquidation.Outcome.AT_ONCE;
    }
    return isPrice(price) ? Liquidation.Outcome.AT_PRICE : Liquidation.Outcome.NEVER;
  }

  private static boolean isPrice(final double price) {
    return price > 0 && price < Double.POSITIVE_INFINITY;
  }

  /** A linear price moves with its entry, so 1 does for any; an inverse bracket is in coins. */
  private Position ofNotional(
      final Side side, final double leverage, final double notional, final double price) {
    return Position.isolated(side, notional, contract == Contract.LINEAR ? 1 : price, leverage);
  }
}
