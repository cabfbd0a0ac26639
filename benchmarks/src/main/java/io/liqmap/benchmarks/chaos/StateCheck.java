package io.liqmap.benchmarks.chaos;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.shared.view.ViewReader;

/**
 * Checks that each state read of an instrument is consistent and newer than the last. One thread.
 */
final class StateCheck {
  private static final double ROUNDING = 1e-9;

  private final ViewReader reader;
  private final String name;
  private long states;
  private long publication;
  private long sequence;
  private long bodySequence;

  StateCheck(final ViewReader reader, final int instrument) {
    this.reader = reader;
    name = "the view of instrument " + instrument;
  }

  /** Reads the newest state; returns its flaw, or null. */
  String refresh() {
    if (!reader.refresh()) {
      return null;
    }
    states++;
    String flaw = null;
    if (reader.publication() <= publication
        || reader.sequence() < sequence
        || reader.bodySequence() < bodySequence
        || reader.bodySequence() > reader.sequence()) {
      flaw = "is older than the one before";
    } else if (!isOfOnePrice()) {
      flaw = "has a mark of two prices";
    } else if (!isRising(Side.LONG) || !isRising(Side.SHORT)) {
      flaw = "has sums that fall";
    } else if (!areClustersWhole()) {
      flaw = "has a cluster that is none";
    }
    publication = reader.publication();
    sequence = reader.sequence();
    bodySequence = reader.bodySequence();
    return flaw == null ? null : name + ", publication " + publication + ": " + flaw;
  }

  private boolean isOfOnePrice() {
    if (reader.markBucket() < 0) {
      return true;
    }
    final double price = reader.markMantissa() * reader.priceUnit();
    return Math.abs(reader.markPrice() - price) <= ROUNDING * price
        && reader.priceLow(reader.markBucket()) <= price * (1 + ROUNDING)
        && reader.priceLow(reader.markBucket() + 1) >= price * (1 - ROUNDING);
  }

  private boolean isRising(final Side side) {
    double before = 0;
    for (final double sum : reader.cumulative(side)) {
      // A difference of sums may be off by a rounding.
      if (!(sum >= before * (1 - ROUNDING))) {
        return false;
      }
      before = sum;
    }
    return reader.beyond(side) >= 0;
  }

  private boolean areClustersWhole() {
    for (int i = 0; i < reader.clusters(); i++) {
      if (reader.clusterLowBucket(i) > reader.clusterPeakBucket(i)
          || reader.clusterPeakBucket(i) > reader.clusterHighBucket(i)
          || reader.clusterPeakNotional(i) > reader.clusterNotional(i) * (1 + ROUNDING)
          || reader.clusterNotional(i) > reader.clusterLargest(i) * (1 + ROUNDING)) {
        return false;
      }
    }
    return true;
  }

  long states() {
    return states;
  }
}
