package io.liqmap.engine.core.structure;

import static io.liqmap.engine.core.structure.StructureFixture.DAY;
import static io.liqmap.engine.core.structure.StructureFixture.LATTICE;
import static io.liqmap.engine.core.structure.StructureFixture.START;
import static io.liqmap.engine.core.structure.StructureFixture.structure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.lattice.Lattice;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VolumeProfileTest {
  private static final int NEAR = 31_000;

  private final Structure structure = structure();

  @Test
  void shouldShowNothingWithoutVolume() {
    structure.onPrice(START, 6_000_000);
    final StructureSnapshot snapshot = structure.snapshot();
    assertEquals(-1, snapshot.pointOfControl());
    assertEquals(-1, snapshot.valueAreaLow());
    assertEquals(-1, snapshot.valueAreaHigh());
    assertEquals(0, snapshot.volume());
    assertEquals(List.of(), snapshot.nodes());
  }

  @Test
  void shouldPutThePointOfControlWhereMostWasTraded() {
    trade(START, NEAR, 5);
    trade(START, NEAR + 4, 7);
    trade(START, NEAR + 9, 6);
    assertEquals(NEAR + 4, structure.snapshot().pointOfControl());
    trade(START, NEAR, 3);
    assertEquals(NEAR, structure.snapshot().pointOfControl());
  }

  @Test
  void shouldTakeTheLowerOfEquals() {
    trade(START, NEAR + 4, 7);
    trade(START, NEAR, 7);
    trade(START, NEAR + 9, 7);
    assertEquals(NEAR, structure.snapshot().pointOfControl());
  }

  @Test
  void shouldHalveVolumeAfterTheHalfLife() {
    trade(START, NEAR, 8);
    trade(START + DAY, NEAR + 1, 5);
    final double[] volumes = structure.profile().volumes();
    assertEquals(4, volumes[0], 4e-3);
    assertEquals(5, volumes[1], 5e-12);
    assertEquals(NEAR + 1, structure.snapshot().pointOfControl());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 63, 64, 65, 200, 500})
  void shouldKeepProportionsOverGaps(final long days) {
    trade(START, NEAR, 3);
    trade(START, NEAR + 2, 1);
    structure.onTime(START + days * DAY);
    final double[] volumes = structure.profile().volumes();
    assertEquals(3, volumes[0] / volumes[2], 1e-12);
    assertEquals(4, structure.snapshot().volume() * StrictMath.pow(2, (double) days), 4e-3);
  }

  @Test
  void shouldForgetWhatIsThousandsOfHalfLivesOld() {
    trade(START, NEAR, 1e15);
    structure.onTime(START + 3_000 * DAY);
    assertEquals(-1, structure.snapshot().pointOfControl());
    trade(START + 3_000 * DAY, NEAR + 7, 1);
    assertEquals(NEAR + 7, structure.snapshot().pointOfControl());
    assertEquals(1, structure.snapshot().volume(), 1e-12);
  }

  @Test
  void shouldNotCountWhatIsNoQuantity() {
    for (final double quantity :
        new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      trade(START, NEAR, quantity);
    }
    assertEquals(0, structure.snapshot().volume());
  }

  @Test
  void shouldSpanTheShortestRunAroundThePointOfControl() {
    final double[] volumes = {2, 0, 0, 3, 4, 3, 0, 1, 1};
    for (int i = 0; i < volumes.length; i++) {
      trade(START, NEAR + i, volumes[i]);
    }
    final StructureSnapshot snapshot = structure.snapshot();
    assertEquals(NEAR + 3, snapshot.valueAreaLow(), "3 + 4 + 3 is 71 % of 14");
    assertEquals(NEAR + 5, snapshot.valueAreaHigh());
  }

  @Test
  void shouldPreferTheFullerThenTheLowerOfEquallyLongValueAreas() {
    final VolumeLevels fuller = levels(2, 4, 3, 1);
    assertEquals(1, fuller.valueAreaLow());
    assertEquals(2, fuller.valueAreaHigh());
    final VolumeLevels lower = levels(3, 4, 3);
    assertEquals(0, lower.valueAreaLow());
    assertEquals(1, lower.valueAreaHigh());
  }

  private static VolumeLevels levels(final double... volumes) {
    return new VolumeLevels(0, volumes, 0.7, LATTICE);
  }

  @Test
  void shouldFindTheNodesThatStandOut() {
    final double[] volumes = new double[120];
    for (int i = 0; i < volumes.length; i++) {
      volumes[i] = 10;
    }
    hump(volumes, 20, 60);
    hump(volumes, 60, 90);
    hump(volumes, 66, 40);
    hump(volumes, 100, 5);
    final VolumeLevels levels = new VolumeLevels(NEAR, volumes, 0.9, LATTICE);
    assertEquals(
        List.of(NEAR + 60, NEAR + 20), levels.nodes().stream().map(VolumeNode::bucket).toList());
    final VolumeNode node = levels.nodes().get(0);
    assertEquals(5 * 10 + 3 * 90, node.quantity());
    assertEquals(node.quantity() / levels.total(), node.share());
  }

  private static void hump(final double[] volumes, final int at, final double quantity) {
    volumes[at - 1] += quantity;
    volumes[at] += quantity;
    volumes[at + 1] += quantity;
  }

  @Test
  void shouldFindNoNodesInAFlatProfile() {
    final double[] volumes = new double[500];
    Arrays.fill(volumes, 3);
    assertEquals(List.of(), new VolumeLevels(0, volumes, 0.7, LATTICE).nodes());
  }

  @Test
  void shouldKeepAtMostEightNodesLargestFirst() {
    final double[] volumes = new double[700];
    Arrays.fill(volumes, 1);
    for (int i = 0; i < 12; i++) {
      hump(volumes, 30 + i * 50, 100 + i % 6);
    }
    final List<VolumeNode> nodes = new VolumeLevels(0, volumes, 0.5, LATTICE).nodes();
    assertEquals(
        List.of(280, 580, 230, 530, 180, 480, 130, 430),
        nodes.stream().map(VolumeNode::bucket).toList());
  }

  @Test
  void shouldSlideWithThePriceWithoutLosingVolume() {
    for (int i = 0; i < 5_000; i++) {
      trade(START, NEAR + i, 1);
    }
    assertEquals(5_000, structure.snapshot().volume(), 1e-6);
    assertEquals(8_192, structure.profile().size());
    assertEquals(0, structure.snapshot().droppedVolume());
  }

  @Test
  void shouldNotGrowForWhatCountsForNothing() {
    trade(START, NEAR, 1);
    for (int day = 1; day < 400; day++) {
      trade(START + day * DAY, NEAR + day * 15, 1);
    }
    assertEquals(VolumeProfile.INITIAL_SIZE, structure.profile().size());
    assertTrue(structure.profile().volumes().length <= VolumeProfile.INITIAL_SIZE);
    assertEquals(2, structure.snapshot().volume(), 1e-2);
  }

  @Test
  void shouldDropAndCountWhatIsFartherThanTheWidestWindow() {
    final Lattice fine = new Lattice(0.5);
    final Structure wide = new Structure(StructureFixture.settings(), fine);
    wide.onTime(START);
    wide.onVolume(300_000, 10);
    wide.onVolume(300_001, 20);
    wide.onVolume(300_000 + VolumeProfile.MAX_SIZE, 1);
    assertEquals(VolumeProfile.MAX_SIZE, wide.profile().size());
    assertEquals(10, wide.snapshot().droppedVolume(), 1e-12);
    assertEquals(21, wide.snapshot().volume(), 1e-12);
    wide.onVolume(0, 5);
    wide.onVolume(fine.buckets() - 1, 7);
    assertEquals(36, wide.snapshot().droppedVolume(), 1e-12);
    assertEquals(7, wide.snapshot().volume(), 1e-12);
    assertEquals(VolumeProfile.MAX_SIZE, wide.profile().size());
  }

  @Test
  void shouldHoldTheLowestAndTheHighestBucket() {
    trade(START, 0, 1);
    trade(START, LATTICE.buckets() - 1, 2);
    assertEquals(LATTICE.buckets() - 1, structure.snapshot().pointOfControl());
  }

  private void trade(final long time, final int bucket, final double quantity) {
    structure.onTime(time);
    structure.onVolume(bucket, quantity);
  }
}
