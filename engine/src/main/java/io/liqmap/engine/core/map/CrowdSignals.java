package io.liqmap.engine.core.map;

import io.liqmap.engine.core.model.SkewSettings;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/** What the crowd does, each signal −1 (all short) to 1 (all long), 0 where unknown. One thread. */
final class CrowdSignals {
  /** A funding rate of 0.05 % an interval counts as a crowd on one side. */
  private static final double FULL_FUNDING = 500_000;

  private static final double PARITY = 1e9;

  /** How fast the taker flow follows the volume between two updates of open interest. */
  private static final double FLOW_STEP = 1.0 / 8;

  private double funding;
  private double takerFlow;
  private double accounts;

  /** Funding rate, 10⁻⁹ for one interval. */
  void onFunding(final long rate) {
    funding = Math.max(-1, Math.min(1, rate / FULL_FUNDING));
  }

  /** Accounts that are long over those that are short, 10⁻⁹. */
  void onAccountRatio(final long ratio) {
    accounts = (ratio - PARITY) / (ratio + PARITY);
  }

  void onVolume(final double buys, final double sells) {
    if (buys + sells > 0) {
      takerFlow += ((buys - sells) / (buys + sells) - takerFlow) * FLOW_STEP;
    }
  }

  double leverageTilt(final SkewSettings skew) {
    return skew.funding().leverage() * funding
        + skew.takerFlow().leverage() * takerFlow
        + skew.accounts().leverage() * accounts;
  }

  double leanTilt(final SkewSettings skew) {
    return skew.funding().lean() * funding
        + skew.takerFlow().lean() * takerFlow
        + skew.accounts().lean() * accounts;
  }

  void encode(final StateWriter out) {
    out.putDouble(funding);
    out.putDouble(takerFlow);
    out.putDouble(accounts);
  }

  void decode(final StateReader in) {
    funding = in.getDouble();
    takerFlow = in.getDouble();
    accounts = in.getDouble();
  }
}
