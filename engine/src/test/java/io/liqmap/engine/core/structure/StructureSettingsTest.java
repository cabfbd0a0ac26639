package io.liqmap.engine.core.structure;

import static io.liqmap.engine.core.structure.StructureFixture.DAY;
import static io.liqmap.engine.core.structure.StructureFixture.HOUR;
import static io.liqmap.engine.core.structure.StructureFixture.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StructureSettingsTest {
  private static final List<Integer> SCALES = List.of(50, 150);
  private static final List<Long> WINDOWS = List.of(HOUR, DAY);

  @Test
  void shouldTakeTheEndsOfTheRanges() {
    new StructureSettings(MINUTE, 0.5, List.of(1, 9_000), List.of(MINUTE, 3_650 * DAY), 0);
    new StructureSettings(
        3_650 * DAY,
        0.95,
        List.of(1, 2, 3, 4, 5, 6, 7, 8),
        List.of(HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR, 5 * HOUR, 6 * HOUR, 7 * HOUR, 8 * HOUR),
        1_000);
  }

  @Test
  void shouldRefuseWhatIsOutOfRange() {
    refuses("halfLifeNanos", MINUTE - 1, 0.7, SCALES, WINDOWS, 10);
    refuses("halfLifeNanos", 3_650 * DAY + 1, 0.7, SCALES, WINDOWS, 10);
    refuses("valueArea", DAY, 0.49, SCALES, WINDOWS, 10);
    refuses("valueArea", DAY, 0.96, SCALES, WINDOWS, 10);
    refuses("valueArea", DAY, Double.NaN, SCALES, WINDOWS, 10);
    refuses("scalesBps", DAY, 0.7, List.of(), WINDOWS, 10);
    refuses("scalesBps", DAY, 0.7, List.of(0), WINDOWS, 10);
    refuses("scalesBps", DAY, 0.7, List.of(9_001), WINDOWS, 10);
    refuses("scalesBps", DAY, 0.7, List.of(50, 50), WINDOWS, 10);
    refuses("scalesBps", DAY, 0.7, List.of(150, 50), WINDOWS, 10);
    refuses("scalesBps", DAY, 0.7, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), WINDOWS, 10);
    refuses("windowsNanos", DAY, 0.7, SCALES, List.of(), 10);
    refuses("windowsNanos", DAY, 0.7, SCALES, List.of(MINUTE - 1), 10);
    refuses("windowsNanos", DAY, 0.7, SCALES, List.of(3_650 * DAY + 1), 10);
    refuses("windowsNanos", DAY, 0.7, SCALES, List.of(DAY, HOUR), 10);
    refuses("deadBandBps", DAY, 0.7, SCALES, WINDOWS, -1);
    refuses("deadBandBps", DAY, 0.7, SCALES, WINDOWS, 1_001);
    refuses("deadBandBps", DAY, 0.7, SCALES, WINDOWS, Double.NaN);
  }

  private static void refuses(
      final String name,
      final long halfLife,
      final double valueArea,
      final List<Integer> scales,
      final List<Long> windows,
      final double deadBand) {
    final Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new StructureSettings(halfLife, valueArea, scales, windows, deadBand));
    assertTrue(refused.getMessage().startsWith(name), refused.getMessage());
  }

  @Test
  void shouldNotChangeWithTheListsThatMadeIt() {
    final List<Integer> scales = new ArrayList<>(SCALES);
    final StructureSettings settings = new StructureSettings(DAY, 0.7, scales, WINDOWS, 10);
    scales.set(0, 1);
    assertEquals(SCALES, settings.scalesBps());
  }
}
