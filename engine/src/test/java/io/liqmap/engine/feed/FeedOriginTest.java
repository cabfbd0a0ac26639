package io.liqmap.engine.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FeedOriginTest {
  private static final long HOUR = 3_600_000_000_000L;

  @Test
  void shouldPlaceBarsByTheirAnchor() {
    final FeedOrigin origin = FeedOrigin.of("coinalyze").withTradeBars(HOUR, 5 * HOUR + HOUR / 2);
    assertEquals(HOUR / 2, origin.tradeBarAnchorNanos());
    assertEquals(FeedOrigin.UNSTATED, origin.markBarNanos());
    assertEquals(HOUR - 1, origin.withMarkBars(HOUR, -1).markBarAnchorNanos());
  }

  @Test
  void shouldJoinToTheLongerBarsAndAllConventions() {
    final FeedOrigin ticks = FeedOrigin.of("binance").withTradeTicks();
    final FeedOrigin bars =
        FeedOrigin.of("coinalyze")
            .withTradeBars(HOUR, HOUR / 2)
            .with(FeedConvention.OPEN_INTEREST_FROM_MONEY);
    final FeedOrigin marks =
        FeedOrigin.NOT_STATED.withMarkBars(60, 0).with(FeedConvention.ZONE_RULES);
    final FeedOrigin all = ticks.and(bars).and(marks);
    assertEquals(all, marks.and(bars).and(ticks));
    assertEquals(all, all.and(ticks));
    assertEquals("binance+coinalyze", all.source());
    assertEquals(HOUR, all.tradeBarNanos());
    assertEquals(HOUR / 2, all.tradeBarAnchorNanos());
    assertEquals(60, all.markBarNanos());
    assertEquals(
        List.of(FeedConvention.OPEN_INTEREST_FROM_MONEY, FeedConvention.ZONE_RULES),
        all.namedConventions());
    assertEquals(ticks, ticks.and(FeedOrigin.NOT_STATED));
  }

  @Test
  void shouldSaySeveralWhereNamesAreTooLongTogether() {
    final FeedOrigin several =
        FeedOrigin.of("a-rather-long-name").and(FeedOrigin.of("another-long-name"));
    assertEquals("several", several.source());
    assertEquals("several", several.and(FeedOrigin.of("binance")).source());
  }

  @Test
  void shouldStateNothingUntilSomethingIsStated() {
    assertFalse(FeedOrigin.NOT_STATED.isStated());
    assertFalse(FeedOrigin.of("").isStated());
    assertTrue(FeedOrigin.NOT_STATED.withMarkTicks().isStated());
    assertTrue(FeedOrigin.NOT_STATED.with(FeedConvention.CLOCK_OFFSET).isStated());
  }

  @Test
  void shouldRefuseWhatIsOutOfRange() {
    refuses(() -> FeedOrigin.of("Binance"));
    refuses(() -> FeedOrigin.of("a".repeat(25)));
    refuses(() -> FeedOrigin.NOT_STATED.withTradeBars(FeedOrigin.MAX_BAR_NANOS + 1, 0));
    refuses(() -> FeedOrigin.NOT_STATED.withMarkBars(-1, 0));
    refuses(() -> new FeedOrigin("", 0, 1, 0, 0, 0));
    refuses(() -> new FeedOrigin("", HOUR, HOUR, 0, 0, 0));
    refuses(() -> new FeedOrigin("", HOUR, -1, 0, 0, 0));
  }

  private static void refuses(final Runnable making) {
    assertThrows(IllegalArgumentException.class, making::run);
  }
}
