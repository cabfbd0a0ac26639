package io.liqmap.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.benchmarks.peer.NaiveMap;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Side;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The naive map says what the engine's says, as long as both mean the same. */
@Tag("slow")
class NaiveFlowStageTest {
  private final InstrumentMap engine = NaiveMaps.engine(10);
  private final NaiveMap naive = NaiveMaps.split(engine);

  @Test
  void shouldHoldTheSameInEachBucketAfterTradesAndSweeps() {
    final PriceWalk walk = MapFlowStage.walk();
    MapFlowStage.apply(engine, walk, false);
    NaiveFlowStage.apply(naive, walk, false);

    assertDoesNotThrow(() -> NaiveFlowStage.requireSame(MapSnapshot.of(engine), naive));
  }

  @Test
  void shouldNoticeATradeThatOnlyOneHasSeen() {
    final PriceWalk walk = MapFlowStage.walk();
    MapFlowStage.apply(engine, walk, false);
    NaiveFlowStage.apply(naive, walk, false);
    naive.onTrade(PriceWalk.CENTRE, 5_000, true);

    assertThrows(
        IllegalStateException.class,
        () -> NaiveFlowStage.requireSame(MapSnapshot.of(engine), naive));
  }

  @Test
  void shouldScaleToOpenInterest() {
    naive.onMark(PriceWalk.CENTRE);
    naive.onTrade(PriceWalk.CENTRE, 5_000, true);
    naive.onOpenInterest(700);

    assertEquals(700, naive.total(Side.LONG), 1e-9);
    assertEquals(700, naive.total(Side.SHORT), 1e-9);
  }

  @Test
  void shouldRemoveWhatMarkCrosses() {
    naive.onMark(PriceWalk.CENTRE);
    naive.onTrade(PriceWalk.CENTRE, 5_000, true);
    naive.onMark(PriceWalk.CENTRE / 4);

    assertEquals(0, naive.total(Side.LONG));
  }
}
