package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.codecs.events.MessageHeaderDecoder;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.shared.events.EventStreamReader;
import io.liqmap.engine.shared.view.Questions;
import io.liqmap.engine.shared.view.VariantWriter;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.shared.view.ViewSettings;
import io.liqmap.engine.shared.view.ViewWriter;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an engine shows to others. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class OutputsTest {
  private static final int INSTRUMENTS = EngineSettingsFixture.INSTRUMENTS;
  private static final long EVENTS = 10_000;
  private static final ViewSettings VIEW = new ViewSettings(INSTRUMENTS, 4096, 64, 32, 5);

  @TempDir private Path folder;

  private static final ViewSettings MAPS =
      new ViewSettings(INSTRUMENTS, 512, 64, 32, List.of("first", "consensus", "consensus/12h"), 5);

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldShowConsensusAndWindowAsOfTheEnd(final ThreadingMode mode) throws Exception {
    final Outputs outputs =
        Outputs.share(folder.resolve("shared"), MAPS, 1 << 20, MapListener.NONE);
    final Engine engine =
        Engine.launch(EngineSettingsFixture.of(mode, 1024, 64), folder.resolve("j"), outputs);
    try (engine) {
      engine.run(new RandomFeed(42, EVENTS, 300, true), ReplayPace.max());
    }
    final MapWriter map = (MapWriter) engine.map();
    final ViewMemory live = view();
    for (int id = 0; id < 2; id++) {
      for (int number = 1; number < MAPS.variants().size(); number++) {
        final ViewMemory memory = ViewMemory.inProcess(MAPS);
        new VariantWriter(
                memory,
                id,
                number,
                map.maps().of(id),
                map.tracker(id),
                map.clusterSettings(),
                MapVariant.of(MAPS.variants().get(number), map.maps().settings()),
                null)
            .publish(map.sequence(), map.time(), map.tracker(id).quality(), 0, 0);
        final ViewReader expected = new ViewReader(memory, id, number);
        assertTrue(expected.refresh());
        final ViewReader actual =
            new ViewReader(live, id, live.map(id, MAPS.variants().get(number)));
        assertTrue(actual.refresh());
        assertEquals(expected.markMantissa(), actual.markMantissa());
        assertEquals(expected.clusters(), actual.clusters());
        for (final Side side : Side.values()) {
          assertArrayEquals(expected.cumulative(side), actual.cumulative(side));
          assertEquals(expected.coverage(side), actual.coverage(side));
          assertEquals(expected.dispersion(side), actual.dispersion(side));
          assertTrue(actual.cumulative(side)[0] >= 0);
        }
      }
    }
  }

  private Outputs shared() throws Exception {
    return Outputs.share(folder.resolve("shared"), VIEW, 1 << 20, MapListener.NONE);
  }

  private ViewMemory view() throws Exception {
    return ViewMemory.open(folder.resolve("shared").resolve(Outputs.VIEW_FILE));
  }

  private EventStreamReader events() throws Exception {
    return EventStreamReader.open(folder.resolve("shared").resolve(Outputs.EVENTS_FILE));
  }

  private static ViewReader reader(final ViewMemory view, final int instrument) {
    final ViewReader reader = new ViewReader(view, instrument);
    assertTrue(reader.refresh());
    return reader;
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldShowWhatAReplayOfItsJournalShows(final ThreadingMode mode) throws Exception {
    final Path journal = folder.resolve("journal");
    try (Engine engine =
        Engine.launch(EngineSettingsFixture.of(mode, 1024, 64), journal, shared())) {
      engine.run(new RandomFeed(42, EVENTS, 300, true), ReplayPace.max());
    }
    final ViewMemory live = view();
    assertTrue(live.hasEnded());
    try (JournalReader recorded = JournalReader.open(journal)) {
      final Replay replay = EngineSettingsFixture.replay(recorded);
      replay.fromSnapshot(Until.END);
      final MapWriter map = replay.map();
      for (int id = 0; id < 2; id++) {
        final ViewMemory memory = ViewMemory.inProcess(VIEW);
        new ViewWriter(memory, id, map.maps().of(id), map.tracker(id))
            .publish(
                map.sequence(),
                map.time(),
                map.tracker(id).quality(),
                map.faults().missing(),
                map.faults().rejected(),
                true);
        compare(reader(memory, id), reader(live, id));
      }
      assertEquals(
          map.sequence(), Math.max(reader(live, 0).sequence(), reader(live, 1).sequence()));
    }
  }

  private static void compare(final ViewReader expected, final ViewReader actual) {
    assertEquals(expected.markMantissa(), actual.markMantissa());
    assertEquals(expected.openInterest(), actual.openInterest());
    assertEquals(expected.volatility(), actual.volatility());
    assertEquals(expected.impact(), actual.impact());
    assertEquals(expected.quality(), actual.quality());
    assertEquals(expected.clusters(), actual.clusters());
    assertTrue(actual.clusters() > 3, actual.clusters() + " clusters");
    for (int cluster = 0; cluster < actual.clusters(); cluster++) {
      assertEquals(expected.clusterId(cluster), actual.clusterId(cluster));
      assertEquals(expected.clusterBorn(cluster), actual.clusterBorn(cluster));
      assertEquals(expected.clusterNotional(cluster), actual.clusterNotional(cluster));
      assertEquals(expected.clusterConfluence(cluster), actual.clusterConfluence(cluster));
      for (int leverage = 0; leverage < actual.leverages(); leverage++) {
        assertEquals(
            expected.clusterNotional(cluster, leverage), actual.clusterNotional(cluster, leverage));
      }
    }
    final Questions asked = new Questions(expected);
    final Questions answered = new Questions(actual);
    for (final Side side : Side.values()) {
      assertEquals(expected.coverage(side), actual.coverage(side), 1e-9);
      assertEquals(expected.sweptNotional(side), actual.sweptNotional(side));
      final double mark = actual.markPrice();
      final double all = answered.between(side, mark / 3, mark * 3);
      assertTrue(all > 0);
      for (double part = .8; part < 1.25; part += .01) {
        assertEquals(asked.cumulative(mark * part), answered.cumulative(mark * part), 1e-9 * all);
      }
    }
  }

  @Test
  void shouldSayWhetherItsEventsAreJournaled() throws Exception {
    for (final Path journal : new Path[] {null, folder.resolve("journal")}) {
      final ViewMemory view = ViewMemory.inProcess(VIEW);
      try (Engine engine =
          Engine.launch(
              EngineSettingsFixture.of(ThreadingMode.INLINE, 1024, 64),
              journal,
              new Outputs(MapListener.NONE, view, null))) {
        engine.run(new RandomFeed(42, 1_000, 300, false), ReplayPace.max());
        assertEquals(
            journal == null ? QualityFlags.NOT_JOURNALED : 0,
            reader(view, 0).quality() & QualityFlags.NOT_JOURNALED);
      }
    }
  }

  @Test
  void shouldNumberItsEventsWithoutHoles() throws Exception {
    final Outputs outputs = shared();
    final long[] published = {0, 0};
    try (EventStreamReader events = events();
        Engine engine =
            Engine.launch(
                EngineSettingsFixture.of(ThreadingMode.INLINE, 1024, 64), null, outputs)) {
      final RandomFeed feed = new RandomFeed(42, EVENTS, 100, false);
      for (int part = 0; part < EVENTS / 100; part++) {
        engine.run(new FeedPart(feed, 1), ReplayPace.max());
        while (events.poll(
                (buffer, offset, length) -> {
                  final long sequence =
                      buffer.getLong(
                          offset + MessageHeaderDecoder.ENCODED_LENGTH, ByteOrder.LITTLE_ENDIAN);
                  assertEquals(published[0] + 1, sequence);
                  published[0] = sequence;
                  published[1]++;
                },
                100)
            > 0) {
          assertEquals(0, events.lapped());
        }
      }
      engine.finish();
      assertTrue(events.hasEnded());
    }
    assertTrue(published[1] > 100, published[1] + " events");
  }

  @Test
  void shouldCloseItsOutletsWhenItCannotStart() throws Exception {
    final Path occupied = Files.createDirectories(folder.resolve("occupied"));
    Files.writeString(occupied.resolve("file"), "somebody's");
    assertThrows(
        JournalException.class,
        () ->
            Engine.launch(
                EngineSettingsFixture.of(ThreadingMode.INLINE, 1024, 64), occupied, shared()));
    assertTrue(view().hasEnded());
    try (EventStreamReader events = events()) {
      assertTrue(events.hasEnded());
    }
  }

  @Test
  void shouldRefuseAViewThatItDoesNotFitInto() {
    for (final ViewSettings wrong :
        new ViewSettings[] {
          new ViewSettings(INSTRUMENTS - 1, 64, 4, 4, 5), new ViewSettings(INSTRUMENTS, 64, 4, 4, 2)
        }) {
      final Exception refused =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  Engine.launch(
                      EngineSettingsFixture.of(ThreadingMode.INLINE, 1024, 64),
                      null,
                      new Outputs(MapListener.NONE, ViewMemory.inProcess(wrong), null)));
      assertTrue(refused.getMessage().startsWith("the view"), refused.getMessage());
    }
  }

  @Test
  void shouldKeepPublishingAfterTheFirstSource() throws Exception {
    final ViewMemory view = ViewMemory.inProcess(VIEW);
    final RandomFeed feed = new RandomFeed(42, EVENTS, 100, false);
    try (Engine engine =
        Engine.launch(
            EngineSettingsFixture.of(ThreadingMode.PIPELINED, 1024, 64),
            null,
            new Outputs(MapListener.NONE, view, null))) {
      long before = 0;
      for (int part = 0; part < 10; part++) {
        engine.run(new FeedPart(feed, 3), ReplayPace.max());
        final long now = Math.max(reader(view, 0).sequence(), reader(view, 1).sequence());
        assertTrue(now > before);
        before = now;
      }
      assertFalse(view.hasEnded());
    }
    assertTrue(view.hasEnded());
  }
}
