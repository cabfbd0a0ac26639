package io.liqmap.engine.core.map;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.MarginRule;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.MarginTerms;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.ShiftLines;
import io.liqmap.engine.core.model.SkewSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * One model's map as a list of positions: slow, and plain enough to be believed. What the fast one
 * has to agree with.
 */
final class NaiveInstrumentMap implements MapUnderTest {
  private static final long HOUR = 3_600_000_000_000L;

  /** Far below what comparisons can see, however many there are. */
  private static final double NEGLIGIBLE = 1e-15;

  /** Then what still has to leave does so in proportion. */
  private static final int EXIT_ROUNDS = 8;

  private static final class Position {
    final int entry;
    final boolean[] alive;
    double amount;
    long openedAt;

    Position(final int entry, final boolean[] alive) {
      this.entry = entry;
      this.alive = alive;
    }

    /** Whether nothing is left of it; what is out of reach is never swept. */
    boolean isDead(final boolean canBeOutOfReach) {
      if (canBeOutOfReach) {
        return false;
      }
      for (final boolean line : alive) {
        if (line) {
          return false;
        }
      }
      return true;
    }
  }

  /** One side: its positions, and what isn't known of it. */
  private static final class Book {
    final List<Position> settled = new ArrayList<>();
    final List<Position> provisional = new ArrayList<>();
    ShiftLines lines;
    double[] shares;
    double outOfReach;
    double[] sweptOfTier;
    NaiveLearning learning;
    double power;
    double lean;
    double unmapped;
    double sweptSinceUpdate;
    double sweptQuantity;
    double sweptNotional;
    double reported;

    List<Position> all() {
      final List<Position> all = new ArrayList<>(settled);
      all.addAll(provisional);
      return all;
    }

    double openQuantity(final Position position) {
      double sum = 0;
      for (int line = 0; line < position.alive.length; line++) {
        sum += position.alive[line] ? position.amount * shares[line] : 0;
      }
      return sum + position.amount * outOfReach;
    }

    double openQuantity(final List<Position> positions) {
      return positions.stream().mapToDouble(this::openQuantity).sum();
    }
  }

  private final MapSettings settings;
  private final ModelSettings model;
  private final boolean isInverse;
  private final boolean areBracketsInBase;
  private final Lattice lattice;
  private final Dated<BracketTable> brackets;
  private final NaiveWindow window = new NaiveWindow();
  private final Map<Side, Book> books = new EnumMap<>(Side.class);

  private long time;
  private long markTime;
  private long funding;
  private long markPrice;
  private int markBucket = -1;
  private int bracketIndex;
  private long termsPrice;
  private double openInterest = Double.NaN;
  private long updateTime;
  private double volume;
  private double bought;
  private double taken;
  private double openRate;
  private double fundingSignal;
  private double flowSignal;
  private double accountSignal;

  NaiveInstrumentMap(final MapSettings settings, final int model, final boolean isInverse) {
    this.settings = settings;
    this.model = settings.models().get(model);
    this.isInverse = isInverse;
    lattice = new Lattice(settings.resolutionBps());
    brackets = settings.brackets().of(FastInstrumentMap.NAME);
    areBracketsInBase = isInverse && settings.brackets().isConfigured(FastInstrumentMap.NAME);
    openRate = this.model.entries().turnover();
    for (final Side side : Side.values()) {
      books.put(side, new Book());
      books.get(side).lean = this.model.entries().takerLean();
      books.get(side).sweptOfTier = new double[this.model.profile().size()];
      if (this.model.learning().isScored()) {
        books.get(side).learning =
            new NaiveLearning(
                this.model.learning(),
                this.model.profile().stream().mapToDouble((tier) -> tier.share(side)).toArray());
      }
    }
    takeLines();
  }

  private void takeLines() {
    final MarginRule rule = isInverse ? MarginRule.BINANCE_COINM : MarginRule.BINANCE_USDM;
    final double known = termsPrice == 0 ? 1e12 : termsPrice;
    final MarginTerms terms =
        new MarginTerms(rule, brackets.value(bracketIndex), areBracketsInBase ? known : 1);
    books.forEach(
        (side, book) -> {
          final ShiftLines before = book.lines;
          book.lines = new ShiftLines(side, model, terms, lattice);
          for (final Position position : book.all()) {
            for (int line = 0; line < position.alive.length; line++) {
              position.alive[line] &= !isNew(line / 2, before, book.lines);
            }
          }
          weigh(book, side);
        });
  }

  private void weigh(final Book book, final Side side) {
    book.shares = new double[book.lines.count()];
    book.outOfReach = model.outOfReach(side);
    double sum = 0;
    for (int line = 0; line < book.shares.length; line++) {
      book.shares[line] =
          book.learning == null
              ? book.lines.share(line)
              : book.learning.shares[line / 2] * book.lines.weight(line);
      sum += book.shares[line];
    }
    if (book.learning != null && book.learning.hasLearned()) {
      book.outOfReach = Math.max(0, 1 - sum);
    }
    book.lines.tilt(book.power, 1 - book.outOfReach, book.shares);
  }

  private boolean canBeOutOfReach(final Side side) {
    return model.outOfReach(side) > 0 || model.learning().isScored();
  }

  /** What was opened before a tier was granted, or had a share at all, isn't of that tier. */
  private static boolean isNew(final int tier, final ShiftLines before, final ShiftLines now) {
    return (now.isGranted(tier) && !before.isGranted(tier))
        || (share(now, tier) > 0 && share(before, tier) == 0);
  }

  private static double share(final ShiftLines lines, final int tier) {
    return lines.share(2 * tier) + lines.share(2 * tier + 1);
  }

  @Override
  public void onTrade(
      final long at, final long price, final double quantity, final boolean takerBuys) {
    advance(at);
    final int bucket = lattice.bucketOf(price, -1);
    if (at - markTime > settings.markStaleNanos()) {
      moveMark(price);
    }
    volume += quantity;
    bought += takerBuys ? quantity : 0;
    if (notional(quantity, (double) price) < model.entries().minTradeNotional()) {
      return;
    }
    taken += quantity;
    books.forEach(
        (side, book) -> {
          final double lean = (side == Side.LONG) == takerBuys ? book.lean : -book.lean;
          open(side, book, bucket, quantity * Math.max(openRate, 1.0 / 1024) * (1 + lean));
        });
  }

  private double notional(final double quantity, final double price) {
    return isInverse ? quantity : quantity * price;
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
  public void onMark(final long at, final long price, final long fundingRate) {
    advance(at);
    markTime = time;
    funding = fundingRate;
    fundingSignal = Math.max(-1, Math.min(1, funding / 500_000.0));
    moveMark(price);
  }

  private void moveMark(final long price) {
    final int before = markBucket;
    markPrice = price;
    window.onPrice(price);
    markBucket = lattice.bucketOf(price, -1);
    if (markBucket == before) {
      return;
    }
    if (before >= 0 && markBucket > before) {
      sweep(books.get(Side.SHORT), before, markBucket - 1);
    } else if (before >= 0) {
      sweep(books.get(Side.LONG), markBucket + 1, before);
    }
    if (areBracketsInBase && (price > termsPrice * 1.25 || price < termsPrice / 1.25)) {
      takeTerms();
    }
  }

  private void sweep(final Book book, final int from, final int to) {
    sweep(book, book.settled, from, to);
    sweep(book, book.provisional, from, to);
  }

  private void sweep(
      final Book book, final List<Position> positions, final int from, final int to) {
    for (final Position position : positions) {
      for (int line = 0; line < position.alive.length; line++) {
        final int liquidation = position.entry + book.lines.shift(line);
        if (position.alive[line] && liquidation >= from && liquidation <= to) {
          position.alive[line] = false;
          final double lost = position.amount * book.shares[line];
          final double price = lattice.centre(liquidation);
          book.sweptOfTier[line / 2] += notional(position.amount * book.lines.weight(line), price);
          book.sweptSinceUpdate += lost;
          book.sweptQuantity += isInverse ? lost / price : lost;
          book.sweptNotional += notional(lost, price);
        }
      }
    }
  }

  void onGaps(final long soFar) {
    window.gaps = soFar;
  }

  @Override
  public void onLiquidation(
      final long at, final Side side, final long price, final double quantity) {
    advance(at);
    books.get(side).reported += quantity;
    window.onLiquidation(time, side, notional(quantity, (double) price));
  }

  @Override
  public void onAccountRatio(final long at, final long ratio) {
    advance(at);
    accountSignal = (ratio / 1e9 - 1) / (ratio / 1e9 + 1);
  }

  @Override
  public void onOpenInterest(final long at, final double quantity) {
    advance(at);
    if (settings.isScored() && window.ends(time)) {
      if (window.counts(time)) {
        books.forEach(this::learn);
      }
      window.begin(time, markPrice, notional(quantity, (double) markPrice));
      books.values().forEach((book) -> Arrays.fill(book.sweptOfTier, 0));
    }
    final double change = Double.isNaN(openInterest) ? 0 : quantity - openInterest;
    final double replaced = model.entries().turnover() * Math.max(0, volume - Math.abs(change));
    final double opened = Math.min(Math.min(Math.max(0, change) + replaced, taken), quantity);
    if (volume > 0) {
      flowSignal += ((2 * bought - volume) / volume - flowSignal) / 8;
    }
    books.forEach(
        (side, book) -> {
          book.power = side.sign() * signal(SkewSettings.Weights::leverage);
          weigh(book, side);
          double provisional = 0;
          for (final Position position : book.provisional) {
            provisional += position.amount;
          }
          for (final Position position : book.provisional) {
            position.amount *= provisional > 0 ? opened / provisional : 0;
            position.openedAt = time;
          }
          final double forced =
              Math.min(
                  Math.max(0, -change),
                  book.reported * settings.forcedPerReported(FastInstrumentMap.VENUE));
          meet(side, book, Math.max(0, quantity - book.openQuantity(book.provisional)), forced);
          book.settled.addAll(book.provisional);
          book.provisional.clear();
          book.settled.removeIf(
              (each) -> each.isDead(canBeOutOfReach(side)) || each.amount < quantity * NEGLIGIBLE);
          book.sweptSinceUpdate = 0;
          book.reported = 0;
          final double lean =
              model.entries().takerLean() + side.sign() * signal(SkewSettings.Weights::lean);
          book.lean = Math.max(0, Math.min(1, lean));
        });
    if (taken > 0) {
      openRate += (opened / taken - openRate) / 8;
    }
    openInterest = quantity;
    updateTime = time;
    volume = 0;
    bought = 0;
    taken = 0;
  }

  private void learn(final Side side, final Book book) {
    if (book.learning != null) {
      final double factor = settings.forcedPerReported(FastInstrumentMap.VENUE);
      book.learning.learn(window, side, book.sweptOfTier, window.reported(side) * factor, time);
      weigh(book, side);
    }
  }

  private double signal(final ToDoubleFunction<SkewSettings.Weights> weight) {
    final SkewSettings skew = model.skew();
    return weight.applyAsDouble(skew.funding()) * fundingSignal
        + weight.applyAsDouble(skew.takerFlow()) * flowSignal
        + weight.applyAsDouble(skew.accounts()) * accountSignal;
  }

  /** Lets positions and the unmapped rest leave down to a target, or lets the rest take up more. */
  private void meet(final Side side, final Book book, final double target, final double forced) {
    final double stood = book.openQuantity(book.settled) + book.unmapped;
    if (stood <= target) {
      book.unmapped += target - stood;
      return;
    }
    final double unknown =
        Math.min(
            book.unmapped, Math.min(stood - target, Math.max(0, forced - book.sweptSinceUpdate)));
    book.unmapped -= unknown;
    final double excess = stood - target - unknown;
    if (model.exits().isProportional()) {
      final double kept = excess == 0 ? 1 : Math.max(0, 1 - excess / (stood - unknown));
      book.settled.forEach((position) -> position.amount *= kept);
      book.unmapped *= kept;
    } else {
      leaveByWeight(side, book, excess);
    }
  }

  /** Each bucket of entries leaves with its weight; emptied ones leave the rest to the others. */
  private void leaveByWeight(final Side side, final Book book, final double excess) {
    final Map<Integer, Double> open = new TreeMap<>();
    final Map<Integer, Double> weights = new HashMap<>();
    final Map<Integer, Double> kept = new HashMap<>();
    final Map<Integer, double[]> born = new HashMap<>();
    for (final Position position : book.settled) {
      open.merge(position.entry, book.openQuantity(position), Double::sum);
      if (book.openQuantity(position) > 0) {
        final double[] sums = born.computeIfAbsent(position.entry, (entry) -> new double[2]);
        sums[0] += position.amount;
        sums[1] += position.amount * (position.openedAt - TestSettings.START);
      }
    }
    open.values().removeIf((each) -> each == 0);
    for (final int entry : open.keySet()) {
      final double[] sums = born.get(entry);
      weights.put(entry, weight(side, entry, sums[1] / sums[0]));
      kept.put(entry, 1.0);
    }
    double unmappedKept = 1;
    double left = excess;
    for (int round = 0; left > 0 && round < EXIT_ROUNDS; round++) {
      double weighed = book.unmapped * unmappedKept;
      for (final Map.Entry<Integer, Double> each : open.entrySet()) {
        weighed += each.getValue() * weights.get(each.getKey());
      }
      if (weighed <= 0) {
        break;
      }
      final double pressure = left / weighed;
      double emptied = 0;
      for (final int entry : List.copyOf(open.keySet())) {
        if (pressure * weights.get(entry) >= 1) {
          emptied += open.remove(entry);
          kept.put(entry, 0.0);
        }
      }
      if (pressure >= 1) {
        emptied += book.unmapped * unmappedKept;
        unmappedKept = 0;
      }
      left -= emptied;
      if (emptied == 0) {
        for (final int entry : open.keySet()) {
          kept.put(entry, 1 - pressure * weights.get(entry));
        }
        unmappedKept *= 1 - pressure;
        left = 0;
      }
    }
    if (left > 0) {
      final double all =
          book.unmapped * unmappedKept
              + open.values().stream().mapToDouble(Double::doubleValue).sum();
      final double factor = all > left ? 1 - left / all : 0;
      kept.replaceAll((entry, part) -> part * factor);
      unmappedKept *= factor;
    }
    book.unmapped *= unmappedKept;
    for (final Position position : book.settled) {
      position.amount *= kept.getOrDefault(position.entry, 1.0);
    }
  }

  /** Weight of a bucket of entries that was opened at a time, ns since the start. */
  private double weight(final Side side, final int entry, final double born) {
    final ExitSettings exits = model.exits();
    final double age = time - TestSettings.START - born;
    double weight = 1;
    if (exits.ageHalfLifeNanos() > 0) {
      final double steps = 64 * age / exits.ageHalfLifeNanos();
      final double halfLives = Math.min(10, Math.floor(steps) / 64);
      weight *= Math.max(1.0 / 1024, 1 - Math.pow(2, -halfLives));
    }
    if (exits.profitBps() > 0) {
      final double gain = side.sign() * (markBucket - entry) * settings.resolutionBps();
      weight *= Math.pow(2, Math.max(-8, Math.min(8, gain / exits.profitBps())));
    }
    return weight;
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
    takeTerms();
  }

  private void takeTerms() {
    termsPrice = markPrice;
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
        });
  }

  @Override
  public int markBucket() {
    return markBucket;
  }

  @Override
  public SortedMap<Integer, double[]> openQuantities(final Side side, final Window window) {
    final Book book = books.get(side);
    final SortedMap<Integer, double[]> open = new TreeMap<>();
    for (final Position position : book.all()) {
      if (!isWithin(window, position, book)) {
        continue;
      }
      for (int line = 0; line < position.alive.length; line++) {
        if (position.alive[line]) {
          final double base =
              isInverse
                  ? position.amount / lattice.centre(position.entry + book.lines.shift(line))
                  : position.amount;
          open.computeIfAbsent(
                      position.entry + book.lines.shift(line),
                      (bucket) -> new double[position.alive.length / 2])[line / 2] +=
              base * book.shares[line];
        }
      }
    }
    return open;
  }

  /**
   * Within means: in a stretch that ends within. Stretches are hours, six hours once they ended a
   * day before the last update of open interest, days once they ended a week before it.
   */
  private boolean isWithin(final Window window, final Position position, final Book book) {
    if (window == Window.ALL || book.provisional.contains(position)) {
      return true;
    }
    final long hour = endOfHour(position.openedAt);
    final long now = endOfHour(updateTime) - 1;
    final long length = ceil(hour, 24) <= now - 168 ? 24 : ceil(hour, 6) <= now - 24 ? 6 : 1;
    return ceil(hour, length) * HOUR > time - window.nanos();
  }

  private static long endOfHour(final long nanos) {
    return Math.floorDiv(nanos + HOUR - 1, HOUR);
  }

  private static long ceil(final long hour, final long length) {
    return Math.floorDiv(hour + length - 1, length) * length;
  }

  @Override
  public double unmapped(final Side side) {
    final double unmapped = books.get(side).unmapped;
    if (!isInverse || unmapped == 0) {
      return unmapped;
    }
    return markPrice > 0 ? unmapped / markPrice : Double.NaN;
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
