package io.liqmap.engine.core.structure;

import static io.liqmap.engine.core.structure.LevelKind.HIGH_VOLUME_NODE;
import static io.liqmap.engine.core.structure.LevelKind.POINT_OF_CONTROL;
import static io.liqmap.engine.core.structure.LevelKind.SWING_HIGH;
import static io.liqmap.engine.core.structure.LevelKind.SWING_LOW;
import static io.liqmap.engine.core.structure.LevelKind.VALUE_AREA_HIGH;
import static io.liqmap.engine.core.structure.LevelKind.VALUE_AREA_LOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StructureSnapshotTest {
  private final StructureSnapshot snapshot =
      new StructureSnapshot(
          1,
          100,
          0,
          50,
          40,
          60,
          List.of(new VolumeNode(50, 20, .2), new VolumeNode(70, 10, .1)),
          List.of(
              new Swing(50, true, 1_000, 60, 1),
              new Swing(50, false, 900, 41, 2),
              new Swing(50, true, 1_001, 60, 3),
              new Swing(150, true, 1_000, 60, 1)),
          List.of(new Swing(50, false, 950, 55, 4)),
          List.of());

  @Test
  void shouldNameTheLevelsWithinARangeWithThePricesOfSwings() {
    assertEquals(
        List.of(
            new Confluence(VALUE_AREA_LOW, 40, 0, 0),
            new Confluence(SWING_LOW, 41, 50, 900),
            new Confluence(POINT_OF_CONTROL, 50, 0, 0),
            new Confluence(HIGH_VOLUME_NODE, 50, 0, 0),
            new Confluence(VALUE_AREA_HIGH, 60, 0, 0),
            new Confluence(SWING_HIGH, 60, 50, 1_001),
            new Confluence(SWING_HIGH, 60, 150, 1_000)),
        snapshot.within(40, 60));
  }

  @Test
  void shouldIncludeBothEndsAndNothingElse() {
    assertEquals(List.of(new Confluence(VALUE_AREA_LOW, 40, 0, 0)), snapshot.within(40, 40));
    assertEquals(List.of(new Confluence(HIGH_VOLUME_NODE, 70, 0, 0)), snapshot.within(61, 70));
    assertEquals(List.of(), snapshot.within(51, 59));
    assertEquals(List.of(), snapshot.within(60, 40));
  }

  @Test
  void shouldNameNothingBeforeTheFirstEvent() {
    final StructureSnapshot empty = StructureFixture.structure().snapshot();
    assertEquals(List.of(), empty.within(Integer.MIN_VALUE, Integer.MAX_VALUE));
    assertEquals(3, empty.trends().size());
  }

  @Test
  void shouldStayAsItWasTaken() {
    final RandomPath path = new RandomPath(1, true);
    final Structure structure = StructureFixture.structure();
    for (int i = 0; i < 10_000; i++) {
      path.next();
      path.apply(structure);
    }
    final StructureSnapshot taken = structure.snapshot();
    final StructureSnapshot again = structure.snapshot();
    assertEquals(taken, again);
    for (int i = 0; i < 10_000; i++) {
      path.next();
      path.apply(structure);
    }
    assertEquals(taken, again);
    assertThrows(UnsupportedOperationException.class, () -> taken.swings().clear());
  }
}
