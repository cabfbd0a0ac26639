package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.clusters.ClusterState;
import io.liqmap.engine.core.margin.Side;
import java.nio.DoubleBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes states of which every field follows from one number, by the protocol of the real
 * writer: a mixture of two of them shows.
 *
 * <p>The header's number grows with each publication, the body's with each body; the header says
 * which body it goes with.
 */
public final class NumberedStates {
  static final ViewSettings SETTINGS = new ViewSettings(2, 64, 4, 3, 5);

  private static final int ANY_BUCKET = 20_000;

  private final ViewLayout layout;
  private final UnsafeBuffer buffer;
  private final DoubleBuffer doubles;
  private final RegionWriter slots;
  private final double[] cumulative;
  private long header;
  private long body;

  public NumberedStates(final ViewMemory memory, final int instrument) {
    layout = memory.layout();
    buffer = memory.buffer();
    doubles = memory.bytes().asDoubleBuffer();
    slots = new RegionWriter(memory, instrument);
    cumulative = new double[layout.buckets()];
    final int region = layout.region(instrument);
    buffer.putStringWithoutLengthAscii(region + ViewLayout.SYMBOL, "NUMBERED" + instrument);
    buffer.putStringWithoutLengthAscii(region + ViewLayout.BASE_ASSET, "BASE");
    buffer.putStringWithoutLengthAscii(region + ViewLayout.QUOTE_ASSET, "QUOTE");
    buffer.putDouble(region + ViewLayout.PRICE_UNIT, .5);
    buffer.putInt(region + ViewLayout.LEVERAGE_COUNT, layout.leverages());
    for (int i = 0; i < layout.leverages(); i++) {
      buffer.putDouble(region + ViewLayout.LEVERAGE_VALUES + 8 * i, 10.0 * (i + 1));
    }
  }

  /** Number of the last publication. */
  public long last() {
    return header;
  }

  /** Publishes the next state. */
  public void publish(final boolean isBodyNew) {
    if (isBodyNew) {
      body++;
      writeBody(slots.beginBody());
      slots.endBody();
    }
    header++;
    writeHeader(slots.beginHeader());
    slots.endHeader();
  }

  private void writeHeader(final int slot) {
    buffer.putLong(slot + ViewLayout.SEQUENCE, header);
    buffer.putLong(slot + ViewLayout.TIME, 3 * header);
    buffer.putLong(slot + ViewLayout.MARK_MANTISSA, 5 * header);
    buffer.putDouble(slot + ViewLayout.MARK, 2.5 * header);
    buffer.putDouble(slot + ViewLayout.OPEN_INTEREST, (double) body);
    buffer.putDouble(slot + ViewLayout.COVERAGE_LONG, 1.0 / header);
    buffer.putDouble(slot + ViewLayout.COVERAGE_SHORT, .5 / header);
    buffer.putLong(slot + ViewLayout.QUALITY, header & 127);
    buffer.putLong(slot + ViewLayout.MISSING, header + 1);
    buffer.putLong(slot + ViewLayout.REJECTED, header + 2);
    buffer.putDouble(slot + ViewLayout.VOLATILITY, header + 3.0);
    buffer.putDouble(slot + ViewLayout.IMPACT, header + 4.0);
    buffer.putDouble(slot + ViewLayout.SWEPT_LONG, header + 5.0);
    buffer.putDouble(slot + ViewLayout.SWEPT_SHORT, header + 6.0);
    buffer.putDouble(slot + ViewLayout.OBSERVED_LONG, header + 7.0);
    buffer.putDouble(slot + ViewLayout.OBSERVED_SHORT, header + 8.0);
    buffer.putInt(slot + ViewLayout.MARK_BUCKET, (int) header);
    buffer.putInt(slot + ViewLayout.CALIBRATION_LONG, (int) (header & 3));
    buffer.putInt(slot + ViewLayout.CALIBRATION_SHORT, (int) ((header + 1) & 3));
    buffer.putDouble(slot + ViewLayout.OUT_OF_REACH_LONG, header + 9.0);
    buffer.putDouble(slot + ViewLayout.OUT_OF_REACH_SHORT, header + 10.0);
    buffer.putDouble(slot + ViewLayout.UNMAPPED_LONG, header + 11.0);
    buffer.putDouble(slot + ViewLayout.UNMAPPED_SHORT, header + 12.0);
    for (int field = ViewLayout.RATIO; field <= ViewLayout.DAYS; field += Double.BYTES) {
      buffer.putDouble(slot + ViewLayout.SCORE_LONG + field, header + 13.0 + field);
      buffer.putDouble(slot + ViewLayout.SCORE_SHORT + field, header + 14.0 + field);
    }
  }

  private void writeBody(final int slot) {
    buffer.putInt(slot + ViewLayout.ANCHOR, (int) body);
    buffer.putDouble(slot + ViewLayout.BEYOND_LONG, body + .25);
    buffer.putDouble(slot + ViewLayout.BEYOND_SHORT, body + .5);
    fill(slot + ViewLayout.CUMULATIVE, 0);
    fill(slot + layout.cumulativeShort(), 1);
    final int clusters = clustersOf(body, layout.clusters());
    buffer.putInt(slot + ViewLayout.CLUSTER_COUNT, clusters);
    for (int i = 0; i < clusters; i++) {
      writeCluster(slot + layout.cluster(i), i);
    }
  }

  private void fill(final int at, final int side) {
    for (int i = 0; i < cumulative.length; i++) {
      cumulative[i] = cell(body, side, i);
    }
    doubles.put(at / Double.BYTES, cumulative, 0, cumulative.length);
  }

  private void writeCluster(final int at, final int index) {
    final long number = body + index;
    buffer.putLong(at + ViewLayout.CLUSTER_ID, number);
    buffer.putInt(at + ViewLayout.CLUSTER_SIDE, (int) (number & 1));
    buffer.putInt(at + ViewLayout.CLUSTER_STATE, (int) (number % 3));
    buffer.putLong(at + ViewLayout.CLUSTER_BORN, 7 * number);
    buffer.putInt(at + ViewLayout.CLUSTER_LOW, ANY_BUCKET + (int) number);
    buffer.putInt(at + ViewLayout.CLUSTER_HIGH, ANY_BUCKET + (int) number + 2);
    buffer.putInt(at + ViewLayout.CLUSTER_PEAK, ANY_BUCKET + (int) number + 1);
    buffer.putInt(at + ViewLayout.CLUSTER_CONFLUENCE, (int) number & 63);
    buffer.putDouble(at + ViewLayout.CLUSTER_NOTIONAL, number + .125);
    buffer.putDouble(at + ViewLayout.CLUSTER_PEAK_NOTIONAL, number + .25);
    buffer.putDouble(at + ViewLayout.CLUSTER_LARGEST, number + .5);
    for (int i = 0; i < layout.leverages(); i++) {
      buffer.putDouble(at + ViewLayout.CLUSTER_BY_LEVERAGE + 8 * i, number * (i + 1.0));
    }
  }

  private static int clustersOf(final long body, final int most) {
    return (int) (body % (most + 1));
  }

  private static double cell(final long body, final int side, final int index) {
    return body * 1_000.0 + 100.0 * side + index;
  }

  /** What is wrong with the state that a reader holds: null if it is one state. */
  public static String fault(final ViewReader view) {
    final String fault = headerFault(view);
    return fault != null ? fault : bodyFault(view, view.sequence(), (long) view.openInterest());
  }

  /** The same of the header alone, in much less time than it takes to publish. */
  static String headerFault(final ViewReader view) {
    final long header = view.sequence();
    if (view.publication() != header
        || view.time() != 3 * header
        || view.markMantissa() != 5 * header
        || view.markPrice() != 2.5 * header
        || view.coverage(Side.LONG) != 1.0 / header
        || view.coverage(Side.SHORT) != .5 / header
        || view.quality() != (header & 127)
        || view.missing() != header + 1
        || view.rejected() != header + 2
        || view.volatility() != header + 3
        || view.impact() != header + 4
        || view.sweptNotional(Side.LONG) != header + 5
        || view.sweptNotional(Side.SHORT) != header + 6
        || view.observedNotional(Side.LONG) != header + 7
        || view.observedNotional(Side.SHORT) != header + 8
        || view.markBucket() != (int) header
        || isScoreFaulty(view, header, Side.LONG)
        || isScoreFaulty(view, header + 1, Side.SHORT)) {
      return "header " + header + " is of several publications";
    }
    return null;
  }

  private static boolean isScoreFaulty(final ViewReader view, final long number, final Side side) {
    return CalibrationStatus.code(view.calibration(side)) != (number & 3)
        || view.outOfReach(side) != number + 9
        || view.unmapped(side) != number + 11
        || view.expectedOverRealised(side) != number + 13
        || view.expectedOverRealisedLow(side) != number + 21
        || view.expectedOverRealisedHigh(side) != number + 29
        || view.scoredDays(side) != number + 37;
  }

  private static String bodyFault(final ViewReader view, final long header, final long body) {
    if (view.anchorBucket() != (int) body
        || view.beyond(Side.LONG) != body + .25
        || view.beyond(Side.SHORT) != body + .5) {
      return "header " + header + " goes with body " + body + ", not " + view.anchorBucket();
    }
    for (final Side side : Side.values()) {
      final double[] cumulative = view.cumulative(side);
      for (int i = 0; i < cumulative.length; i++) {
        if (cumulative[i] != cell(body, side == Side.LONG ? 0 : 1, i)) {
          return "body " + body + " has " + cumulative[i] + " at " + side + " " + i;
        }
      }
    }
    return clusterFault(view, body);
  }

  private static String clusterFault(final ViewReader view, final long body) {
    if (view.clusters() != clustersOf(body, SETTINGS.clusters())) {
      return "body " + body + " has " + view.clusters() + " clusters";
    }
    for (int i = 0; i < view.clusters(); i++) {
      final long number = body + i;
      if (view.clusterId(i) != number
          || view.clusterSide(i) != ((number & 1) == 0 ? Side.LONG : Side.SHORT)
          || view.clusterState(i) != ClusterState.values()[(int) (number % 3)]
          || view.clusterBorn(i) != 7 * number
          || view.clusterLowBucket(i) != ANY_BUCKET + number
          || view.clusterHighBucket(i) != ANY_BUCKET + number + 2
          || view.clusterPeakBucket(i) != ANY_BUCKET + number + 1
          || view.clusterConfluence(i) != (number & 63)
          || view.clusterNotional(i) != number + .125
          || view.clusterPeakNotional(i) != number + .25
          || view.clusterLargest(i) != number + .5) {
        return "cluster " + i + " of body " + body + " is of several";
      }
      for (int leverage = 0; leverage < view.leverages(); leverage++) {
        if (view.clusterNotional(i, leverage) != (double) number * (leverage + 1)) {
          return "cluster " + i + " of body " + body + " has wrong leverages";
        }
      }
    }
    return null;
  }
}
