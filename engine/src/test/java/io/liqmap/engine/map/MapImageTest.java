package io.liqmap.engine.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.margin.Side;
import org.junit.jupiter.api.Test;

final class MapImageTest {
  @Test
  void shouldHaveNoBucketsWhereNothingStands() {
    final FastInstrumentMap fresh = new FastInstrumentMap(TestSettings.ladder());
    final MapImage image = MapImage.of(fresh.map());
    for (final Side side : Side.values()) {
      assertEquals(0, image.bucketCount(side));
      assertEquals(0, image.firstBucket(side));
      assertEquals(0, image.mapped(side));
      assertEquals(0, image.coverage(side));
    }
    assertTrue(Clusters.of(image).isEmpty());
  }
}
