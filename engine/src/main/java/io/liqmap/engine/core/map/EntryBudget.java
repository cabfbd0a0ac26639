package io.liqmap.engine.core.map;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;

/**
 * How much memory the entry buckets of all instruments may use, so that no feed can use more by
 * prices that lie far apart.
 *
 * <p>An instrument is charged for the buckets between the lowest and the highest price that it ever
 * traded at, as a power of two, 1,024 at least: its span is never larger. So the charge follows
 * from settings and events alone, the same in every shard, in a replay and behind a snapshot; it
 * never shrinks. A message that would exceed the budget is rejected. One thread; allocates nothing
 * once made.
 */
public final class EntryBudget {
  /** As much as there can be: journals that were made before there was a budget had none. */
  public static final long UNLIMITED = Long.MAX_VALUE / 2;

  private static final long NO_LOWEST = Long.MAX_VALUE;
  private static final long NO_HIGHEST = 0;
  private static final long MAX_PRICE = 1L << 53;

  /** Opened, settled, and what the running hour opened. */
  private static final int PER_LEDGER = 3;

  /** Opening time, what exits, what is kept. */
  private static final int PER_WEIGHED_LEDGER = 3;

  /** Pending trades by taker side. */
  private static final int PER_PENDING_TRADES = 2;

  /** Volume profile, scratch, projections of both sides and what clusters are made of. */
  private static final int PER_INSTRUMENT = 20;

  private final Lattice lattice;
  private final long most;
  private final long bytesPerBucket;
  private final int[] buckets;
  private final long[] lowest;
  private final long[] highest;
  private long charged;

  /**
   * Starts with no instrument.
   *
   * @param maxInstruments they have numbers below this, 1 or more
   */
  public EntryBudget(final MapSettings settings, final Lattice lattice, final int maxInstruments) {
    this.lattice = lattice;
    most = settings.memoryBytes();
    bytesPerBucket = bytesPerBucket(settings);
    buckets = new int[maxInstruments];
    lowest = new long[maxInstruments];
    highest = new long[maxInstruments];
    Arrays.fill(lowest, NO_LOWEST);
  }

  /** The same charges, for another shard. */
  public EntryBudget(final EntryBudget other) {
    lattice = other.lattice;
    most = other.most;
    bytesPerBucket = other.bytesPerBucket;
    buckets = other.buckets.clone();
    lowest = other.lowest.clone();
    highest = other.highest.clone();
    charged = other.charged;
  }

  /** Most memory of an instrument's entry bucket, cohorts included, bytes. */
  static long bytesPerBucket(final MapSettings settings) {
    long doubles = PER_INSTRUMENT + PER_PENDING_TRADES;
    for (final ModelSettings model : settings.models()) {
      final int weighed = model.exits().isProportional() ? 0 : PER_WEIGHED_LEDGER;
      doubles += 2L * (PER_LEDGER + weighed + 2 * model.profile().size()) + PER_PENDING_TRADES;
    }
    return doubles * Double.BYTES + 2L * settings.models().size() * Cohorts.BYTES_PER_BUCKET;
  }

  /**
   * Charges for an instrument, once.
   *
   * @return whether there is, or was, room for it
   */
  public boolean define(final int instrument) {
    return isDefined(instrument) || charge(instrument, BucketSpan.INITIAL_SIZE);
  }

  /** Whether there was room for an instrument. */
  public boolean isDefined(final int instrument) {
    return buckets[instrument] > 0;
  }

  /**
   * Charges for a trade.
   *
   * @param price mantissa, 1 or more
   * @return whether there is room for it
   */
  public boolean trade(final int instrument, final long price) {
    return (price >= lowest[instrument] && price <= highest[instrument])
        || widen(instrument, price);
  }

  private boolean widen(final int instrument, final long price) {
    if (!isDefined(instrument)) {
      return false;
    }
    final long low = Math.min(lowest[instrument], price);
    final long high = Math.max(highest[instrument], price);
    final int needed = bucketsBetween(low, high);
    if (needed > buckets[instrument] && !charge(instrument, needed)) {
      return false;
    }
    lowest[instrument] = low;
    highest[instrument] = high;
    return true;
  }

  /** A look-up may give the bucket beside where several share a bound. */
  private int bucketsBetween(final long low, final long high) {
    final int width = lattice.bucketOf(high, -1) - lattice.bucketOf(low, -1) + 3;
    return Math.max(BucketSpan.INITIAL_SIZE, Integer.highestOneBit(width - 1) << 1);
  }

  private boolean charge(final int instrument, final int newBuckets) {
    final long more = (newBuckets - buckets[instrument]) * bytesPerBucket;
    if (more > most - charged) {
      return false;
    }
    charged += more;
    buckets[instrument] = newBuckets;
    return true;
  }

  /** Writes what was charged for an instrument. */
  public void encode(final int instrument, final StateWriter out) {
    out.putLong(isDefined(instrument) ? 1 : 0);
    out.putLong(lowest[instrument]);
    out.putLong(highest[instrument]);
  }

  /**
   * Reads what was charged for an instrument.
   *
   * @throws IllegalStateException if the bytes are no such state
   */
  public void decode(final int instrument, final StateReader in) {
    final boolean isIn = in.getInt(0, 1) == 1;
    final long low = in.getLong(1, NO_LOWEST);
    final long high = in.getLong(NO_HIGHEST, MAX_PRICE);
    final boolean hasTraded = low <= high;
    if (!hasTraded && (low != NO_LOWEST || high != NO_HIGHEST)) {
      throw new IllegalStateException("the state has a lowest price above the highest");
    }
    if (isIn && !(hasTraded ? charge(instrument, bucketsBetween(low, high)) : define(instrument))) {
      throw new IllegalStateException("the state takes more than its settings allow");
    }
    lowest[instrument] = low;
    highest[instrument] = high;
  }
}
