package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.EntrySettings;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** What a window shows of a map. */
@ParameterizedClass
@EnumSource(MapKind.class)
final class WindowTest extends MapFixture {
  private static final long MINUTE = 60 * SECOND;

  /** A map that opens the rises of open interest, and nothing else. */
  private MapUnderTest started() {
    return started(map(RISES_ONLY));
  }

  private static void open(
      final MapUnderTest map,
      final long at,
      final int entry,
      final double quantity,
      final double openInterest) {
    map.onTrade(at, priceOf(entry), quantity, true);
    map.onOpenInterest(at, openInterest);
  }

  private static void assertShown(
      final double expected, final MapUnderTest map, final Window window, final int entry) {
    for (final Side side : Side.values()) {
      assertQuantity(expected, openQuantity(map, side, window, entry));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Window.class, mode = Mode.EXCLUDE, names = "ALL")
  void shouldShowWhatWasOpenedInsideAWindowAndNothingFromBefore(final Window window) {
    final MapUnderTest map = started();
    open(map, START, ENTRY, 100, 100);
    final long later = START + 2 * DAY + window.nanos();
    open(map, later, ENTRY + 5, 300, 400);
    map.onMark(later + HOUR, PRICE);
    assertShown(0, map, window, ENTRY);
    assertShown(300, map, window, ENTRY + 5);
    assertShown(100, map, Window.ALL, ENTRY);
    assertShown(300, map, Window.ALL, ENTRY + 5);
  }

  @ParameterizedTest
  @CsvSource({"H12, 1", "D1, 1", "D3, 6", "D7, 6", "D30, 24"})
  void shouldBeginWithTheWholeCohortInWhichItsLengthEnds(final Window window, final int hours) {
    final MapUnderTest map = started();
    open(map, START + 30 * MINUTE, ENTRY, 100, 100);
    for (long at = START + DAY; at <= START + window.nanos(); at += DAY) {
      map.onOpenInterest(at, 100);
    }
    final long end = START + hours * HOUR + window.nanos();
    map.onMark(end - 1, PRICE);
    assertShown(100, map, window, ENTRY);
    map.onMark(end, PRICE);
    assertShown(0, map, window, ENTRY);
    assertShown(100, map, Window.ALL, ENTRY);
  }

  @ParameterizedTest
  @CsvSource({"D3", "D7", "D30"})
  void shouldKeepHoursApartUntilOpenInterestIsUpdated(final Window window) {
    final MapUnderTest map = started();
    open(map, START + 30 * MINUTE, ENTRY, 100, 100);
    map.onMark(START + HOUR + window.nanos() - 1, PRICE);
    assertShown(100, map, window, ENTRY);
    map.onMark(START + HOUR + window.nanos(), PRICE);
    assertShown(0, map, window, ENTRY);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void shouldHoldEachWindowWithinTheNextLonger(final int bucketsApart) {
    final MapUnderTest map = started();
    final long now = START + 60 * DAY + 40 * MINUTE;
    final long[] ages = {40 * DAY, 20 * DAY, 5 * DAY, 2 * DAY, 20 * HOUR, HOUR};
    final double[] quantities = {32, 16, 8, 4, 2, 1};
    double openInterest = 0;
    for (int i = 0; i < ages.length; i++) {
      openInterest += quantities[i];
      open(map, now - ages[i], ENTRY + i * bucketsApart, quantities[i], openInterest);
    }
    map.onMark(now, PRICE);
    final double[] shown = {1, 3, 7, 15, 31, 63};
    for (final Side side : Side.values()) {
      for (final Window window : Window.values()) {
        assertQuantity(shown[window.ordinal()], sum(map, side, window));
        final Window longer = Window.values()[Math.min(window.ordinal() + 1, Window.ALL.ordinal())];
        assertWithin(map.openQuantities(side, window), map.openQuantities(side, longer));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {231, 232})
  void shouldHoldEachWindowWithinTheNextLongerInAnyMarket(final long seed) {
    final MapUnderTest map = map(new EntrySettings(.2, .5, 0));
    final RandomMarket market = new RandomMarket(seed, 1e-3, 20, 4_000);
    boolean differed = false;
    for (int i = 0; i < 4_000; i++) {
      market.next().applyTo(map);
      if (i % 50 == 0) {
        for (final Side side : Side.values()) {
          for (int window = 0; window < Window.ALL.ordinal(); window++) {
            assertWithin(
                map.openQuantities(side, Window.values()[window]),
                map.openQuantities(side, Window.values()[window + 1]));
          }
          differed |= sum(map, side, Window.D1) < .9 * sum(map, side, Window.D7);
        }
      }
    }
    assertTrue(differed, "the market was too fast for windows to differ");
  }

  private static void assertWithin(
      final SortedMap<Integer, double[]> inner, final SortedMap<Integer, double[]> outer) {
    for (final Map.Entry<Integer, double[]> each : inner.entrySet()) {
      final double[] around = outer.get(each.getKey());
      assertTrue(around != null && each.getValue()[0] <= around[0] + 1e-9, "at " + each.getKey());
    }
  }

  @ParameterizedTest
  @EnumSource(Window.class)
  void shouldLoseWhatIsSwept(final Window window) {
    final MapUnderTest map = started();
    open(map, START + HOUR, ENTRY, 100, 100);
    map.onMark(START + 2 * HOUR, PRICE);
    assertQuantity(100, sum(map, Side.LONG, window));
    map.onMark(START + 2 * HOUR, PRICE / 2);
    assertTrue(map.openQuantities(Side.LONG, window).isEmpty());
    assertQuantity(100, sum(map, Side.SHORT, window));
  }

  @Test
  void shouldLoseItsPartOfWhatIsClosed() {
    final MapUnderTest map = started();
    open(map, START, ENTRY, 300, 300);
    open(map, START + 30 * HOUR, ENTRY + 5, 100, 400);
    map.onOpenInterest(START + 31 * HOUR, 200);
    for (final Window window : new Window[] {Window.H12, Window.D1}) {
      assertShown(0, map, window, ENTRY);
      assertShown(50, map, window, ENTRY + 5);
    }
    for (final Window window : new Window[] {Window.D3, Window.D7, Window.D30, Window.ALL}) {
      assertShown(150, map, window, ENTRY);
      assertShown(50, map, window, ENTRY + 5);
    }
  }

  @Test
  void shouldLoseItsPartOfABucketThatOpenedBeforeItAsWell() {
    final MapUnderTest map = started();
    open(map, START, ENTRY, 300, 300);
    open(map, START + 30 * HOUR, ENTRY, 100, 400);
    map.onOpenInterest(START + 31 * HOUR, 100);
    assertShown(25, map, Window.D1, ENTRY);
    assertShown(100, map, Window.D3, ENTRY);
  }

  @Test
  void shouldShowPositionsReopenedInASweptBucket() {
    final MapUnderTest map = started();
    open(map, START, ENTRY, 100, 100);
    map.onMark(START + HOUR, PRICE / 2);
    map.onOpenInterest(START + HOUR, 100);
    map.onMark(START + HOUR, PRICE);
    open(map, START + 2 * HOUR, ENTRY, 40, 140);
    map.onMark(START + 14 * HOUR - 1, PRICE);
    for (final Window window : Window.values()) {
      assertQuantity(40, openQuantity(map, Side.LONG, window, ENTRY));
    }
    assertQuantity(40, openQuantity(map, Side.SHORT, Window.H12, ENTRY));
    assertQuantity(140, openQuantity(map, Side.SHORT, Window.D1, ENTRY));
    map.onMark(START + 14 * HOUR, PRICE);
    assertShown(0, map, Window.H12, ENTRY);
    assertQuantity(40, openQuantity(map, Side.LONG, Window.D1, ENTRY));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldBeEmptyAfterWeeksOfSilence(final boolean isOpenInterestBack) {
    final MapUnderTest map = started();
    open(map, START + HOUR, ENTRY, 100, 100);
    map.onMark(START + 45 * DAY, PRICE);
    if (isOpenInterestBack) {
      map.onOpenInterest(START + 45 * DAY, 100);
    }
    for (final Side side : Side.values()) {
      for (final Window window : Window.values()) {
        assertEquals(
            window != Window.ALL, map.openQuantities(side, window).isEmpty(), window.label());
      }
      assertQuantity(100, sum(map, side, Window.ALL));
    }
  }

  @ParameterizedTest
  @EnumSource(Window.class)
  void shouldShowTradesThatOpenInterestHasNotConfirmedYet(final Window window) {
    final MapUnderTest map = map(new EntrySettings(.25, 0, 0));
    started(map);
    map.onTrade(START + 45 * DAY, PRICE, 400, true);
    assertShown(100, map, window, ENTRY);
  }

  @ParameterizedTest
  @EnumSource(Window.class)
  void shouldNotShowOpenInterestWhoseEntryIsNotKnown(final Window window) {
    final MapUnderTest map = map(RISES_ONLY);
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 500);
    open(map, START + HOUR, ENTRY, 100, 600);
    for (final Side side : Side.values()) {
      assertQuantity(100, sum(map, side, window));
      assertQuantity(500, map.unmapped(side));
    }
  }
}
