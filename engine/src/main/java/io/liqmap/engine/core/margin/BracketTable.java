package io.liqmap.engine.core.margin;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A venue's maintenance brackets for one instrument, by notional: quote asset for linear contracts,
 * base asset for inverse ones. Immutable, for any thread.
 *
 * <p>Maintenance margin is notional · rate − amount, continuous over the brackets:
 * amount<sub>n</sub> = floor<sub>n</sub> · (rate<sub>n</sub> − rate<sub>n−1</sub>) +
 * amount<sub>n−1</sub>, amount<sub>1</sub> = 0 (Binance, "Leverage and Margin of USDⓈ-M Futures").
 */
public final class BracketTable {
  private static final double TOLERANCE = 1e-6;

  private final List<Bracket> brackets;

  /**
   * Takes brackets in rising order.
   *
   * @throws IllegalArgumentException if they leave a hole, don't rise, or break the recurrence of
   *     the amounts, naming the bracket
   */
  public BracketTable(final List<Bracket> rising) {
    if (rising.isEmpty()) {
      throw new IllegalArgumentException("a bracket table has at least one bracket");
    }
    Bracket before = new Bracket(0, 0, 0, 0, Double.MAX_VALUE);
    for (int i = 0; i < rising.size(); i++) {
      final Bracket bracket = rising.get(i);
      final double amount =
          i == 0
              ? 0
              : bracket.floor() * (bracket.maintenanceRate() - before.maintenanceRate())
                  + before.maintenanceAmount();
      require(
          bracket.floor() == before.cap(),
          i,
          "its floor is " + bracket.floor() + ", the cap of the one before " + before.cap());
      require(
          bracket.cap() > bracket.floor(),
          i,
          "its cap is " + bracket.cap() + ", not above its floor " + bracket.floor());
      require(
          bracket.maintenanceRate() > before.maintenanceRate() && bracket.maintenanceRate() < 1,
          i,
          "its maintenance rate is "
              + bracket.maintenanceRate()
              + ", expected above "
              + before.maintenanceRate()
              + " and below 1");
      require(
          bracket.maxLeverage() >= 1 && bracket.maxLeverage() <= before.maxLeverage(),
          i,
          "its leverage is " + bracket.maxLeverage() + ", expected 1 to " + before.maxLeverage());
      require(
          Math.abs(bracket.maintenanceAmount() - amount) <= TOLERANCE * Math.max(1, amount),
          i,
          "its maintenance amount is "
              + bracket.maintenanceAmount()
              + ", the recurrence gives "
              + amount);
      before = bracket;
    }
    brackets = List.copyOf(rising);
  }

  public List<Bracket> brackets() {
    return brackets;
  }

  /** Bracket of a notional; the last one beyond its cap. */
  public Bracket of(final double notional) {
    for (final Bracket bracket : brackets) {
      if (notional <= bracket.cap()) {
        return bracket;
      }
    }
    return brackets.get(brackets.size() - 1);
  }

  /**
   * The first bracket that holds at the notional that it leads to itself; the last one if none
   * does. Where maintenance margin is of the value at liquidation it is the only one, for that
   * margin has no jump and grows more slowly than the notional.
   */
  Bracket bracketHolding(final ToDoubleFunction<Bracket> notionalUnder) {
    for (final Bracket bracket : brackets) {
      if (notionalUnder.applyAsDouble(bracket) <= bracket.cap()) {
        return bracket;
      }
    }
    return brackets.get(brackets.size() - 1);
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof BracketTable table && brackets.equals(table.brackets);
  }

  @Override
  public int hashCode() {
    return brackets.hashCode();
  }

  private static void require(final boolean holds, final int index, final String flaw) {
    if (!holds) {
      throw new IllegalArgumentException("bracket " + (index + 1) + ": " + flaw);
    }
  }
}
