package io.liqmap.engine.core.map;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ShiftLines;
import java.util.Arrays;
import java.util.List;

/**
 * Snapshot of one instrument's map by liquidation price at one moment: for reports, not for the hot
 * path. Immutable, for any thread.
 *
 * <p>Quantities are in the base asset, notionals in the quote asset at the centre of the bucket,
 * prices in quote asset per base asset.
 */
public final class MapSnapshot {
  private final Instrument instrument;
  private final MapSettings settings;
  private final Lattice lattice;
  private final String model;
  private final Window window;
  private final long since;
  private final double[] leverages;
  private final double openInterest;
  private final double markPrice;
  private final int markBucket;
  private final SideSnapshot longs;
  private final SideSnapshot shorts;

  private MapSnapshot(
      final InstrumentMap map, final int model, final Window window, final long now) {
    instrument = map.instrument();
    settings = map.settings();
    lattice = map.lattice();
    this.model = settings.models().get(model).name();
    this.window = window;
    openInterest = inBase(map, map.openInterest(), (double) map.markPrice());
    markPrice = map.markPrice() * map.instrument().priceUnit();
    markBucket = map.markBucket();
    final ModelBook book = map.book(model);
    leverages = book.settings().leverages();
    final long start = now - window.nanos();
    final long[] reached = {start};
    longs = project(map, book, Side.LONG, start, reached);
    shorts = project(map, book, Side.SHORT, start, reached);
    since = window == Window.ALL ? 0 : reached[0];
  }

  private MapSnapshot(
      final InstrumentMap map,
      final double[] leverages,
      final SideSnapshot longs,
      final SideSnapshot shorts) {
    instrument = map.instrument();
    settings = map.settings();
    lattice = map.lattice();
    this.model = MEASURED;
    this.window = Window.ALL;
    this.since = 0;
    this.leverages = leverages;
    this.longs = longs;
    this.shorts = shorts;
    openInterest = inBase(map, map.openInterest(), (double) map.markPrice());
    markPrice = map.markPrice() * map.instrument().priceUnit();
    markBucket = map.markBucket();
  }

  private MapSnapshot(final List<MapSnapshot> snapshots, final double[] weights) {
    final MapSnapshot any = snapshots.get(0);
    instrument = any.instrument;
    settings = any.settings;
    lattice = any.lattice;
    model = CONSENSUS;
    window = any.window;
    since = snapshots.stream().mapToLong(MapSnapshot::since).min().orElse(0);
    openInterest = any.openInterest;
    markPrice = any.markPrice;
    markBucket = any.markBucket;
    leverages =
        snapshots.stream()
            .flatMapToDouble((snapshot) -> Arrays.stream(snapshot.leverages))
            .distinct()
            .sorted()
            .toArray();
    longs = blend(snapshots, weights, Side.LONG);
    shorts = blend(snapshots, weights, Side.SHORT);
  }

  /**
   * Makes the sum of several instruments' snapshots of the same model and window.
   *
   * @param bucket of the group's mark
   */
  MapSnapshot(
      final GroupMap group,
      final List<MapSnapshot> snapshots,
      final long markMantissa,
      final int bucket,
      final SideSnapshot longs,
      final SideSnapshot shorts) {
    final MapSnapshot any = snapshots.get(0);
    instrument = group.instrument();
    settings = any.settings;
    lattice = any.lattice;
    model = any.model;
    window = any.window;
    since = snapshots.stream().mapToLong(MapSnapshot::since).min().orElse(0);
    leverages = any.leverages;
    openInterest = group.openInterest();
    markPrice = markMantissa * instrument.priceUnit();
    markBucket = bucket;
    this.longs = longs;
    this.shorts = shorts;
  }

  /** Name of the mean of all models. */
  public static final String CONSENSUS = "consensus";

  /** Name of the map of known positions. */
  public static final String MEASURED = "measured";

  /** Snapshot of the first model's whole map, made on the thread that owns the map. */
  public static MapSnapshot of(final InstrumentMap map) {
    return of(map, 0, Window.ALL, map.time());
  }

  /**
   * Snapshot of a model's map of a window, made on the thread that owns the map.
   *
   * @param now where the window ends, ns: the time of the last event of any instrument
   */
  public static MapSnapshot of(
      final InstrumentMap map, final int model, final Window window, final long now) {
    return new MapSnapshot(map, model, window, now);
  }

  /**
   * Mean of several models' snapshots of the same moment and window.
   *
   * @param weights one for each snapshot, above 0
   */
  public static MapSnapshot consensus(final List<MapSnapshot> snapshots, final double[] weights) {
    return new MapSnapshot(snapshots, weights);
  }

  /** Snapshot of known positions, by rising leverage settings. */
  static MapSnapshot measured(
      final InstrumentMap map,
      final double[] leverages,
      final SideSnapshot longs,
      final SideSnapshot shorts) {
    return new MapSnapshot(map, leverages, longs, shorts);
  }

  private SideSnapshot project(
      final InstrumentMap map,
      final ModelBook book,
      final Side side,
      final long start,
      final long[] reached) {
    final EntryLedger ledger = book.ledger(side);
    final BucketSpan span = map.span();
    double[] openedSince = null;
    if (window != Window.ALL) {
      openedSince = new double[span.size()];
      reached[0] = Math.min(reached[0], ledger.cohorts().addSince(start, span, openedSince));
    }
    final int farthest = ledger.lines().farthest();
    final int origin = map.lowestEntry() + Math.min(0, farthest);
    final int end = map.highestEntry() + Math.max(0, farthest);
    final double[][] rows =
        rows(map, book, ledger, openedSince, origin, Math.max(0, end - origin + 1));
    int first = Integer.MAX_VALUE;
    int last = -1;
    double shown = 0;
    for (final double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        if (row[i] != 0) {
          first = Math.min(first, i);
          last = Math.max(last, i);
          shown += row[i] * ledger.scale();
          row[i] = inBase(map, row[i] * ledger.scale(), map.lattice().centre(origin + i));
        }
      }
    }
    final boolean isEmpty = last < 0;
    for (int leverage = 0; leverage < rows.length; leverage++) {
      rows[leverage] =
          isEmpty ? new double[0] : Arrays.copyOfRange(rows[leverage], first, last + 1);
    }
    final double beyond =
        ledger.outOfReachQuantity(book.trades(), map.lowestTrade(), map.highestTrade());
    final double all = shown + beyond + ledger.unmapped();
    return new SideSnapshot(
        isEmpty ? 0 : origin + first,
        rows,
        null,
        null,
        inBase(map, ledger.unmapped(), (double) map.markPrice()),
        share(map, shown, all),
        share(map, beyond, all));
  }

  /** Quantities by leverage and liquidation bucket, ledger units. */
  private double[][] rows(
      final InstrumentMap map,
      final ModelBook book,
      final EntryLedger ledger,
      final double[] openedSince,
      final int origin,
      final int count) {
    final double[][] rows = new double[leverages.length][count];
    final ShiftLines lines = ledger.lines();
    final int[] leverageOfLine = book.leverageOfLine();
    for (int line = 0; line < lines.count(); line++) {
      final double[] row = rows[leverageOfLine[line]];
      ledger.project(line, map.lowestEntry(), map.highestEntry(), openedSince, row, origin);
      for (int entry = map.lowestTrade(); entry <= map.highestTrade(); entry++) {
        final int cell = map.span().cell(entry);
        row[entry + lines.shift(line) - origin] +=
            ledger.weighed(book.trades().buys(cell), book.trades().sells(cell))
                * ledger.share(line);
      }
    }
    return rows;
  }

  /** In the map's own quantities, which no price has touched. */
  private double share(final InstrumentMap map, final double part, final double whole) {
    if (Double.isNaN(map.openInterest())) {
      return 0;
    }
    final double all = window == Window.ALL ? whole : Math.max(part, map.openInterest());
    return all > 0 ? part / all : 0;
  }

  /** A quantity of the map in the base asset; an inverse contract's is one of the quote asset. */
  static double inBase(final InstrumentMap map, final double quantity, final double priceMantissa) {
    final Instrument instrument = map.instrument();
    final double amount = quantity * instrument.quantityUnit();
    if (!instrument.isInverse()) {
      return amount;
    }
    if (amount == 0) {
      return 0;
    }
    return priceMantissa > 0 ? amount / (priceMantissa * instrument.priceUnit()) : Double.NaN;
  }

  private SideSnapshot blend(
      final List<MapSnapshot> snapshots, final double[] weights, final Side side) {
    int low = Integer.MAX_VALUE;
    int high = Integer.MIN_VALUE;
    for (final MapSnapshot snapshot : snapshots) {
      if (snapshot.bucketCount(side) > 0) {
        low = Math.min(low, snapshot.firstBucket(side));
        high = Math.max(high, snapshot.firstBucket(side) + snapshot.bucketCount(side) - 1);
      }
    }
    final int count = low > high ? 0 : high - low + 1;
    final double[][] mean = new double[leverages.length][count];
    final double[] least = new double[count];
    final double[] most = new double[count];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    final double all = Arrays.stream(weights).sum();
    double unmapped = 0;
    double coverage = 0;
    double outOfReach = 0;
    for (int i = 0; i < snapshots.size(); i++) {
      final MapSnapshot snapshot = snapshots.get(i);
      final double weight = weights[i] / all;
      unmapped += weight * snapshot.unmapped(side);
      coverage += weight * snapshot.coverage(side);
      outOfReach += weight * snapshot.outOfReach(side);
      for (int index = 0; index < count; index++) {
        for (int leverage = 0; leverage < snapshot.leverages(); leverage++) {
          mean[Arrays.binarySearch(leverages, snapshot.leverage(leverage))][index] +=
              weight * snapshot.quantity(side, leverage, low + index);
        }
        least[index] = Math.min(least[index], snapshot.quantity(side, low + index));
        most[index] = Math.max(most[index], snapshot.quantity(side, low + index));
      }
    }
    return new SideSnapshot(
        low > high ? 0 : low, mean, least, most, unmapped, coverage, outOfReach);
  }

  private SideSnapshot on(final Side side) {
    return side == Side.LONG ? longs : shorts;
  }

  public Instrument instrument() {
    return instrument;
  }

  /** What was assumed. */
  public MapSettings settings() {
    return settings;
  }

  /** Name of the model, {@link #CONSENSUS} or {@link #MEASURED}. */
  public String model() {
    return model;
  }

  /** How far the map looks back. */
  public Window window() {
    return window;
  }

  /**
   * Time since which the positions were opened, ns: the start of the cohort in which the window
   * begins; 0 where all are shown.
   */
  public long since() {
    return since;
  }

  /** Different leverages. */
  public int leverages() {
    return leverages.length;
  }

  /** A leverage; they rise with their number. */
  public double leverage(final int number) {
    return leverages[number];
  }

  /** Mark price, or the last price in its place; 0 before the first price. */
  public double markPrice() {
    return markPrice;
  }

  public int markBucket() {
    return markBucket;
  }

  /** One-sided open interest, base asset; NaN before the first, or if it needs a price first. */
  public double openInterest() {
    return openInterest;
  }

  /** What is shown of a side, base asset. */
  public double mapped(final Side side) {
    return on(side).mapped();
  }

  /** Open interest of a side with unknown entry, base asset; NaN if it needs a price first. */
  public double unmapped(final Side side) {
    return on(side).unmapped();
  }

  /**
   * Share of a side's open interest that is shown, 0 to 1; 0 before the first open interest. Of an
   * inverse contract it is a share of contracts, which are amounts of the quote asset.
   */
  public double coverage(final Side side) {
    return on(side).coverage();
  }

  /** Share of a side's open interest that no price liquidates, 0 to 1; as {@link #coverage}. */
  public double outOfReach(final Side side) {
    return on(side).outOfReach();
  }

  /** Lowest bucket of a side that holds anything. */
  public int firstBucket(final Side side) {
    return on(side).first();
  }

  /** Buckets from the lowest of a side that holds anything to the highest. */
  public int bucketCount(final Side side) {
    return on(side).count();
  }

  /** Quantity in a bucket with a leverage, base asset. */
  public double quantity(final Side side, final int leverage, final int bucket) {
    return on(side).quantity(leverage, bucket);
  }

  /** Quantity in a bucket, base asset. */
  public double quantity(final Side side, final int bucket) {
    return on(side).quantity(bucket);
  }

  /** Notional in a bucket, quote asset. */
  public double notional(final Side side, final int bucket) {
    return quantity(side, bucket) * centre(bucket);
  }

  /** Whether it is the mean of several models. */
  public boolean isConsensus() {
    return longs.isConsensus();
  }

  /** What the model with the least has in a bucket of a consensus, base asset. */
  public double least(final Side side, final int bucket) {
    return on(side).least(bucket);
  }

  /** What the model with the most has in a bucket of a consensus, base asset. */
  public double most(final Side side, final int bucket) {
    return on(side).most(bucket);
  }

  /**
   * How far another snapshot of the side disagrees: the part of what is shown that would have to
   * move to make one of the other, 0 (none) to 1 (all); 1 where just one of them is empty.
   */
  public double disagreement(final Side side, final MapSnapshot other) {
    final double mine = mapped(side);
    final double theirs = other.mapped(side);
    if (mine == 0 || theirs == 0) {
      return mine == theirs ? 0 : 1;
    }
    final int low = Math.min(firstBucket(side), other.firstBucket(side));
    final int high =
        Math.max(
            firstBucket(side) + bucketCount(side),
            other.firstBucket(side) + other.bucketCount(side));
    double sum = 0;
    for (int bucket = low; bucket < high; bucket++) {
      sum += Math.abs(quantity(side, bucket) / mine - other.quantity(side, bucket) / theirs);
    }
    return sum / 2;
  }

  public double priceLow(final int bucket) {
    return lattice.edge(bucket) * instrument.priceUnit();
  }

  public double priceHigh(final int bucket) {
    return lattice.edge(bucket + 1) * instrument.priceUnit();
  }

  /** Geometric centre of a bucket. */
  public double centre(final int bucket) {
    return lattice.centre(bucket) * instrument.priceUnit();
  }
}
