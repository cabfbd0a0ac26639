package io.liqmap.engine.map;

import io.liqmap.engine.lattice.Lattice;
import io.liqmap.engine.margin.DatedBrackets;
import io.liqmap.engine.margin.Side;
import io.liqmap.engine.model.ShiftLines;
import io.liqmap.engine.state.StateReader;
import io.liqmap.engine.state.StateWriter;

/**
 * The liquidation map of one instrument: takes its events one after another, and says what stands
 * where.
 *
 * <p>Prices and quantities are mantissas, quantities one-sided and in the base asset. Times are ns
 * since 1970. Reads no clock: the same events give the same state. One thread; allocates nothing
 * but when price leaves the window of entry buckets, which then grows.
 */
public final class InstrumentMap {
  private static final int INITIAL_SIZE = 1024;
  private static final int MAX_SIZE = 1 << 20;

  /** How fast the provisional open rate follows what open interest confirmed. */
  private static final double OPEN_RATE_STEP = 1.0 / 8;

  /**
   * Entries weigh at least this much until they are settled: without any weight the update could
   * not tell where it belongs, and with next to none it drowns in rounding.
   */
  private static final double MIN_OPEN_RATE = 1.0 / 1024;

  private static final int NO_BUCKET = -1;

  private final Instrument instrument;
  private final MapSettings settings;
  private final Lattice lattice;
  private final DatedBrackets brackets;
  private final EntryLedger longs;
  private final EntryLedger shorts;

  private int bracketIndex;
  private long bracketsUntil;
  private int nearestLong;
  private int nearestShort;

  private int base;
  private int size = INITIAL_SIZE;
  private long[] touched = new long[INITIAL_SIZE >> 6];
  private long[] occupied = new long[INITIAL_SIZE >> 6];

  private int lastBucket = NO_BUCKET;
  private int markBucket = NO_BUCKET;
  private long lastPrice;
  private long markPrice;
  private long indexPrice;
  private long fundingRate;
  private long time;
  private long markTime;
  private double openInterest = Double.NaN;
  private long openInterestTime;
  private double volume;
  private double openRate;
  private long trades;
  private double observedNotionalLong;
  private double observedNotionalShort;

  InstrumentMap(final Instrument instrument, final MapSettings settings, final Lattice lattice) {
    this.instrument = instrument;
    this.settings = settings;
    this.lattice = lattice;
    brackets = settings.brackets().of(instrument.symbol());
    bracketsUntil = brackets.until(0);
    longs = new EntryLedger(Side.LONG, lattice, lines(Side.LONG), size);
    shorts = new EntryLedger(Side.SHORT, lattice, lines(Side.SHORT), size);
    nearestLong = longs.lines().nearest();
    nearestShort = shorts.lines().nearest();
    openRate = settings.model().turnover();
    weigh();
  }

  private ShiftLines lines(final Side side) {
    return new ShiftLines(side, settings.model().profile(), brackets.table(bracketIndex), lattice);
  }

  /** Counts a trade as entries on both sides, provisionally. */
  public void onTrade(
      final long at, final long price, final double quantity, final boolean takerBuys) {
    advance(at);
    final int bucket = lattice.bucketOf(price, lastBucket);
    lastBucket = bucket;
    lastPrice = price;
    if (at - markTime > settings.markStaleNanos()) {
      mark(price, bucket);
    }
    if (bucket < base || bucket >= base + size) {
      accommodate(bucket);
    }
    final int cell = bucket & (size - 1);
    longs.add(cell, quantity, takerBuys);
    shorts.add(cell, quantity, takerBuys);
    touched[cell >> 6] |= 1L << cell;
    volume += quantity;
    trades++;
    if (bucket + nearestLong > markBucket) {
      longs.bury(bucket, markBucket, size - 1);
    }
    if (bucket + nearestShort < markBucket) {
      shorts.bury(bucket, markBucket, size - 1);
    }
  }

  /**
   * Moves mark, and sweeps what it crosses.
   *
   * @param index index price, 0 where the feed has none
   * @param funding 10⁻⁹ for one interval, 0 where the feed has none
   */
  public void onMark(final long at, final long price, final long index, final long funding) {
    advance(at);
    markTime = time;
    indexPrice = index;
    fundingRate = funding;
    mark(price, lattice.bucketOf(price, markBucket));
  }

  private void mark(final long price, final int bucket) {
    final int before = markBucket;
    markPrice = price;
    markBucket = bucket;
    if (before == bucket || before == NO_BUCKET) {
      return;
    }
    if (bucket > before) {
      shorts.sweep(before, bucket - 1, base, size);
    } else {
      longs.sweep(bucket + 1, before, base, size);
    }
  }

  /** Settles the entries since the last update: what stands meets the open interest. */
  public void onOpenInterest(final long at, final double quantity) {
    advance(at);
    final double change = Double.isNaN(openInterest) ? 0 : quantity - openInterest;
    final double replaced = settings.model().turnover() * Math.max(0, volume - Math.abs(change));
    final double amount = Math.min(Math.min(Math.max(0, change) + replaced, volume), quantity);
    longs.settle(quantity, amount, touched);
    shorts.settle(quantity, amount, touched);
    for (int word = 0; word < touched.length; word++) {
      occupied[word] |= touched[word];
      touched[word] = 0;
    }
    if (volume > 0) {
      openRate += (amount / volume - openRate) * OPEN_RATE_STEP;
    }
    openInterest = quantity;
    openInterestTime = time;
    volume = 0;
    weigh();
  }

  /** Takes note of a liquidation that the venue reported. */
  public void onLiquidation(
      final long at, final Side side, final long price, final double quantity) {
    advance(at);
    if (side == Side.LONG) {
      observedNotionalLong += quantity * price;
    } else {
      observedNotionalShort += quantity * price;
    }
  }

  private void advance(final long at) {
    if (at > time) {
      time = at;
      if (at >= bracketsUntil) {
        rebracket();
      }
    }
  }

  private void weigh() {
    final double rate = Math.max(openRate, MIN_OPEN_RATE);
    longs.weigh(rate, settings.model().takerLean());
    shorts.weigh(rate, settings.model().takerLean());
  }

  /** The venue has changed its brackets, for standing positions as well. */
  private void rebracket() {
    bracketIndex = brackets.indexAt(time);
    bracketsUntil = brackets.until(bracketIndex);
    final ShiftLines longLines = lines(Side.LONG);
    final ShiftLines shortLines = lines(Side.SHORT);
    longs.reshift(longLines, markBucket, openInterest, base, size);
    shorts.reshift(shortLines, markBucket, openInterest, base, size);
    nearestLong = longLines.nearest();
    nearestShort = shortLines.nearest();
    weigh();
  }

  /**
   * Slides the window of entry buckets so that it holds a bucket, or doubles it where what stands
   * would fall out.
   */
  private void accommodate(final int bucket) {
    final int[] span = new int[2];
    span(bucket, span);
    if (span[1] - span[0] >= size) {
      dropDead();
      span(bucket, span);
    }
    int newSize = size;
    while (span[1] - span[0] >= newSize) {
      newSize <<= 1;
    }
    if (newSize != size) {
      longs.grow(newSize, base);
      shorts.grow(newSize, base);
      touched = moved(touched, newSize);
      occupied = moved(occupied, newSize);
      size = newSize;
    }
    base = span[0] - (size - (span[1] - span[0] + 1)) / 2;
  }

  /** Lowest and highest bucket of the window that is in use, or {@code bucket}. */
  private void span(final int bucket, final int[] span) {
    span[0] = bucket;
    span[1] = bucket;
    for (int entry = base; entry < base + size; entry++) {
      if (isInUse(entry & (size - 1))) {
        span[0] = Math.min(span[0], entry);
        span[1] = Math.max(span[1], entry);
      }
    }
  }

  private void dropDead() {
    for (int cell = 0; cell < size; cell++) {
      if (isInUse(cell) && longs.isDead(cell) && shorts.isDead(cell)) {
        longs.clear(cell);
        shorts.clear(cell);
        occupied[cell >> 6] &= ~(1L << cell);
        touched[cell >> 6] &= ~(1L << cell);
      }
    }
  }

  private long[] moved(final long[] bits, final int newSize) {
    final long[] larger = new long[newSize >> 6];
    for (int entry = base; entry < base + size; entry++) {
      final int cell = entry & (size - 1);
      if ((bits[cell >> 6] >>> cell & 1) != 0) {
        final int newCell = entry & (newSize - 1);
        larger[newCell >> 6] |= 1L << newCell;
      }
    }
    return larger;
  }

  /** Whether anything was ever entered in a cell, and not dropped since. */
  boolean isInUse(final int cell) {
    return ((occupied[cell >> 6] | touched[cell >> 6]) >>> cell & 1) != 0;
  }

  /** The instrument. */
  public Instrument instrument() {
    return instrument;
  }

  /** Assumptions. */
  public MapSettings settings() {
    return settings;
  }

  /** The lattice. */
  public Lattice lattice() {
    return lattice;
  }

  /** Time of the last event, ns. */
  public long time() {
    return time;
  }

  /** Mark price, or what stands in for it; 0 before the first price. */
  public long markPrice() {
    return markPrice;
  }

  /** Bucket of the mark price, −1 before the first price. */
  public int markBucket() {
    return markBucket;
  }

  /** Index price, 0 where the feed has none. */
  public long indexPrice() {
    return indexPrice;
  }

  /** Funding rate, 10⁻⁹ for one interval, 0 where the feed has none. */
  public long fundingRate() {
    return fundingRate;
  }

  /** Price of the last trade, 0 before the first. */
  public long lastPrice() {
    return lastPrice;
  }

  /** One-sided open interest, NaN before the first. */
  public double openInterest() {
    return openInterest;
  }

  /** Trades so far. */
  public long trades() {
    return trades;
  }

  /** Whether the last price stands in for mark at a time. */
  public boolean isMarkMissing(final long now) {
    return markTime == 0 || now - markTime > settings.markStaleNanos();
  }

  /** Whether open interest is too old at a time. */
  public boolean isOpenInterestStale(final long now) {
    return openInterestTime == 0 || now - openInterestTime > settings.openInterestStaleNanos();
  }

  /** Open interest whose entry isn't known, quantity mantissas. */
  public double unmapped(final Side side) {
    return ledger(side).unmapped();
  }

  /** What stands, provisional entries included, quantity mantissas. */
  public double mapped(final Side side) {
    return ledger(side).mapped();
  }

  /** All that sweeps have taken off, quote asset. */
  public double sweptNotional(final Side side) {
    return ledger(side).sweptNotional() * notionalUnit();
  }

  /** All that sweeps have taken off, base asset. */
  public double sweptQuantity(final Side side) {
    return ledger(side).sweptQuantity() * instrument.quantityUnit();
  }

  /** All liquidations that the venue reported, quote asset. */
  public double observedNotional(final Side side) {
    return (side == Side.LONG ? observedNotionalLong : observedNotionalShort) * notionalUnit();
  }

  /** Leverage tiers of a side on the lattice, as the brackets in force put them. */
  public ShiftLines standingLines(final Side side) {
    return ledger(side).lines();
  }

  EntryLedger ledger(final Side side) {
    return side == Side.LONG ? longs : shorts;
  }

  int base() {
    return base;
  }

  int size() {
    return size;
  }

  private double notionalUnit() {
    return instrument.priceUnit() * instrument.quantityUnit();
  }

  void encode(final StateWriter out) {
    out.putLong(bracketIndex);
    out.putLong(base);
    out.putLong(size);
    out.putLong(lastBucket);
    out.putLong(markBucket);
    out.putLong(lastPrice);
    out.putLong(markPrice);
    out.putLong(indexPrice);
    out.putLong(fundingRate);
    out.putLong(time);
    out.putLong(markTime);
    out.putDouble(openInterest);
    out.putLong(openInterestTime);
    out.putDouble(volume);
    out.putDouble(openRate);
    out.putLong(trades);
    out.putDouble(observedNotionalLong);
    out.putDouble(observedNotionalShort);
    longs.encode(out);
    shorts.encode(out);
    final int countAt = out.position();
    out.putLong(0);
    int count = 0;
    for (int entry = base; entry < base + size; entry++) {
      final int cell = entry & (size - 1);
      if (isInUse(cell)) {
        out.putLong(entry);
        out.putLong((occupied[cell >> 6] >>> cell & 1) | (touched[cell >> 6] >>> cell & 1) << 1);
        longs.encodeCell(cell, out);
        shorts.encodeCell(cell, out);
        count++;
      }
    }
    out.patchLong(countAt, count);
  }

  void decode(final StateReader in) {
    bracketIndex = in.getInt(0, brackets.size() - 1);
    bracketsUntil = brackets.until(bracketIndex);
    base = in.getInt(-MAX_SIZE, MAX_SIZE);
    final int newSize = in.getInt(INITIAL_SIZE, MAX_SIZE);
    if (Integer.bitCount(newSize) != 1) {
      throw new IllegalStateException(
          "the state has a window of " + newSize + " buckets, not a power of two");
    }
    longs.grow(newSize, 0);
    shorts.grow(newSize, 0);
    size = newSize;
    touched = new long[size >> 6];
    occupied = new long[size >> 6];
    lastBucket = in.getInt(NO_BUCKET, lattice.buckets());
    markBucket = in.getInt(NO_BUCKET, lattice.buckets());
    lastPrice = in.getLong();
    markPrice = in.getLong();
    indexPrice = in.getLong();
    fundingRate = in.getLong();
    time = in.getLong();
    markTime = in.getLong();
    openInterest = in.getDouble();
    openInterestTime = in.getLong();
    volume = in.getDouble();
    openRate = in.getDouble();
    trades = in.getLong();
    observedNotionalLong = in.getDouble();
    observedNotionalShort = in.getDouble();
    longs.decode(in);
    shorts.decode(in);
    longs.reline(lines(Side.LONG));
    shorts.reline(lines(Side.SHORT));
    nearestLong = longs.lines().nearest();
    nearestShort = shorts.lines().nearest();
    for (int count = in.getInt(0, size); count > 0; count--) {
      final int cell = in.getInt(base, base + size - 1) & (size - 1);
      final int flags = in.getInt(1, 3);
      occupied[cell >> 6] |= (flags & 1L) << cell;
      touched[cell >> 6] |= (flags >> 1 & 1L) << cell;
      longs.decodeCell(cell, in);
      shorts.decodeCell(cell, in);
    }
  }
}
