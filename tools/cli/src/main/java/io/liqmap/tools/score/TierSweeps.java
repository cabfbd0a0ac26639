package io.liqmap.tools.score;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.Side;

/** What mark swept from each distance tier of a map, for a share of one. */
interface TierSweeps {
  /** No model of the journal has distance tiers. */
  TierSweeps NONE =
      new TierSweeps() {
        @Override
        public double[] edges() {
          return new double[1];
        }

        @Override
        public double swept(final InstrumentMap map, final Side side, final int tier) {
          return 0;
        }

        @Override
        public double mass(final InstrumentMap map, final Side side) {
          return 0;
        }
      };

  /** Edges of the tiers, one more than tiers: log distances of liquidation from entry, rising. */
  double[] edges();

  /** All that was swept so far, quote asset. */
  double swept(InstrumentMap map, Side side, int tier);

  /** Share of open interest within all tiers now. */
  double mass(InstrumentMap map, Side side);

  default int tiers() {
    return edges().length - 1;
  }
}
