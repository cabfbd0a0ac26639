package io.liqmap.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.benchmarks.peer.PyLiquidationMap.Level;
import io.liqmap.benchmarks.peer.PyLiquidationMap.Mode;
import io.liqmap.engine.core.margin.Side;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PyLiquidationMapTest {
  private final PyLiquidationMap map = new PyLiquidationMap();

  @Test
  void shouldPutTheWholeAmountOfABuyOnEachOfFourLeverages() {
    map.onTrade(50_000, 4, true);

    assertEquals(
        List.of(
            new Level(100, 49_500, 200_000),
            new Level(50, 49_000, 200_000),
            new Level(25, 48_000, 200_000),
            new Level(10, 45_000, 200_000)),
        map.levels(Side.LONG, Mode.GROSS_VALUE, 100_000));
    assertTrue(map.levels(Side.SHORT, Mode.GROSS_VALUE, 0).isEmpty());
  }

  @Test
  void shouldPutASellAbovePrice() {
    map.onTrade(50_000, 1, false);

    assertEquals(
        List.of(50_500.0, 51_000.0, 52_000.0, 55_000.0),
        map.levels(Side.SHORT, Mode.GROSS_VALUE, 0).stream()
            .map((level) -> (double) Math.round(level.price()))
            .toList());
  }

  @Test
  void shouldCountATradeThatReachesTheThreshold() {
    map.onTrade(50_000, 2, true);
    map.onTrade(50_000, 1.9, true);

    assertEquals(4, map.levels(Side.LONG, Mode.GROSS_VALUE, 100_000).size());
  }

  @Test
  void shouldChooseTheLargestOfEachSide() {
    map.onTrade(100, 1, true);
    map.onTrade(100, 3, true);
    map.onTrade(100, 2, true);
    map.onTrade(100, 9, false);

    final List<Level> levels = map.levels(Side.LONG, Mode.TOP_N, 2);
    assertEquals(List.of(300.0, 200.0), levels.stream().map(Level::amount).distinct().toList());
    assertEquals(900, map.levels(Side.SHORT, Mode.TOP_N, 2).get(0).amount());
  }

  @Test
  void shouldRoundAPortionDown() {
    for (int i = 1; i <= 7; i++) {
      map.onTrade(100, i, true);
    }

    final List<Level> levels = map.levels(Side.LONG, Mode.PORTION, 0.3);
    assertEquals(List.of(700.0, 600.0), levels.stream().map(Level::amount).distinct().toList());
  }

  @Test
  void shouldLeaveOutLevelsBeyondTheLastPriceAndSweepNothing() {
    map.onTrade(100, 1, true);
    map.onTrade(98.5, 1, true);

    assertEquals(
        List.of(50, 25, 10, 100, 50, 25, 10),
        map.levels(Side.LONG, Mode.GROSS_VALUE, 0).stream().map(Level::leverage).toList());

    // What price has passed comes back when price does: nothing was swept.
    map.onTrade(101, 1, false);
    assertEquals(8, map.levels(Side.LONG, Mode.GROSS_VALUE, 0).size());
  }

  @Test
  void shouldDrawBarsThatHoldTheirUpperEdge() {
    // Prices from 1000 to 1090: a range below 100, so bins of 1.
    map.onTrade(1000, 1, true);
    map.onTrade(1002, 1, true);
    map.onTrade(1003.5, 1, true);
    map.onTrade(1090, 1, true);
    map.onTrade(1090, 0.001, false);

    // Levels of 50x: 980, 981.96, 983.43, 1068.2; the first edge is 980, the last 1067.
    assertEquals(
        Map.of(981.0, 1002.0, 983.0, 1003.5), map.bars(Side.LONG, Mode.GROSS_VALUE, 10, 50));
  }

  @Test
  void shouldAddUpDepthOutwardFromThePrice() {
    map.onTrade(100, 2, true);

    final Map<Double, Double> depth = map.depth(Side.LONG, Mode.GROSS_VALUE, 0);
    assertEquals(Map.of(99.0, 200.0, 98.0, 400.0, 96.0, 600.0, 90.0, 800.0), depth);
  }

  @Test
  void shouldDrawNothingFromNothing() {
    assertTrue(map.levels(Side.LONG, Mode.TOP_N, 5).isEmpty());
    assertTrue(map.bars(Side.LONG, Mode.TOP_N, 5, 10).isEmpty());
    assertTrue(map.depth(Side.SHORT, Mode.TOP_N, 5).isEmpty());
  }
}
