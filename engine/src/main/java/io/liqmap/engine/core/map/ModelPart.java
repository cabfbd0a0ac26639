package io.liqmap.engine.core.map;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ShiftLines;
import java.util.Arrays;

/**
 * A model's part of a {@link BlendedDensity}. Of all positions it is the model's {@link
 * LiquidationDensity}; of a window, what cohorts since its start have opened and nothing has
 * closed. On the thread that owns the map; allocates only when the map has grown.
 */
final class ModelPart {
  private final InstrumentMap map;
  private final int model;
  private final double share;
  private final boolean isWindow;
  private final ModelBook book;
  private final BucketSpan span;
  private final Lattice lattice;
  private final double[] leverages;
  private final double[] byLeverage;
  private final int[] places;
  private final int[] leverageOfLine;

  /** Null for a window. */
  private final LiquidationDensity density;

  /** By cell: what was opened since the start of the window. */
  private double[] openedLongs = new double[0];

  private double[] openedShorts = new double[0];
  private double[] row = new double[0];
  private double shownLongs;
  private double shownShorts;

  ModelPart(final InstrumentMap map, final int model, final double share, final Window window) {
    this.map = map;
    this.model = model;
    this.share = share;
    isWindow = window != Window.ALL;
    book = map.book(model);
    span = map.span();
    lattice = map.lattice();
    leverages = book.settings().leverages();
    leverageOfLine = book.leverageOfLine();
    byLeverage = new double[leverages.length];
    places = new int[leverages.length];
    density = isWindow ? null : map.density(model);
  }

  int model() {
    return model;
  }

  double share() {
    return share;
  }

  double[] leverages() {
    return leverages;
  }

  /** Finds its leverages among those of all parts. */
  void placeLeverages(final double[] all) {
    for (int i = 0; i < leverages.length; i++) {
      places[i] = Arrays.binarySearch(all, leverages[i]);
    }
  }

  /**
   * Begins a projection.
   *
   * @param start of the window, ns
   * @return since when positions are shown
   */
  long begin(final long start) {
    if (!isWindow) {
      density.project();
      return start;
    }
    if (openedLongs.length < span.size()) {
      openedLongs = new double[span.size()];
      openedShorts = new double[span.size()];
    }
    Arrays.fill(openedLongs, 0);
    Arrays.fill(openedShorts, 0);
    return Math.min(
        book.ledger(Side.LONG).cohorts().addSince(start, span, openedLongs),
        book.ledger(Side.SHORT).cohorts().addSince(start, span, openedShorts));
  }

  /** A bucket below which nothing is; above {@link #last} where nothing is at all. */
  int first(final Side side) {
    if (!isWindow) {
      return density.first(side);
    }
    return map.lowestEntry() <= map.highestEntry()
        ? map.lowestEntry() + Math.min(0, book.ledger(side).lines().farthest())
        : 1;
  }

  int last(final Side side) {
    if (!isWindow) {
      return density.last(side);
    }
    return map.lowestEntry() <= map.highestEntry()
        ? map.highestEntry() + Math.max(0, book.ledger(side).lines().farthest())
        : 0;
  }

  /** Puts its notionals where there is nothing yet. */
  void put(final Side side, final double[] notionals, final int origin) {
    final int from = first(side);
    final int to = last(side);
    if (!isWindow) {
      if (from <= to) {
        final SideDensity of = density.on(side);
        System.arraycopy(
            of.notionals(), from - of.origin(), notionals, from - origin, to - from + 1);
      }
      return;
    }
    final EntryLedger ledger = book.ledger(side);
    final ShiftLines lines = ledger.lines();
    for (int line = 0; line < lines.count(); line++) {
      ledger.project(line, map.lowestEntry(), map.highestEntry(), opened(side), notionals, origin);
      for (int entry = map.lowestTrade(); entry <= map.highestTrade(); entry++) {
        notionals[entry + lines.shift(line) - origin] += pending(ledger, line, entry);
      }
    }
    double shown = 0;
    for (int bucket = from; bucket <= to; bucket++) {
      final double quantity = notionals[bucket - origin] * ledger.scale();
      shown += quantity;
      notionals[bucket - origin] = quantity * value(bucket);
    }
    if (side == Side.LONG) {
      shownLongs = shown;
    } else {
      shownShorts = shown;
    }
  }

  private double[] opened(final Side side) {
    return side == Side.LONG ? openedLongs : openedShorts;
  }

  private double pending(final EntryLedger ledger, final int line, final int entry) {
    final int cell = span.cell(entry);
    return ledger.weighed(book.trades().buys(cell), book.trades().sells(cell)) * ledger.share(line);
  }

  /** Quote value of a quantity in a bucket. */
  private double value(final int bucket) {
    final Instrument instrument = map.instrument();
    return instrument.isInverse()
        ? instrument.notionalUnit()
        : lattice.centre(bucket) * instrument.notionalUnit();
  }

  double coverage(final Side side) {
    return isWindow ? part(side == Side.LONG ? shownLongs : shownShorts) : density.coverage(side);
  }

  double outOfReach(final Side side) {
    return isWindow
        ? part(
            book.ledger(side)
                .outOfReachQuantity(book.trades(), map.lowestTrade(), map.highestTrade()))
        : density.outOfReach(side);
  }

  double unmapped(final Side side) {
    if (!isWindow) {
      return density.unmapped(side);
    }
    return map.openInterest() > 0 ? Math.max(0, 1 - coverage(side) - outOfReach(side)) : 0;
  }

  private double part(final double quantity) {
    if (Double.isNaN(map.openInterest())) {
      return 0;
    }
    final double all = Math.max(quantity, map.openInterest());
    return all > 0 ? quantity / all : 0;
  }

  /** Adds its share of the notional in some buckets, by the leverages of all parts. */
  void addByLeverage(final Side side, final int low, final int high, final double[] notionals) {
    if (isWindow) {
      addOfWindow(side, low, high, notionals);
      return;
    }
    density.byLeverage(side, low, high, byLeverage);
    for (int leverage = 0; leverage < byLeverage.length; leverage++) {
      notionals[places[leverage]] += share * byLeverage[leverage];
    }
  }

  private void addOfWindow(
      final Side side, final int low, final int high, final double[] notionals) {
    final EntryLedger ledger = book.ledger(side);
    final ShiftLines lines = ledger.lines();
    if (row.length < high - low + 1) {
      row = new double[2 * (high - low + 1)];
    }
    for (int line = 0; line < lines.count(); line++) {
      final int shift = lines.shift(line);
      Arrays.fill(row, 0, high - low + 1, 0);
      ledger.project(
          line,
          Math.max(map.lowestEntry(), low - shift),
          Math.min(map.highestEntry(), high - shift),
          opened(side),
          row,
          low);
      final int to = Math.min(map.highestTrade(), high - shift);
      for (int entry = Math.max(map.lowestTrade(), low - shift); entry <= to; entry++) {
        row[entry + shift - low] += pending(ledger, line, entry);
      }
      double sum = 0;
      for (int bucket = low; bucket <= high; bucket++) {
        sum += row[bucket - low] * ledger.scale() * value(bucket);
      }
      notionals[places[leverageOfLine[line]]] += share * sum;
    }
  }
}
