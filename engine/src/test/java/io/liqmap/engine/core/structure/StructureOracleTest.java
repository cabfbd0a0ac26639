package io.liqmap.engine.core.structure;

import static io.liqmap.engine.core.structure.StructureFixture.DAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.NavigableMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The structure against its whole history, worked out again. */
@Tag("slow")
final class StructureOracleTest {
  private static final int EVENTS = 100_000;
  private static final int CHECKS = 8;
  private static final double TOLERANCE = 1e-9;

  /** With a short half-life blocks end, and old volume is dropped, many times. */
  @ParameterizedTest
  @CsvSource({
    "1,false,1440",
    "2,false,1440",
    "3,true,1440",
    "4,true,1440",
    "5,true,20",
    "6,false,1",
    "7,true,1"
  })
  void shouldAgreeWithItsWholeHistory(
      final long seed, final boolean isWild, final long halfLifeMinutes) {
    final RandomPath path = new RandomPath(seed, isWild);
    final Structure structure =
        new Structure(
            StructureFixture.settings(halfLifeMinutes * StructureFixture.MINUTE),
            StructureFixture.LATTICE);
    final NaiveStructure naive = new NaiveStructure(structure.settings());
    for (int event = 1; event <= EVENTS; event++) {
      path.next();
      path.apply(structure);
      naive.apply(path);
      if (event == 100 || event % (EVENTS / CHECKS) == 0) {
        final StructureSnapshot snapshot = structure.snapshot();
        checkVolumes(structure, snapshot, naive.volumes());
        assertEquals(naive.swings(), snapshot.swings());
        checkTrends(snapshot, naive);
      }
    }
    assertTrue(structure.snapshot().swings().size() >= 16, "too quiet a path");
  }

  private static void checkVolumes(
      final Structure structure,
      final StructureSnapshot snapshot,
      final NavigableMap<Integer, Double> expected) {
    double total = 0;
    double largest = 0;
    for (final double volume : expected.values()) {
      total += volume;
      largest = Math.max(largest, volume);
    }
    assertEquals(1, snapshot.volume() / total, TOLERANCE);
    final double[] volumes = structure.profile().volumes();
    final int first = structure.profile().firstBucket();
    double seen = 0;
    for (int i = 0; i < volumes.length; i++) {
      final double volume = expected.getOrDefault(first + i, 0.0);
      // Over days no block ends; where one does, what is negligible beside the largest goes.
      final double measure = structure.settings().halfLifeNanos() >= DAY ? volume : largest;
      assertEquals(volume, volumes[i], TOLERANCE * measure);
      seen += volume;
    }
    assertEquals(1, seen / total, TOLERANCE);
    final double most = expected.get(snapshot.pointOfControl());
    assertEquals(1, most / largest, TOLERANCE);
    checkValueArea(snapshot, expected, total);
  }

  private static void checkValueArea(
      final StructureSnapshot snapshot,
      final NavigableMap<Integer, Double> expected,
      final double total) {
    double held = 0;
    for (final double volume :
        expected.subMap(snapshot.valueAreaLow(), true, snapshot.valueAreaHigh(), true).values()) {
      held += volume;
    }
    assertTrue(held >= 0.7 * total * (1 - TOLERANCE), "holds " + held + " of " + total);
    assertTrue(snapshot.valueAreaLow() <= snapshot.pointOfControl());
    assertTrue(snapshot.valueAreaHigh() >= snapshot.pointOfControl());
    final int length = snapshot.valueAreaHigh() - snapshot.valueAreaLow() + 1;
    assertEquals(
        NaiveStructure.valueAreaLength(expected, snapshot.pointOfControl(), 0.7 * total), length);
    final List<Integer> nodes = NaiveStructure.nodes(expected, held / length);
    assertEquals(Math.min(8, nodes.size()), snapshot.nodes().size());
    for (final VolumeNode node : snapshot.nodes()) {
      assertTrue(nodes.contains(node.bucket()), node + " isn't in " + nodes);
      assertEquals(node.share(), node.quantity() / total, TOLERANCE);
    }
  }

  private static void checkTrends(final StructureSnapshot snapshot, final NaiveStructure naive) {
    for (final TrendReading reading : snapshot.trends()) {
      final double[] expected = naive.trend(reading.windowNanos());
      assertEquals(1, reading.ema() / expected[0], TOLERANCE);
      // Slopes pass through 0: relative to a move of one basis point an hour, or to the slope.
      assertEquals(
          expected[1], reading.slopePerHour(), TOLERANCE * Math.max(1e-4, Math.abs(expected[1])));
    }
  }
}
