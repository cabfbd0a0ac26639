package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KnownPositionsTest {
  private static final long START = TestSettings.START;
  private static final long HOUR = 3_600_000_000_000L;
  private static final long STALE = 24 * HOUR;

  /** A long of account 1 at 100, that is liquidated at 90. */
  private static KnownPositions oneLong(final int capacity) {
    final KnownPositions positions = positions(capacity);
    positions.report(START, 100, 1, 5, 100, 90, 0, 1_000);
    return positions;
  }

  private static KnownPositions positions(final int capacity) {
    return new KnownPositions(new PositionSettings(capacity, STALE), false);
  }

  @Test
  void shouldSweepAPositionWhosePriceIsReached() {
    final KnownPositions positions = oneLong(4);
    positions.report(START, 100, 2, -3, 100, 110, 0, 0);
    positions.onPrice(91, false);
    positions.onPrice(109, false);
    assertEquals(2, positions.count());

    positions.onPrice(90, false);
    assertEquals(1, positions.count());
    assertEquals(Side.SHORT, positions.side(0));
    assertEquals(5 * 90, positions.sweptNotional(Side.LONG));

    positions.onPrice(200, false);
    assertEquals(0, positions.count());
    assertEquals(3 * 110, positions.sweptNotional(Side.SHORT));
    assertEquals(1, positions.swept(Side.LONG));
    assertEquals(1, positions.swept(Side.SHORT));
  }

  @Test
  void shouldKeepAPositionWithoutALiquidationPriceAtAnyPrice() {
    final KnownPositions positions = positions(4);
    positions.report(START, 100, 1, 5, 100, KnownPositions.NEVER, 0, 0);
    positions.report(START, 100, 2, -5, 100, KnownPositions.NEVER, 0, 0);
    positions.onPrice(1, false);
    positions.onPrice(1L << 53, false);
    assertEquals(2, positions.count());
  }

  @Test
  void shouldNotKeepAPositionThatMarkHadCrossedBefore() {
    final KnownPositions positions = oneLong(4);
    positions.report(START, 90, 1, 5, 100, 90, 0, 0);
    assertEquals(0, positions.count());
    assertEquals(1, positions.beyondMark());

    positions.report(START, 0, 1, 5, 100, 90, 0, 0);
    positions.onPrice(80, true);
    assertEquals(0, positions.count());
    assertEquals(2, positions.beyondMark());
    assertEquals(0, positions.swept(Side.LONG));
  }

  @Test
  void shouldIgnoreAReportThatIsOlderThanWhatIsKnown() {
    final KnownPositions positions = oneLong(4);
    positions.report(START - 1, 100, 1, 0, 0, KnownPositions.NEVER, 0, 0);
    assertEquals(1, positions.count());
    assertEquals(1, positions.outdated());
    positions.report(START, 100, 1, 0, 0, KnownPositions.NEVER, 0, 0);
    assertEquals(0, positions.count());
  }

  @Test
  void shouldLeaveOutFurtherAccountsWhenFull() {
    final KnownPositions positions = oneLong(1);
    positions.report(START, 100, 2, 5, 100, 90, 0, 0);
    assertEquals(1, positions.noRoom());
    assertEquals(1, positions.account(0));
    positions.report(START, 100, 1, 7, 100, 90, 0, 0);
    assertEquals(7, positions.quantity(0));
    positions.report(START, 100, 1, 0, 0, 0, 0, 0);
    positions.report(START, 100, 2, 5, 100, 90, 0, 0);
    assertEquals(2, positions.account(0));
  }

  @Test
  void shouldForgetWhatNoReportConfirms() {
    final KnownPositions positions = oneLong(4);
    positions.report(START + STALE, 100, 2, 5, 100, 90, 0, 0);
    assertEquals(false, positions.isStale(0, START + STALE));
    assertEquals(true, positions.isStale(0, START + STALE + 1));
    positions.report(START + 2 * STALE + STALE / 4, 100, 3, 5, 100, 90, 0, 0);
    assertEquals(2, positions.count());
    assertEquals(3, positions.account(1));
  }

  /** Few accounts close and come back often; many fill the room; prices that cross much. */
  @ParameterizedTest
  @CsvSource({"1, 10, 100, 50", "2, 500, 200, 1000", "3, 300, 1000, 20", "4, 2000, 5000, 400"})
  void shouldAgreeWithAPlainList(
      final long seed, final int accounts, final int capacity, final int reach) {
    final SplittableRandom random = new SplittableRandom(seed);
    final Naive naive = new Naive(capacity);
    KnownPositions positions = positions(capacity);
    long at = START;
    long price = 0;
    for (int i = 0; i < 30_000; i++) {
      at += random.nextLong(HOUR / 20);
      if (random.nextInt(3) == 0) {
        final boolean isFirst = price == 0;
        price = Math.max(5_000, (isFirst ? 10_000 : price) + random.nextLong(-reach, reach + 1));
        positions.onPrice(price, isFirst);
        naive.price(price, isFirst);
      } else {
        final long account = random.nextLong(accounts) * 1_000_003 - 500_000;
        final double quantity = random.nextInt(3) == 0 ? 0 : random.nextInt(-50, 51);
        final long liquidation = random.nextInt(10) == 0 ? 0 : random.nextLong(5_000, 20_000);
        final long reported = random.nextInt(20) == 0 ? at - random.nextLong(HOUR) : at;
        positions.report(reported, price, account, quantity, 10_000, liquidation, 1, 200);
        naive.report(reported, price, account, quantity, liquidation);
      }
      if (random.nextInt(500) == 0) {
        positions = restored(positions, capacity);
      }
      assertEquals(naive.positions.size(), positions.count(), "event " + i);
      if (i % 64 == 0) {
        assertSame(naive, positions);
      }
    }
    assertSame(naive, positions);
    assertTrue(naive.swept > 0 && naive.beyond > 0 && naive.outdated > 0);
    assertEquals(accounts > capacity, naive.noRoom > 0);
  }

  private static void assertSame(final Naive naive, final KnownPositions positions) {
    final TreeMap<Long, Known> found = new TreeMap<>();
    for (int i = 0; i < positions.count(); i++) {
      found.put(
          positions.account(i),
          new Known(
              positions.quantity(i) * positions.side(i).sign(),
              positions.liquidation(i),
              positions.reported(i)));
    }
    assertEquals(naive.positions, found);
    assertEquals(naive.swept, positions.swept(Side.LONG) + positions.swept(Side.SHORT));
    assertEquals(naive.beyond, positions.beyondMark());
    assertEquals(naive.noRoom, positions.noRoom());
    assertEquals(naive.outdated, positions.outdated());
  }

  private static KnownPositions restored(final KnownPositions positions, final int capacity) {
    final byte[] bytes = bytes(positions);
    final KnownPositions restored = positions(capacity);
    restored.decode(new StateReader(new UnsafeBuffer(bytes), 0, bytes.length));
    assertEquals(new UnsafeBuffer(bytes), new UnsafeBuffer(bytes(restored)));
    return restored;
  }

  private static byte[] bytes(final KnownPositions positions) {
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    positions.encode(out);
    final byte[] bytes = new byte[out.position()];
    out.buffer().getBytes(0, bytes);
    return bytes;
  }

  @Test
  void shouldRefuseAStateWithAnAccountTwice() {
    final KnownPositions positions = oneLong(4);
    positions.report(START, 100, 2, 5, 100, 90, 0, 0);
    final byte[] bytes = bytes(positions);
    final int row = 7 * Long.BYTES;
    System.arraycopy(bytes, bytes.length - 2 * row, bytes, bytes.length - row, row);
    assertThrows(
        IllegalStateException.class,
        () -> positions(4).decode(new StateReader(new UnsafeBuffer(bytes), 0, bytes.length)));
  }

  record Known(double quantity, long liquidation, long reported) {}

  /** Does what {@link KnownPositions} says, as plainly as it can be said. */
  private static final class Naive {
    private final int capacity;
    private final TreeMap<Long, Known> positions = new TreeMap<>();
    private long scanAt;
    private long swept;
    private long beyond;
    private long noRoom;
    private long outdated;

    Naive(final int capacity) {
      this.capacity = capacity;
    }

    private static boolean isCrossed(
        final double quantity, final long liquidation, final long price) {
      if (liquidation == 0 || price == 0 || quantity == 0) {
        return false;
      }
      return quantity > 0 ? price <= liquidation : price >= liquidation;
    }

    void price(final long price, final boolean isFirst) {
      final int before = positions.size();
      positions.values().removeIf((one) -> isCrossed(one.quantity, one.liquidation, price));
      swept += isFirst ? 0 : before - positions.size();
      beyond += isFirst ? before - positions.size() : 0;
    }

    void report(
        final long at,
        final long price,
        final long account,
        final double quantity,
        final long liquidation) {
      if (at >= scanAt) {
        scanAt = at + STALE / 8;
        positions.values().removeIf((one) -> at - one.reported > 2 * STALE);
      }
      final Known known = positions.get(account);
      if (known != null && at < known.reported) {
        outdated++;
      } else if (quantity == 0 || isCrossed(quantity, liquidation, price)) {
        beyond += quantity == 0 ? 0 : 1;
        positions.remove(account);
      } else if (known == null && positions.size() == capacity) {
        noRoom++;
      } else {
        positions.put(account, new Known(quantity, liquidation, at));
      }
    }
  }
}
