package io.liqmap.engine.core.structure;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * Price structure of one instrument: volume profile, swings and trend.
 *
 * <p>Prices and quantities are mantissas, times ns since 1970. Reads no clock: the same calls give
 * the same state. An earlier time than the latest one is ignored, and what comes with it counts at
 * the latest one. One thread; allocates nothing but when volume leaves the window of the profile,
 * which then grows.
 */
public final class Structure {
  /** Highest valid price. */
  static final long MAX_PRICE = 1L << 53;

  /** Latest valid time, in the year 2116. */
  static final long MAX_TIME = 1L << 62;

  private final StructureSettings settings;
  private final Lattice lattice;
  private final VolumeProfile profile;
  private final Swings swings;
  private final Trend trend;

  private long time;
  private long due;
  private long price;

  /** Makes an empty structure. */
  public Structure(final StructureSettings settings, final Lattice lattice) {
    this.settings = settings;
    this.lattice = lattice;
    profile = new VolumeProfile(settings.halfLifeNanos(), lattice);
    swings = new Swings(settings.scalesBps());
    trend = new Trend(settings.windowsNanos(), settings.deadBandBps());
    schedule();
  }

  /** Moves the time, when something happens that has neither price nor volume. */
  public void onTime(final long timeNanos) {
    if (timeNanos > time) {
      if (timeNanos < due) {
        time = timeNanos;
      } else if (timeNanos <= MAX_TIME) {
        time = timeNanos;
        profile.advance(timeNanos);
        trend.advance(timeNanos, price);
        schedule();
      }
    }
  }

  private void schedule() {
    due = Math.min(MAX_TIME + 1, Math.min(profile.nextStep(), trend.nextSample()));
  }

  /**
   * Applies the next price.
   *
   * @param newPrice mantissa, 1 to 2⁵³; another one is ignored
   */
  public void onPrice(final long timeNanos, final long newPrice) {
    onTime(timeNanos);
    if (newPrice > 0 && newPrice <= MAX_PRICE) {
      price = newPrice;
      swings.onPrice(time, newPrice);
    }
  }

  /**
   * Counts a traded quantity, at the time that was given last.
   *
   * @param bucket of the lattice
   * @param quantity above 0; another one is ignored
   */
  public void onVolume(final int bucket, final double quantity) {
    profile.add(bucket, quantity);
  }

  public StructureSettings settings() {
    return settings;
  }

  /** Latest time, ns. */
  public long time() {
    return time;
  }

  /** Last price, 0 before the first. */
  public long price() {
    return price;
  }

  /**
   * Kinds of levels in a range of buckets, both ends included, as bits of {@link LevelKind}: point
   * of control and swings, which need no allocation; the others need a snapshot.
   */
  public int kindsWithin(final int lowBucket, final int highBucket) {
    final int control = profile.pointOfControl();
    final int kinds =
        control >= lowBucket && control <= highBucket ? LevelKind.POINT_OF_CONTROL.bit() : 0;
    return kinds
        | swings.kindsWithin(
            (long) StrictMath.ceil(lattice.edge(lowBucket)),
            (long) StrictMath.ceil(lattice.edge(highBucket + 1)) - 1);
  }

  /** Snapshot, made on the thread that owns the structure; not for the hot path. */
  public StructureSnapshot snapshot() {
    return StructureSnapshot.of(this);
  }

  Lattice lattice() {
    return lattice;
  }

  VolumeProfile profile() {
    return profile;
  }

  Swings swings() {
    return swings;
  }

  Trend trend() {
    return trend;
  }

  /** Appends the state: time, price, then profile, swings and trend. */
  public void encode(final StateWriter out) {
    out.putLong(time);
    out.putLong(price);
    profile.encode(out);
    swings.encode(out);
    trend.encode(out);
  }

  /**
   * Reads a state that was written under the same settings and lattice.
   *
   * @throws IllegalStateException if it ends too early or has a value out of range; the structure
   *     is of no use then
   */
  public void decode(final StateReader in) {
    time = in.getLong(0, MAX_TIME);
    price = in.getLong(0, MAX_PRICE);
    profile.decode(in, time);
    swings.decode(in, time, price);
    trend.decode(in, time, price);
    schedule();
  }
}
