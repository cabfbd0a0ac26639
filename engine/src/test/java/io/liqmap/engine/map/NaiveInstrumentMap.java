package io.liqmap.engine.map;

import io.liqmap.engine.lattice.Lattice;
import io.liqmap.engine.margin.DatedBrackets;
import io.liqmap.engine.margin.Side;
import io.liqmap.engine.model.ShiftLines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The map as a list of positions: slow, and plain enough to be believed. What the fast one has to
 * agree with.
 */
final class NaiveInstrumentMap implements MapUnderTest {
  private static final class Position {
    final int entry;
    final boolean[] alive;
    double amount;

    Position(final int entry, final boolean[] alive) {
      this.entry = entry;
      this.alive = alive;
    }
  }

  /** One side: its positions, and what isn't known of it. */
  private static final class Book {
    final List<Position> settled = new ArrayList<>();
    final List<Position> provisional = new ArrayList<>();
    ShiftLines lines;
    double unmapped;
    double sweptQuantity;
    double sweptNotional;

    List<Position> all() {
      final List<Position> all = new ArrayList<>(settled);
      all.addAll(provisional);
      return all;
    }

    double standing(final List<Position> positions) {
      double sum = 0;
      for (final Position position : positions) {
        for (int line = 0; line < position.alive.length; line++) {
          sum += position.alive[line] ? position.amount * lines.share(line) : 0;
        }
      }
      return sum;
    }
  }

  private final MapSettings settings;
  private final Lattice lattice;
  private final DatedBrackets brackets;
  private final Map<Side, Book> books = new EnumMap<>(Side.class);

  private long time;
  private long markTime;
  private int markBucket = -1;
  private int bracketIndex;
  private double openInterest = Double.NaN;
  private double volume;
  private double openRate;

  NaiveInstrumentMap(final MapSettings settings) {
    this.settings = settings;
    lattice = new Lattice(settings.resolutionBps());
    brackets = settings.brackets().of(FastInstrumentMap.INSTRUMENT.symbol());
    openRate = settings.model().turnover();
    for (final Side side : Side.values()) {
      books.put(side, new Book());
    }
    takeLines();
  }

  private void takeLines() {
    books.forEach(
        (side, book) ->
            book.lines =
                new ShiftLines(
                    side, settings.model().profile(), brackets.table(bracketIndex), lattice));
  }

  @Override
  public void onTrade(
      final long at, final long price, final double quantity, final boolean takerBuys) {
    advance(at);
    final int bucket = lattice.bucketOf(price, -1);
    if (at - markTime > settings.markStaleNanos()) {
      moveMark(bucket);
    }
    volume += quantity;
    books.forEach(
        (side, book) -> {
          final boolean leans = (side == Side.LONG) == takerBuys;
          final double lean = (leans ? 1 : -1) * settings.model().takerLean();
          open(side, book, bucket, quantity * Math.max(openRate, 1.0 / 1024) * (1 + lean));
        });
  }

  /** Trades of one interval at one bucket are one position as long as the same lines of it live. */
  private void open(final Side side, final Book book, final int bucket, final double amount) {
    final boolean[] alive = new boolean[book.lines.count()];
    for (int line = 0; line < alive.length; line++) {
      alive[line] = !isBeyondMark(side, bucket + book.lines.shift(line));
    }
    for (final Position position : book.provisional) {
      if (position.entry == bucket && Arrays.equals(position.alive, alive)) {
        position.amount += amount;
        return;
      }
    }
    final Position position = new Position(bucket, alive);
    position.amount = amount;
    book.provisional.add(position);
  }

  private boolean isBeyondMark(final Side side, final int liquidation) {
    return side == Side.LONG ? liquidation > markBucket : liquidation < markBucket;
  }

  @Override
  public void onMark(final long at, final long price) {
    advance(at);
    markTime = time;
    moveMark(lattice.bucketOf(price, -1));
  }

  private void moveMark(final int bucket) {
    final int before = markBucket;
    markBucket = bucket;
    if (before < 0 || bucket == before) {
      return;
    }
    if (bucket > before) {
      sweep(books.get(Side.SHORT), before, bucket - 1);
    } else {
      sweep(books.get(Side.LONG), bucket + 1, before);
    }
  }

  private void sweep(final Book book, final int from, final int to) {
    for (final Position position : book.all()) {
      for (int line = 0; line < position.alive.length; line++) {
        final int liquidation = position.entry + book.lines.shift(line);
        if (position.alive[line] && liquidation >= from && liquidation <= to) {
          position.alive[line] = false;
          final double lost = position.amount * book.lines.share(line);
          book.sweptQuantity += lost;
          book.sweptNotional += lost * lattice.centre(liquidation);
        }
      }
    }
  }

  @Override
  public void onOpenInterest(final long at, final double quantity) {
    advance(at);
    final double change = Double.isNaN(openInterest) ? 0 : quantity - openInterest;
    final double replaced = settings.model().turnover() * Math.max(0, volume - Math.abs(change));
    final double opened = Math.min(Math.min(Math.max(0, change) + replaced, volume), quantity);
    for (final Book book : books.values()) {
      double provisional = 0;
      for (final Position position : book.provisional) {
        provisional += position.amount;
      }
      for (final Position position : book.provisional) {
        position.amount *= provisional > 0 ? opened / provisional : 0;
      }
      meet(book, book.settled, Math.max(0, quantity - book.standing(book.provisional)));
      book.settled.addAll(book.provisional);
      book.provisional.clear();
      book.settled.removeIf((position) -> isDead(position));
    }
    if (volume > 0) {
      openRate += (opened / volume - openRate) / 8;
    }
    openInterest = quantity;
    volume = 0;
  }

  private static boolean isDead(final Position position) {
    for (final boolean alive : position.alive) {
      if (alive) {
        return false;
      }
    }
    return true;
  }

  /**
   * Scales positions and the unmapped rest down to what there is, or lets the rest take up more.
   */
  private static void meet(final Book book, final List<Position> positions, final double target) {
    final double stood = book.standing(positions) + book.unmapped;
    if (stood > target) {
      final double kept = target / stood;
      for (final Position position : positions) {
        position.amount *= kept;
      }
      book.unmapped *= kept;
    } else {
      book.unmapped += target - stood;
    }
  }

  private void advance(final long at) {
    if (at <= time) {
      return;
    }
    time = at;
    if (brackets.indexAt(at) == bracketIndex) {
      return;
    }
    bracketIndex = brackets.indexAt(at);
    takeLines();
    books.forEach(
        (side, book) -> {
          for (final Position position : book.all()) {
            for (int line = 0; line < position.alive.length; line++) {
              if (isBeyondMark(side, position.entry + book.lines.shift(line))) {
                position.alive[line] = false;
              }
            }
          }
          if (!Double.isNaN(openInterest)) {
            meet(book, book.all(), openInterest);
          }
        });
  }

  @Override
  public int markBucket() {
    return markBucket;
  }

  @Override
  public SortedMap<Integer, double[]> standing(final Side side) {
    final Book book = books.get(side);
    final SortedMap<Integer, double[]> standing = new TreeMap<>();
    for (final Position position : book.all()) {
      for (int line = 0; line < position.alive.length; line++) {
        if (position.alive[line]) {
          standing
                  .computeIfAbsent(
                      position.entry + book.lines.shift(line),
                      (bucket) -> new double[position.alive.length / 2])[line / 2] +=
              position.amount * book.lines.share(line);
        }
      }
    }
    return standing;
  }

  @Override
  public double unmapped(final Side side) {
    return books.get(side).unmapped;
  }

  @Override
  public double sweptQuantity(final Side side) {
    return books.get(side).sweptQuantity;
  }

  @Override
  public double sweptNotional(final Side side) {
    return books.get(side).sweptNotional;
  }
}
