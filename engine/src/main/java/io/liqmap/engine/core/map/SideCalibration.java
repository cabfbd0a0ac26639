package io.liqmap.engine.core.map;

import io.liqmap.engine.core.calibration.LearnedProfile;
import io.liqmap.engine.core.calibration.OnlineScore;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/** Score of one side of one model, and what its profile learns. One thread. */
final class SideCalibration {
  /** Effective accounts with which a measurement has half of its full weight. */
  private static final double FEW_ACCOUNTS = 50;

  private final EntryLedger ledger;

  /** Null where the model doesn't learn. */
  private final LearnedProfile learned;

  private final OnlineScore score = new OnlineScore();
  private final double[] sweptOfTierBefore;
  private final double[] swept;

  /** Of measured positions by tier, for a moment. */
  private final double[] shares;

  private double sweptBefore;

  /** Liquidations expected of no level so far, quote asset mantissas. */
  private double background;

  SideCalibration(final EntryLedger ledger, final LearnedProfile learned) {
    this.ledger = ledger;
    this.learned = learned;
    final int tiers = learned == null ? 0 : learned.tiers();
    sweptOfTierBefore = new double[tiers];
    swept = new double[tiers];
    shares = new double[tiers];
  }

  /** Begins a window. */
  void begin() {
    sweptBefore = ledger.sweptNotional();
    for (int tier = 0; tier < sweptOfTierBefore.length; tier++) {
      sweptOfTierBefore[tier] = ledger.sweptOfTier(tier);
    }
  }

  /**
   * Learns from a window that has ended.
   *
   * @param open open interest at its start, quote asset mantissas
   * @param liquidated quote asset mantissas, corrected for what the venue doesn't report
   * @param move largest move of the price against the side, relative
   * @param nanos its length
   * @param unit quote asset for a mantissa
   * @return whether the status of the score has changed
   */
  boolean end(
      final double open,
      final double liquidated,
      final double move,
      final long nanos,
      final long at,
      final double unit) {
    final double expected = ledger.sweptNotional() - sweptBefore;
    if (learned != null) {
      for (int tier = 0; tier < swept.length; tier++) {
        swept[tier] = (ledger.sweptOfTier(tier) - sweptOfTierBefore[tier]) / open;
      }
      background += learned.learn(swept, liquidated / open, move, nanos) * open;
      applyShares();
    }
    return score.add(at, expected * unit, liquidated * unit);
  }

  /**
   * Lets measured positions take over a part of the prior, by how much of the open interest they
   * are and of how many accounts.
   *
   * @param coverage part of the open interest that was measured, 0 or more
   */
  void measure(final MeasuredProfile measured, final Side side, final double coverage) {
    final double accounts = measured.effectiveAccounts(side);
    final double weight = Math.min(1, coverage) * accounts / (accounts + FEW_ACCOUNTS);
    if (learned != null && weight > 0) {
      for (int tier = 0; tier < shares.length; tier++) {
        shares[tier] = measured.share(side, tier);
      }
      learned.measure(shares, weight);
      applyShares();
    }
  }

  private void applyShares() {
    if (learned.hasLearned()) {
      ledger.setShares(learned.shares());
    }
  }

  LearnedProfile learned() {
    return learned;
  }

  double background() {
    return background;
  }

  OnlineScore score() {
    return score;
  }

  void encode(final StateWriter out) {
    out.putDouble(sweptBefore);
    out.putDouble(background);
    for (final double before : sweptOfTierBefore) {
      out.putDouble(before);
    }
    if (learned != null) {
      learned.encode(out);
    }
    score.encode(out);
  }

  void decode(final StateReader in) {
    sweptBefore = in.getDouble();
    background = in.getDouble();
    for (int tier = 0; tier < sweptOfTierBefore.length; tier++) {
      sweptOfTierBefore[tier] = in.getDouble();
    }
    if (learned != null) {
      learned.decode(in);
      applyShares();
    }
    score.decode(in);
  }
}
