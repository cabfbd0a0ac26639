package io.liqmap.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.benchmarks.venue.FrameFeed;
import io.liqmap.benchmarks.venue.VenueMix;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.ThreadingMode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrameRunTest {
  private static final int FRAMES = 600;
  private static final double RATE = 20_000;

  @TempDir private Path folder;

  @Test
  void shouldSeeEveryFrameInTheViewAndEndWithTheMapOfTheSameFrames() throws Exception {
    final Task task = FrameRun.task(folder);
    final FrameLatency latency = new FrameLatency(task, FRAMES, RATE);
    final Passage passage = latency.view();
    final long ofFrames;
    try (Engine engine =
        Engine.launch(EngineStage.settings(task, ThreadingMode.INLINE), null, Outputs.NONE)) {
      engine.run(new FrameFeed(latency.batch(), 1), ReplayPace.max());
      ofFrames = engine.report().journaled().stateHash();
    }

    assertEquals(ofFrames, passage.answer());
    assertEquals(FRAMES * 2 / 3 + 1, passage.latency().getTotalCount());
  }

  @Test
  void shouldGetEveryFrameBackFromTheEcho() throws Exception {
    final Passage passage = new FrameLatency(FrameRun.task(folder), FRAMES, RATE).echo();

    assertEquals(FRAMES, passage.answer());
    assertEquals(FRAMES * 2 / 3 + 1, passage.latency().getTotalCount());
  }

  @Test
  void shouldMeasureWhatEachWayOfTheSameFramesCosts() throws Exception {
    try (FrameCost cost = new FrameCost(FrameRun.task(folder), VenueMix.ALL, FRAMES)) {
      final double[] first = cost.round();
      final double[] second = cost.round();

      assertEquals(FrameCost.Way.values().length, first.length);
      for (final FrameCost.Way way : FrameCost.Way.values()) {
        assertTrue(first[way.ordinal()] > 0 && second[way.ordinal()] > 0, way.name());
      }
    }
  }

  @Test
  void shouldRefuseUnknownArguments() {
    assertThrows(IllegalArgumentException.class, () -> FrameRun.execute("--speed", "1"));
  }
}
