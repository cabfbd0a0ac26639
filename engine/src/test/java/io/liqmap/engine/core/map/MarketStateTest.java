package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

final class MarketStateTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long START = 20_000 * DAY;
  private static final double VALUE = 30;
  private static final int FIVE_MINUTES = 0;
  private static final int ONE_HOUR = 1;
  private static final int FOUR_HOURS = 2;
  private static final int ONE_DAY = 3;

  private final MarketState market = new MarketState();

  private record Update(long time, double openInterest, double bought, double sold) {}

  /** Open interest rises by 1 an update; takers buy 3 and sell 1 between two. */
  private void update(final int updates, final long every) {
    for (int i = 0; i < updates; i++) {
      market.onOpenInterest(START + i * every, 100 + i, 3, 1, VALUE);
    }
  }

  @Test
  void shouldKnowNothingBeforeTheFeedSaysIt() {
    assertTrue(Double.isNaN(market.funding().predictedRate(START)));
    assertTrue(Double.isNaN(market.funding().settledRate(START)));
    assertEquals(0, market.funding().nextTime(START));
    assertTrue(Double.isNaN(market.accountRatio()));
    assertTrue(Double.isNaN(market.basisBps()));
    assertTrue(Double.isNaN(market.meanBasisBps()));
    assertTrue(Double.isNaN(market.openInterestChange(ONE_HOUR)));
    assertTrue(Double.isNaN(market.takerFlow(ONE_DAY)));
    update(12, 5 * MINUTE);
    assertTrue(Double.isNaN(market.openInterestChange(ONE_HOUR)), "55 minutes are no hour");
    assertEquals(0, market.since(ONE_HOUR));
    assertEquals(111.0 / 110 - 1, market.openInterestChange(FIVE_MINUTES), 1e-12);
  }

  @Test
  void shouldTellTheChangeOfEachWindowInShareAndInMoney() {
    update(300, 5 * MINUTE);
    final long last = START + 299 * 5 * MINUTE;
    assertEquals(last, market.updateTime());
    assertEquals(last - 5 * MINUTE, market.since(FIVE_MINUTES));
    assertEquals(last - HOUR, market.since(ONE_HOUR));
    assertEquals(399.0 / 387 - 1, market.openInterestChange(ONE_HOUR), 1e-12);
    assertEquals(12 * VALUE, market.openInterestMove(ONE_HOUR), 1e-9);
    assertEquals(.5, market.takerFlow(ONE_HOUR), 1e-12);
    assertEquals(12 * 2 * VALUE, market.takerNet(ONE_HOUR), 1e-9);
    // Of a day one update an hour is kept: the last of those is 55 minutes farther back.
    assertEquals(START, market.since(ONE_DAY));
    assertEquals(399.0 / 100 - 1, market.openInterestChange(ONE_DAY), 1e-12);
  }

  @Test
  void shouldTakeWhatThereIsWithinTwiceTheWindowWhereUpdatesAreRare() {
    update(5, 40 * MINUTE);
    assertEquals(START + 80 * MINUTE, market.since(ONE_HOUR));
    assertEquals(104.0 / 102 - 1, market.openInterestChange(ONE_HOUR), 1e-12);
    assertTrue(Double.isNaN(market.openInterestChange(FIVE_MINUTES)), "40 minutes are not five");
    market.onOpenInterest(START + 160 * MINUTE + 2 * HOUR, 50, 0, 0, VALUE);
    assertEquals(START + 160 * MINUTE, market.since(ONE_HOUR));
    assertEquals(50.0 / 104 - 1, market.openInterestChange(ONE_HOUR), 1e-12);
    assertTrue(Double.isNaN(market.takerFlow(ONE_HOUR)), "nothing was traded");
    market.onOpenInterest(START + 10 * DAY, 50, 0, 0, VALUE);
    assertEquals(0, market.since(ONE_HOUR), "days are no hour");
    assertTrue(Double.isNaN(market.openInterestChange(ONE_HOUR)));
  }

  /** By all updates so far instead of some of them. */
  @Test
  void shouldComeToWithinAStepOfWhatAllUpdatesSay() {
    final long[] spans = {5 * MINUTE, HOUR, 4 * HOUR, DAY};
    final SplittableRandom random = new SplittableRandom(7);
    final List<Update> all = new ArrayList<>();
    double bought = 0;
    double sold = 0;
    long time = START;
    int known = 0;
    for (int i = 0; i < 3_000; i++) {
      // Now and then a hole that no short window reaches over.
      time += random.nextInt(100) == 0 ? random.nextLong(5 * HOUR) : random.nextLong(2 * MINUTE);
      final double quantity = 100 + random.nextDouble() * 50;
      final double buys = random.nextDouble();
      final double sells = random.nextDouble();
      bought += buys;
      sold += sells;
      market.onOpenInterest(time, quantity, buys, sells, VALUE);
      final Update last = new Update(time, quantity, bought, sold);
      all.add(last);
      for (int window = 0; window < MarketState.WINDOWS; window++) {
        final long span = spans[window];
        final long since = market.since(window);
        final Update newest = newest(all, time - span);
        if (newest == null || newest.time < time - 2 * span) {
          assertEquals(0, since);
          assertTrue(Double.isNaN(market.openInterestChange(window)));
        } else if (since != 0) {
          known++;
          assertTrue(since <= newest.time && since > newest.time - span / 10, "update " + i);
          final Update base = newest(all, since);
          assertEquals(since, base.time);
          assertEquals(quantity / base.openInterest - 1, market.openInterestChange(window), 1e-12);
          assertEquals(
              (quantity - base.openInterest) * VALUE, market.openInterestMove(window), 1e-9);
          final double more = bought - base.bought - (sold - base.sold);
          assertEquals(more * VALUE, market.takerNet(window), 1e-6);
          assertEquals(
              more / (bought - base.bought + sold - base.sold), market.takerFlow(window), 1e-9);
        } else {
          assertTrue(newest.time - span / 10 < time - 2 * span, "it is near enough, " + i);
        }
      }
    }
    assertTrue(known > 9_000, known + " known");
  }

  private static Update newest(final List<Update> all, final long time) {
    Update newest = null;
    for (final Update update : all) {
      newest = update.time <= time ? update : newest;
    }
    return newest;
  }

  @Test
  void shouldTellMarkOverIndexNowAndInTheMeanOfTheLastHour() {
    final SplittableRandom random = new SplittableRandom(3);
    final List<double[]> all = new ArrayList<>();
    long time = START;
    int known = 0;
    for (int i = 0; i < 3_000; i++) {
      time += random.nextInt(200) == 0 ? random.nextLong(3 * HOUR) : random.nextLong(MINUTE);
      final long mark = 1_000_000 + random.nextLong(-900, 900);
      market.onMark(time, mark, 1_000_000);
      all.add(new double[] {time, mark});
      assertEquals((mark - 1e6) / 100, market.basisBps(), 1e-6);
      assertEquals(time, market.basisTime());
      // Whole steps of five minutes: eleven, and the one that has begun.
      final long step = 5 * MINUTE;
      final long from = time / step * step - 11 * step;
      double sum = 0;
      int count = 0;
      boolean isOldestKnown = false;
      for (final double[] past : all) {
        if (past[0] >= from) {
          sum += (past[1] - 1e6) / 100;
          count++;
          isOldestKnown |= past[0] < from + step;
        }
      }
      if (isOldestKnown) {
        known++;
        assertEquals(sum / count, market.meanBasisBps(), 1e-6, "mark " + i);
      } else {
        assertTrue(Double.isNaN(market.meanBasisBps()), "mark " + i);
      }
    }
    assertTrue(known > 1_000 && known < 3_000, known + " known");
  }

  @Test
  void shouldKeepWhatTheFeedSaysOfAccounts() {
    market.onAccountRatio(START + 1, 1_250_000_000);
    assertEquals(1.25, market.accountRatio(), 1e-15);
    assertEquals(START + 1, market.accountRatioTime());
  }

  @Test
  void shouldComeBackFromItsState() {
    for (final int updates : new int[] {0, 1, 13, 14, 15, 400}) {
      final MarketState before = new MarketState();
      for (int i = 0; i < updates; i++) {
        before.onOpenInterest(START + i * 5L * MINUTE, 100 + i, i, 1, VALUE);
        before.onMark(START + i * 5L * MINUTE, 1_000 + i, 1_000);
      }
      before.onFunding(START, 5, START + HOUR);
      before.onFunding(START + HOUR, 6, START + 2 * HOUR);
      before.onAccountRatio(START, 7);
      final byte[] bytes = bytes(before);
      final MarketState after = new MarketState();
      final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
      buffer.putBytes(0, bytes);
      after.decode(new StateReader(buffer, 0, bytes.length));
      for (int i = 0; i < 40; i++) {
        final long time = START + (updates + i) * 5L * MINUTE;
        for (final MarketState of : new MarketState[] {before, after}) {
          of.onOpenInterest(time, 7 * i, 2, i, VALUE);
          of.onMark(time, 999, 1_000 + i);
          of.onFunding(time, i, time + HOUR - time % HOUR);
        }
        assertEquals(before.openInterestChange(ONE_DAY), after.openInterestChange(ONE_DAY));
        assertEquals(before.takerNet(FOUR_HOURS), after.takerNet(FOUR_HOURS));
        assertEquals(before.meanBasisBps(), after.meanBasisBps());
        assertEquals(before.funding().settledRate(time), after.funding().settledRate(time));
      }
      assertEquals(HexFormat.of().formatHex(bytes(before)), HexFormat.of().formatHex(bytes(after)));
    }
  }

  private static byte[] bytes(final MarketState market) {
    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    final StateWriter out = new StateWriter(buffer);
    market.encode(out);
    final byte[] bytes = new byte[out.position()];
    buffer.getBytes(0, bytes);
    return bytes;
  }
}
