package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

final class MarketStateTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final long HOUR = MarketState.HOUR;
  private static final long DAY = MarketState.DAY;
  private static final long START = 20_000 * DAY;

  private final MarketState market = new MarketState();

  /** Open interest rises by 1 an update; takers buy 3 and sell 1 between two. */
  private void update(final int updates, final long every) {
    for (int i = 0; i < updates; i++) {
      market.onOpenInterest(START + i * every, 100 + i, 3, 1);
    }
  }

  @Test
  void shouldKnowNothingBeforeTheFeedSaysIt() {
    assertTrue(Double.isNaN(market.fundingRate()));
    assertTrue(Double.isNaN(market.accountRatio()));
    assertTrue(Double.isNaN(market.openInterestChange(HOUR)));
    assertTrue(Double.isNaN(market.takerFlow(DAY)));
    assertEquals(0, market.nextFunding());
    update(12, 5 * MINUTE);
    assertTrue(Double.isNaN(market.openInterestChange(HOUR)), "55 minutes are no hour");
    assertEquals(0, market.since(HOUR));
  }

  @Test
  void shouldTellTheChangeOfAnHourAndOfADay() {
    update(300, 5 * MINUTE);
    final long last = START + 299 * 5 * MINUTE;
    assertEquals(last, market.updateTime());
    assertEquals(last - HOUR, market.since(HOUR));
    assertEquals(399.0 / 387 - 1, market.openInterestChange(HOUR), 1e-12);
    assertEquals(.5, market.takerFlow(HOUR), 1e-12);
    // Of a day one update an hour is kept: the last of those is 55 minutes farther back.
    assertEquals(START, market.since(DAY));
    assertEquals(399.0 / 100 - 1, market.openInterestChange(DAY), 1e-12);
  }

  @Test
  void shouldTakeWhatThereIsWhereUpdatesAreRare() {
    update(5, 40 * MINUTE);
    assertEquals(START + 80 * MINUTE, market.since(HOUR));
    assertEquals(104.0 / 102 - 1, market.openInterestChange(HOUR), 1e-12);
    market.onOpenInterest(START + 10 * DAY, 50, 0, 0);
    assertEquals(START + 160 * MINUTE, market.since(HOUR));
    assertTrue(Double.isNaN(market.takerFlow(HOUR)), "nothing was traded");
    assertEquals(50.0 / 104 - 1, market.openInterestChange(HOUR), 1e-12);
  }

  @Test
  void shouldKeepWhatTheFeedSaysOfFundingAndAccounts() {
    market.onFunding(START, -123_450, START + 8 * HOUR);
    market.onAccountRatio(START + 1, 1_250_000_000);
    assertEquals(-.00012345, market.fundingRate(), 1e-18);
    assertEquals(START, market.fundingTime());
    assertEquals(START + 8 * HOUR, market.nextFunding());
    assertEquals(1.25, market.accountRatio(), 1e-15);
    assertEquals(START + 1, market.accountRatioTime());
    market.onFunding(START + HOUR, 0, 0);
    assertEquals(0, market.fundingRate(), "a rate of 0 is a rate");
  }

  @Test
  void shouldComeBackFromItsState() {
    for (final int updates : new int[] {0, 1, 13, 14, 15, 400}) {
      final MarketState before = new MarketState();
      for (int i = 0; i < updates; i++) {
        before.onOpenInterest(START + i * 5L * MINUTE, 100 + i, i, 1);
      }
      before.onFunding(START, 5, START + HOUR);
      before.onAccountRatio(START, 7);
      final byte[] bytes = bytes(before);
      final MarketState after = new MarketState();
      final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
      buffer.putBytes(0, bytes);
      after.decode(new StateReader(buffer, 0, bytes.length));
      for (int i = 0; i < 40; i++) {
        before.onOpenInterest(START + (updates + i) * 5L * MINUTE, 7 * i, 2, i);
        after.onOpenInterest(START + (updates + i) * 5L * MINUTE, 7 * i, 2, i);
        assertEquals(before.openInterestChange(DAY), after.openInterestChange(DAY));
        assertEquals(before.takerFlow(HOUR), after.takerFlow(HOUR));
      }
      assertEquals(hex(bytes(before)), hex(bytes(after)));
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

  private static String hex(final byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
