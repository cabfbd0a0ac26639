package io.liqmap.engine.core.map;

import java.util.Arrays;

/**
 * What has changed in one side of a {@link LiquidationDensity} since its changes were last
 * forgotten, by <em>place</em>: how far a bucket lies above the side's origin.
 *
 * <p>Notionals are in the quote asset. On the thread that owns the map.
 */
public final class BucketChanges {
  /** Places of a block; a power of two. */
  public static final int BLOCK = 16;

  private final PlaceSet places = new PlaceSet();
  private double[] moved = new double[0];
  private double grown;
  private int occupied;
  private boolean isAll = true;

  void reserve(final int count) {
    places.reserve(count);
    if (moved.length < count / BLOCK) {
      moved = new double[count / BLOCK];
    }
  }

  void addAll() {
    isAll = true;
  }

  void add(final int place, final double before, final double now) {
    places.add(place);
    moved[place / BLOCK] += Math.abs(now - before);
    grown += now - before;
    occupied += (now > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
  }

  void forget() {
    places.clear();
    Arrays.fill(moved, 0);
    grown = 0;
    occupied = 0;
    isAll = false;
  }

  /** Whether anything may have changed; the rest is of no use then. */
  public boolean isAll() {
    return isAll;
  }

  /** Places that have changed, or the positions behind their notional, a bit each; read only. */
  public long[] places() {
    return places.bits();
  }

  /** Whether anything has changed between two places, both included. */
  public boolean isIn(final int from, final int to) {
    if (isAll) {
      return true;
    }
    final long[] bits = places.bits();
    for (int word = from >> 6; word <= to >> 6; word++) {
      if ((bits[word] & mask(word, from, to)) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Which of a word's 64 places, a bit each, lie between two places, both included. */
  public static long mask(final int word, final int from, final int to) {
    if (word < from >> 6 || word > to >> 6) {
      return 0;
    }
    final long above = word == from >> 6 ? -1L << from : -1L;
    return word == to >> 6 ? above & -1L >>> ~to : above;
  }

  /** Sums of the changes of notionals, rises and falls alike, by block; read only. */
  public double[] moved() {
    return moved;
  }

  /** Sum of the changes of notionals, falls below 0. */
  public double grown() {
    return grown;
  }

  /** How many more buckets hold anything. */
  public int occupied() {
    return occupied;
  }
}
