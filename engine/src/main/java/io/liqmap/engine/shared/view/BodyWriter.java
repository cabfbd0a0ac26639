package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.clusters.LiveCluster;
import io.liqmap.engine.core.clusters.MaxPain;
import io.liqmap.engine.core.margin.Side;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes bodies of a region: notionals outward from mark, and records of clusters. On the thread
 * that owns the map; allocates nothing once made.
 */
final class BodyWriter {
  private final ViewLayout layout;
  private final UnsafeBuffer buffer;
  private final DoubleBuffer doubles;
  private final double priceUnit;
  private final RegionWriter slots;
  private final double logWidth;
  private final double[] longs;
  private final double[] shorts;
  private final MaxPain maxPain;
  private final UnsafeBuffer records;
  private int slot;
  private int anchor;
  private int countLongs;
  private int countShorts;
  private double maxPainLong = Double.NaN;
  private double maxPainShort = Double.NaN;
  private double maxPainBoth = Double.NaN;

  BodyWriter(
      final ViewMemory memory,
      final RegionWriter slots,
      final double priceUnit,
      final double resolutionBps) {
    this.priceUnit = priceUnit;
    this.slots = slots;
    layout = memory.layout();
    buffer = memory.buffer();
    doubles = memory.bytes().asDoubleBuffer();
    logWidth = memory.logWidth();
    longs = new double[layout.buckets()];
    shorts = new double[layout.buckets()];
    maxPain = new MaxPain(resolutionBps);
    records = new UnsafeBuffer(new byte[layout.cluster(layout.clusters()) - layout.cluster(0)]);
  }

  /** Begins a body whose sides are counted outward from a bucket. */
  void begin(final int from) {
    slot = slots.beginBody();
    anchor = from;
    buffer.putInt(slot + ViewLayout.ANCHOR, anchor);
  }

  /**
   * Adds up the longs outward from the anchor. What lies behind it counts in it: only a group has
   * that, of members whose own marks are there.
   *
   * @param origin bucket of the first number
   * @param first lowest bucket that holds anything
   * @param last highest bucket that holds anything
   */
  void longs(final double[] notionals, final int origin, final int first, final int last) {
    final int end = anchor - first;
    final double behind = sum(notionals, Math.max(first, anchor + 1) - origin, last - origin);
    countLongs = sum(Side.LONG, notionals, anchor - origin, end, behind, longs);
    put(longs, slot + ViewLayout.CUMULATIVE);
    final double beyond = beyond(Side.LONG, notionals, anchor - origin, end);
    buffer.putDouble(slot + ViewLayout.BEYOND_LONG, beyond);
  }

  /** The same of the shorts. */
  void shorts(final double[] notionals, final int origin, final int first, final int last) {
    final int end = last - anchor;
    final double behind = sum(notionals, first - origin, Math.min(last, anchor - 1) - origin);
    countShorts = sum(Side.SHORT, notionals, anchor - origin, end, behind, shorts);
    put(shorts, slot + layout.cumulativeShort());
    final double beyond = beyond(Side.SHORT, notionals, anchor - origin, end);
    buffer.putDouble(slot + ViewLayout.BEYOND_SHORT, beyond);
  }

  private static double sum(final double[] notionals, final int from, final int to) {
    double sum = 0;
    for (int place = from; place <= to; place++) {
      sum += notionals[place];
    }
    return sum;
  }

  /** Returns from how many numbers on the sum stays the same. */
  private static int sum(
      final Side side,
      final double[] notionals,
      final int anchorPlace,
      final int end,
      final double behind,
      final double[] cumulative) {
    final int least = behind > 0 ? 0 : -1;
    final int filled = Math.max(0, Math.min(cumulative.length, Math.max(least, end) + 1));
    double sum = behind;
    for (int i = 0; i < filled; i++) {
      sum += at(notionals, anchorPlace - side.sign() * i);
      cumulative[i] = sum;
    }
    Arrays.fill(cumulative, filled, cumulative.length, sum);
    return filled;
  }

  /** Mark may have left all that there is. */
  private static double at(final double[] notionals, final int place) {
    return place >= 0 && place < notionals.length ? notionals[place] : 0;
  }

  private double beyond(
      final Side side, final double[] notionals, final int anchorPlace, final int end) {
    double beyond = 0;
    for (int i = longs.length; i <= end; i++) {
      beyond += at(notionals, anchorPlace - side.sign() * i);
    }
    return beyond;
  }

  private void put(final double[] cumulative, final int at) {
    doubles.put(at / Double.BYTES, cumulative, 0, cumulative.length);
  }

  /** Records of clusters, the first at 0; they stay from body to body. */
  UnsafeBuffer records() {
    return records;
  }

  /** Place of a cluster's record. */
  int record(final int cluster) {
    return layout.cluster(cluster) - layout.cluster(0);
  }

  /**
   * Records a tracked cluster.
   *
   * @param confluence bits of the price structure in it
   * @param leverages how many there is room for
   */
  void put(final int number, final LiveCluster cluster, final int confluence, final int leverages) {
    final int at = record(number);
    records.putLong(at + ViewLayout.CLUSTER_ID, cluster.id());
    records.putInt(at + ViewLayout.CLUSTER_SIDE, cluster.side() == Side.LONG ? 0 : 1);
    records.putInt(at + ViewLayout.CLUSTER_STATE, cluster.state().ordinal());
    records.putLong(at + ViewLayout.CLUSTER_BORN, cluster.bornNanos());
    records.putInt(at + ViewLayout.CLUSTER_LOW, cluster.lowBucket());
    records.putInt(at + ViewLayout.CLUSTER_HIGH, cluster.highBucket());
    records.putInt(at + ViewLayout.CLUSTER_PEAK, cluster.peakBucket());
    records.putInt(at + ViewLayout.CLUSTER_CONFLUENCE, confluence);
    records.putDouble(at + ViewLayout.CLUSTER_NOTIONAL, cluster.notional());
    records.putDouble(at + ViewLayout.CLUSTER_PEAK_NOTIONAL, cluster.peakNotional());
    records.putDouble(at + ViewLayout.CLUSTER_LARGEST, cluster.largestNotional());
    for (int i = 0; i < leverages; i++) {
      records.putDouble(at + ViewLayout.CLUSTER_BY_LEVERAGE + 8 * i, cluster.notional(i));
    }
  }

  /** Puts the records of a group's members. */
  void members(final UnsafeBuffer members) {
    buffer.putBytes(slot + layout.memberRecords(), members, 0, members.capacity());
  }

  /** How many of some clusters there is room for. */
  int room(final int clusters) {
    return Math.min(layout.clusters(), clusters);
  }

  void end(final int clusters) {
    maxPain.find(longs, countLongs, shorts, countShorts);
    maxPainLong = price(anchor + maxPain.place(Side.LONG));
    maxPainShort = price(anchor + maxPain.place(Side.SHORT));
    maxPainBoth = price(anchor + maxPain.place());
    buffer.putInt(slot + ViewLayout.CLUSTER_COUNT, clusters);
    buffer.putBytes(
        slot + layout.cluster(0), records, 0, layout.cluster(clusters) - layout.cluster(0));
    slots.endBody();
  }

  private double price(final double place) {
    return StrictMath.exp(place * logWidth) * priceUnit;
  }

  /** Puts what a header says of the last body. */
  void putMaxPain(final int header) {
    buffer.putDouble(header + ViewLayout.MAX_PAIN_LONG, maxPainLong);
    buffer.putDouble(header + ViewLayout.MAX_PAIN_LONG_NOTIONAL, maxPain.notional(Side.LONG));
    buffer.putDouble(header + ViewLayout.MAX_PAIN_SHORT, maxPainShort);
    buffer.putDouble(header + ViewLayout.MAX_PAIN_SHORT_NOTIONAL, maxPain.notional(Side.SHORT));
    buffer.putDouble(header + ViewLayout.MAX_PAIN, maxPainBoth);
    buffer.putDouble(header + ViewLayout.MAX_PAIN_NOTIONAL, maxPain.notional());
  }
}
