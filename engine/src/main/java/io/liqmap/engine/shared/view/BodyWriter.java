package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.clusters.MaxPain;
import io.liqmap.engine.core.map.InstrumentMap;
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
  private final InstrumentMap map;
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

  BodyWriter(final ViewMemory memory, final RegionWriter slots, final InstrumentMap map) {
    this.map = map;
    this.slots = slots;
    layout = memory.layout();
    buffer = memory.buffer();
    doubles = memory.bytes().asDoubleBuffer();
    logWidth = memory.logWidth();
    longs = new double[layout.buckets()];
    shorts = new double[layout.buckets()];
    maxPain = new MaxPain(map.lattice().resolutionBps());
    records = new UnsafeBuffer(new byte[layout.cluster(layout.clusters()) - layout.cluster(0)]);
  }

  void begin() {
    slot = slots.beginBody();
    anchor = map.markBucket();
    buffer.putInt(slot + ViewLayout.ANCHOR, anchor);
  }

  /**
   * Adds up the longs outward from the anchor; their buckets on the other side of it are empty.
   *
   * @param origin bucket of the first number
   * @param first lowest bucket that holds anything
   */
  void longs(final double[] notionals, final int origin, final int first) {
    final int end = anchor - first;
    countLongs = sum(Side.LONG, notionals, anchor - origin, end, longs);
    put(longs, slot + ViewLayout.CUMULATIVE);
    final double beyond = beyond(Side.LONG, notionals, anchor - origin, end);
    buffer.putDouble(slot + ViewLayout.BEYOND_LONG, beyond);
  }

  /**
   * The same of the shorts.
   *
   * @param last highest bucket that holds anything
   */
  void shorts(final double[] notionals, final int origin, final int last) {
    final int end = last - anchor;
    countShorts = sum(Side.SHORT, notionals, anchor - origin, end, shorts);
    put(shorts, slot + layout.cumulativeShort());
    final double beyond = beyond(Side.SHORT, notionals, anchor - origin, end);
    buffer.putDouble(slot + ViewLayout.BEYOND_SHORT, beyond);
  }

  /** Returns from how many numbers on the sum stays the same. */
  private static int sum(
      final Side side,
      final double[] notionals,
      final int anchorPlace,
      final int end,
      final double[] cumulative) {
    final int filled = Math.max(0, Math.min(cumulative.length, end + 1));
    double sum = 0;
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
    return StrictMath.exp(place * logWidth) * map.instrument().priceUnit();
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
