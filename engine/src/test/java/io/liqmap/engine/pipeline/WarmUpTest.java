package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.settings.EngineConfig;
import io.liqmap.engine.settings.EngineSettings;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Made-up events, which have to be good ones: rejected events would warm up the wrong path. */
final class WarmUpTest {
  private static final int EVENTS = 60_000;

  private final EngineSettings settings = EngineConfig.defaults();

  @Test
  void shouldApplyEachEventAndRejectNone() {
    final MapWriter map = WarmUp.map(settings, EVENTS);
    assertEquals(EVENTS, map.events());
    assertEquals(EVENTS, map.sequence());
    assertEquals(0, map.faults().rejected());
    assertEquals(0, map.faults().gaps());
  }

  @Test
  void shouldSweepBothSidesAndFindClusters() {
    final MapWriter map = WarmUp.map(settings, 2 * EVENTS);
    assertTrue(map.report().sweptNotionalLong() > 0);
    assertTrue(map.report().sweptNotionalShort() > 0);
    assertTrue(map.tracker(0).clusters().count() > 0);
  }

  @Test
  void shouldGiveTheSameEventsEachTime() {
    final long hash = WarmUp.map(settings, 10_000).stateHash();
    assertEquals(hash, WarmUp.map(settings, 10_000).stateHash());
    assertNotEquals(hash, WarmUp.map(settings, 10_001).stateHash());
  }

  @Test
  void shouldLeaveAnEngineAsItIs() throws IOException {
    try (Engine engine = Engine.launch(settings, null, Outputs.NONE)) {
      final long before = engine.report().journaled().stateHash();
      WarmUp.run(settings, 10_000);
      assertEquals(before, engine.report().journaled().stateHash());
      assertEquals(0, engine.map().events());
      assertNull(((MapWriter) engine.map()).maps().of(0));
    }
  }

  @Test
  void shouldDoNothingForNoEvents() {
    assertEquals(0, WarmUp.map(settings, 0).events());
  }
}
