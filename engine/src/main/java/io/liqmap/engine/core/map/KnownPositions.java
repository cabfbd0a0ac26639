package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;

/**
 * Positions of an instrument that the venue published, one for each account, numbered from 0.
 *
 * <p>A position leaves when its account closes it, when price crosses its liquidation price, and
 * when no report has confirmed it for twice the time to staleness; the last one then takes its
 * number. A price that crosses nothing costs two comparisons, one that crosses something a pass.
 * One thread; allocates when it doubles.
 */
final class KnownPositions {
  /** Liquidation price of a position that no price of the instrument liquidates. */
  static final long NEVER = 0;

  private static final long MAX_PRICE = 1L << 53;
  private static final long NO_LONG = 0;
  private static final long NO_SHORT = Long.MAX_VALUE;

  /** Scans for what is too old, in a time to staleness. */
  private static final int SCANS = 8;

  private final PositionSettings settings;
  private final boolean isInverse;
  private final AccountIndex accounts = new AccountIndex();

  /** Of shorts below 0. */
  private double[] quantities = {};

  private long[] entries = {};
  private long[] liquidations = {};
  private long[] reported = {};
  private long[] opened = {};
  private int[] leverages = {};

  /** No long has a higher liquidation price. */
  private long nearestLong = NO_LONG;

  /** No short has a lower liquidation price. */
  private long nearestShort = NO_SHORT;

  private long scanAt;
  private long reports;
  private long outdated;
  private long noRoom;
  private long beyondMark;
  private long sweptLongs;
  private long sweptShorts;
  private double sweptNotionalLong;
  private double sweptNotionalShort;

  KnownPositions(final PositionSettings settings, final boolean isInverse) {
    this.settings = settings;
    this.isInverse = isInverse;
  }

  /**
   * Replaces what is known of an account.
   *
   * @param at when the venue's state was taken
   * @param price mark price, 0 before the first
   * @param quantity below 0 of a short; 0 for no position
   * @param liquidation {@link #NEVER} for none
   * @param openedAt 0 unknown
   * @param leverage 10⁻², 0 unknown
   */
  void report(
      final long at,
      final long price,
      final long account,
      final double quantity,
      final long entry,
      final long liquidation,
      final long openedAt,
      final int leverage) {
    reports++;
    if (at >= scanAt) {
      forget(at);
    }
    final int known = accounts.find(account);
    if (known >= 0 && at < reported[known]) {
      outdated++;
      return;
    }
    final boolean isBeyondMark = price > 0 && isCrossed(quantity, liquidation, price);
    if (quantity == 0 || isBeyondMark) {
      beyondMark += isBeyondMark ? 1 : 0;
      if (known >= 0) {
        remove(known);
      }
      return;
    }
    if (known < 0 && accounts.count() == settings.capacity()) {
      noRoom++;
      return;
    }
    final int number = known < 0 ? add(account) : known;
    quantities[number] = quantity;
    entries[number] = entry;
    liquidations[number] = liquidation;
    reported[number] = at;
    opened[number] = openedAt;
    leverages[number] = leverage;
    approach(quantity, liquidation);
  }

  /**
   * Sweeps what a price has crossed.
   *
   * @param isFirst whether there was no price before, so that nothing was crossed
   */
  void onPrice(final long price, final boolean isFirst) {
    if (price <= nearestLong || price >= nearestShort) {
      sweep(price, isFirst);
    }
  }

  private void sweep(final long price, final boolean isFirst) {
    nearestLong = NO_LONG;
    nearestShort = NO_SHORT;
    int number = 0;
    while (number < accounts.count()) {
      if (isCrossed(quantities[number], liquidations[number], price)) {
        count(number, isFirst);
        remove(number);
      } else {
        approach(quantities[number], liquidations[number]);
        number++;
      }
    }
  }

  private void count(final int number, final boolean isFirst) {
    if (isFirst) {
      beyondMark++;
      return;
    }
    final double quantity = Math.abs(quantities[number]);
    final double notional = isInverse ? quantity : quantity * liquidations[number];
    if (quantities[number] > 0) {
      sweptLongs++;
      sweptNotionalLong += notional;
    } else {
      sweptShorts++;
      sweptNotionalShort += notional;
    }
  }

  private static boolean isCrossed(
      final double quantity, final long liquidation, final long price) {
    return liquidation != NEVER
        && (quantity > 0 ? price <= liquidation : quantity < 0 && price >= liquidation);
  }

  private void approach(final double quantity, final long liquidation) {
    if (liquidation == NEVER) {
      return;
    }
    if (quantity > 0) {
      nearestLong = Math.max(nearestLong, liquidation);
    } else {
      nearestShort = Math.min(nearestShort, liquidation);
    }
  }

  private void forget(final long at) {
    scanAt = at + settings.staleNanos() / SCANS;
    int number = 0;
    while (number < accounts.count()) {
      if (at - reported[number] - settings.staleNanos() > settings.staleNanos()) {
        remove(number);
      } else {
        number++;
      }
    }
  }

  private int add(final long account) {
    final int number = accounts.add(account);
    if (number == quantities.length) {
      final int capacity = accounts.capacity();
      quantities = Arrays.copyOf(quantities, capacity);
      entries = Arrays.copyOf(entries, capacity);
      liquidations = Arrays.copyOf(liquidations, capacity);
      reported = Arrays.copyOf(reported, capacity);
      opened = Arrays.copyOf(opened, capacity);
      leverages = Arrays.copyOf(leverages, capacity);
    }
    return number;
  }

  private void remove(final int number) {
    final int last = accounts.count() - 1;
    quantities[number] = quantities[last];
    entries[number] = entries[last];
    liquidations[number] = liquidations[last];
    reported[number] = reported[last];
    opened[number] = opened[last];
    leverages[number] = leverages[last];
    accounts.remove(number);
  }

  /** Positions; their numbers are below this. */
  int count() {
    return accounts.count();
  }

  long account(final int number) {
    return accounts.account(number);
  }

  Side side(final int number) {
    return quantities[number] > 0 ? Side.LONG : Side.SHORT;
  }

  /** Above 0, of either side. */
  double quantity(final int number) {
    return Math.abs(quantities[number]);
  }

  long entry(final int number) {
    return entries[number];
  }

  /** {@link #NEVER} for none. */
  long liquidation(final int number) {
    return liquidations[number];
  }

  /** When the venue's state was taken. */
  long reported(final int number) {
    return reported[number];
  }

  /** 0 unknown. */
  long opened(final int number) {
    return opened[number];
  }

  /** 10⁻², 0 unknown. */
  int leverage(final int number) {
    return leverages[number];
  }

  /** Whether answers leave out a position. */
  boolean isStale(final int number, final long now) {
    return now - reported[number] > settings.staleNanos();
  }

  /** All reports, those without effect included. */
  long reports() {
    return reports;
  }

  /** Reports that were older than what was known of their accounts, and had no effect. */
  long outdated() {
    return outdated;
  }

  /** Reports of new accounts that there was no room for. */
  long noRoom() {
    return noRoom;
  }

  /** Positions that mark had crossed before they were reported, and that aren't kept. */
  long beyondMark() {
    return beyondMark;
  }

  /** Positions whose liquidation prices were crossed. */
  long swept(final Side side) {
    return side == Side.LONG ? sweptLongs : sweptShorts;
  }

  /** Their notional at the liquidation prices, price times quantity mantissas. */
  double sweptNotional(final Side side) {
    return side == Side.LONG ? sweptNotionalLong : sweptNotionalShort;
  }

  void encode(final StateWriter out) {
    out.putLong(scanAt);
    out.putLong(reports);
    out.putLong(outdated);
    out.putLong(noRoom);
    out.putLong(beyondMark);
    out.putLong(sweptLongs);
    out.putLong(sweptShorts);
    out.putDouble(sweptNotionalLong);
    out.putDouble(sweptNotionalShort);
    out.putLong(accounts.count());
    for (int number = 0; number < accounts.count(); number++) {
      out.putLong(accounts.account(number));
      out.putDouble(quantities[number]);
      out.putLong(entries[number]);
      out.putLong(liquidations[number]);
      out.putLong(reported[number]);
      out.putLong(opened[number]);
      out.putLong(leverages[number]);
    }
  }

  void decode(final StateReader in) {
    scanAt = in.getLong();
    reports = in.getLong();
    outdated = in.getLong();
    noRoom = in.getLong();
    beyondMark = in.getLong();
    sweptLongs = in.getLong();
    sweptShorts = in.getLong();
    sweptNotionalLong = in.getDouble();
    sweptNotionalShort = in.getDouble();
    for (int left = in.getInt(0, settings.capacity()); left > 0; left--) {
      final long account = in.getLong();
      if (accounts.find(account) >= 0) {
        throw new IllegalStateException("the state has two positions of account " + account);
      }
      final int number = add(account);
      quantities[number] = in.getDouble(-Double.MAX_VALUE, Double.MAX_VALUE);
      entries[number] = in.getLong(1, MAX_PRICE);
      liquidations[number] = in.getLong(NEVER, MAX_PRICE);
      reported[number] = in.getLong();
      opened[number] = in.getLong();
      leverages[number] = in.getInt(0, Integer.MAX_VALUE);
      approach(quantities[number], liquidations[number]);
    }
  }
}
