package io.liqmap.engine.core.structure;

import static io.liqmap.engine.core.structure.StructureFixture.START;
import static io.liqmap.engine.core.structure.StructureFixture.bucket;
import static io.liqmap.engine.core.structure.StructureFixture.structure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SwingsTest {
  private final Structure structure = structure(100);
  private long time = START;

  @Test
  void shouldConfirmSwingHighOncePriceHasFallenByTheScale() {
    prices(10_000, 11_000, 10_891);
    assertEquals(List.of(), structure.snapshot().swings());
    prices(10_890);
    assertEquals(List.of(swing(true, 11_000, START + 2)), structure.snapshot().swings());
  }

  @Test
  void shouldConfirmSwingLowOncePriceHasRisenByTheScale() {
    prices(10_000, 9_000, 9_089);
    assertEquals(List.of(), structure.snapshot().swings());
    prices(9_090);
    assertEquals(List.of(swing(false, 9_000, START + 2)), structure.snapshot().swings());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 99, 101, 9_999, 10_001, 123_457, 6_000_007, (1L << 53) - 1})
  void shouldTurnAtTheFirstWholePriceBeyondTheScale(final long high) {
    final long turn = high - (high + 99) / 100;
    final Structure one = structure(100);
    one.onPrice(START, Math.max(1, high / 2));
    one.onPrice(START + 1, high);
    if (high == 1) {
      assertEquals(List.of(), one.snapshot().runningExtremes());
      return;
    }
    one.onPrice(START + 2, turn + 1);
    assertEquals(0, one.snapshot().swings().size());
    one.onPrice(START + 3, turn);
    assertEquals(turn < 1 ? 0 : 1, one.snapshot().swings().size());
  }

  @Test
  void shouldLetHighsAndLowsAlternate() {
    prices(10_000, 10_100, 10_300, 10_000, 10_200, 10_500, 10_200);
    assertEquals(
        List.of(
            swing(true, 10_300, START + 3),
            swing(false, 10_000, START + 4),
            swing(true, 10_500, START + 6)),
        structure.snapshot().swings());
  }

  @Test
  void shouldKnowTheExtremeThatRuns() {
    prices(10_000);
    assertEquals(List.of(), structure.snapshot().runningExtremes());
    prices(10_100, 10_200, 10_150);
    assertEquals(List.of(swing(true, 10_200, START + 3)), structure.snapshot().runningExtremes());
    prices(9_000);
    assertEquals(List.of(swing(false, 9_000, START + 5)), structure.snapshot().runningExtremes());
  }

  @Test
  void shouldNotCallTheStartASwing() {
    prices(10_000, 9_000);
    assertEquals(List.of(), structure.snapshot().swings());
    final Structure other = structure(100);
    other.onPrice(START, 10_000);
    other.onPrice(START, 20_000);
    assertEquals(List.of(), other.snapshot().swings());
  }

  @Test
  void shouldKeepTheTimeAtWhichTheExtremeWasReachedFirst() {
    prices(10_000, 11_000, 11_000, 11_000, 10_000);
    assertEquals(List.of(swing(true, 11_000, START + 2)), structure.snapshot().swings());
  }

  @Test
  void shouldTakeTheSamePriceAgainAndAgain() {
    for (int i = 0; i < 100; i++) {
      prices(10_000);
    }
    assertEquals(List.of(), structure.snapshot().swings());
    assertEquals(List.of(), structure.snapshot().runningExtremes());
  }

  @Test
  void shouldConfirmOneSwingAtAJump() {
    prices(10_000, 20_000, 10_000, 20_000);
    assertEquals(
        List.of(swing(true, 20_000, START + 2), swing(false, 10_000, START + 3)),
        structure.snapshot().swings());
  }

  @Test
  void shouldKeepTheLastEight() {
    for (int i = 0; i < 20; i++) {
      prices(10_000 + i, 20_000 + i);
    }
    final List<Swing> swings = structure.snapshot().swings();
    assertEquals(8, swings.size());
    assertEquals(swing(false, 10_019, START + 39), swings.get(7));
    assertEquals(swing(true, 20_015, START + 32), swings.get(0));
  }

  @Test
  void shouldFollowEachScaleOnItsOwn() {
    final Structure three = structure(50, 150, 500);
    long at = START;
    for (final long price : new long[] {10_000, 10_600, 10_540, 10_600, 10_400, 11_000, 10_000}) {
      three.onPrice(at++, price);
    }
    final List<Swing> swings = three.snapshot().swings();
    assertEquals(
        List.of(50, 50, 50, 50, 50, 150, 150, 150, 500),
        swings.stream().map(Swing::scaleBps).toList());
    assertEquals(
        List.of(10_600L, 10_540L, 10_600L, 10_400L, 11_000L, 10_600L, 10_400L, 11_000L, 11_000L),
        swings.stream().map(Swing::price).toList());
  }

  @Test
  void shouldTakeAPriceWhoseTimeGoesBackAtTheLatestTime() {
    structure.onPrice(START + 10, 10_000);
    structure.onPrice(START, 11_000);
    structure.onPrice(START + 11, 10_000);
    assertEquals(List.of(swing(true, 11_000, START + 10)), structure.snapshot().swings());
    assertEquals(START + 11, structure.time());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1})
  void shouldNotTakeWhatIsNoPrice(final long price) {
    prices(10_000, price);
    assertEquals(10_000, structure.price());
    assertEquals(List.of(), structure.snapshot().runningExtremes());
  }

  private void prices(final long... prices) {
    for (final long price : prices) {
      time++;
      structure.onPrice(time, price);
    }
  }

  private static Swing swing(final boolean isHigh, final long price, final long time) {
    return new Swing(100, isHigh, price, bucket(price), time);
  }
}
