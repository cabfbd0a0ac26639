package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.LiveClusters;
import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.market.StatePart;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.shared.view.ViewSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tracked further maps in the state, whatever the number of map threads. */
final class TrackedMapsTest {
  private static final int ROOM = 8;
  private static final int INSTRUMENTS = 5;
  private static final List<String> TRACKED = List.of("consensus", "consensus/12h");
  private static final MapSettings SETTINGS =
      TestSettings.of(
          10, TestSettings.undated(), Arrays.copyOf(TestSettings.allKinds(6_000_000), 2));

  private static List<FeedEvent> events;

  @BeforeAll
  static void readEvents() {
    events = new ArrayList<>();
    final CrowdedFeed feed = feed();
    final FeedAdapter adapter = new FeedAdapter(ROOM);
    while (feed.nextBlock()) {
      adapter.wrap(feed.buffer(), feed.offset(), feed.length());
      FeedEvent event = new FeedEvent();
      while (adapter.next(event)) {
        events.add(event);
        event = new FeedEvent();
      }
    }
  }

  private static CrowdedFeed feed() {
    return new CrowdedFeed(5, INSTRUMENTS, 4_000, 500);
  }

  private static MapWriter writer(final List<String> tracked) {
    return new MapWriter(SETTINGS, ClusterSettings.DEFAULT.with(tracked), ROOM);
  }

  private static byte[] state(final MapWriter map) {
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    map.encode(out);
    return Arrays.copyOf(out.buffer().byteArray(), out.position());
  }

  private static MapListener recording(final int lowestMap, final List<String> to) {
    return new MapListener() {
      @Override
      public void onApplied(final FeedEvent event, final MapState map) {
        // Only changes are recorded.
      }

      @Override
      public void onMapEvent(final MapEvent event) {
        if (event.map() >= lowestMap) {
          to.add(
              String.join(
                  " ",
                  List.of(
                      event.inputSequence() + "",
                      event.instrument() + "",
                      event.map() + "",
                      event.kind() + "",
                      event.cluster() + "",
                      event.notional() + "",
                      event.expectedNotional() + "")));
        }
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void shouldComeToTheSameStateAndEventsWithShards(final int count) {
    final List<String> expected = new ArrayList<>();
    final List<String> found = new ArrayList<>();
    final MapWriter one = writer(TRACKED);
    one.listener(recording(1, expected));
    final List<MapWriter> shards = writer(TRACKED).split(count);
    shards.forEach((shard) -> shard.listener(recording(1, found)));
    final StatePart[] parts = new StatePart[count];
    Arrays.setAll(parts, (part) -> new StatePart(ROOM));
    for (int i = 0; i < events.size(); i++) {
      final FeedEvent event = events.get(i);
      one.onEvent(event);
      shards.forEach((shard) -> shard.onEvent(event));
      if (i % 1_000 == 999) {
        for (int shard = 0; shard < count; shard++) {
          shards.get(shard).copyTo(parts[shard]);
        }
        final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
        StatePart.assemble(parts, out);
        assertArrayEquals(
            state(one), Arrays.copyOf(out.buffer().byteArray(), out.position()), "event " + i);
      }
    }
    assertArrayEquals(state(one), state(MapWriter.whole(shards)));
    assertTrue(expected.size() > 100, expected.size() + " events");
    assertEquals(expected, found);
  }

  @Test
  void shouldContinueFromAState() {
    for (final int start : new int[] {3, 1_500, 3_000}) {
      final List<String> expected = new ArrayList<>();
      final List<String> found = new ArrayList<>();
      final MapWriter reference = writer(TRACKED);
      events.subList(0, start).forEach(reference::onEvent);
      reference.listener(recording(0, expected));
      final byte[] saved = state(reference);
      final MapWriter restored = writer(TRACKED);
      restored.decode(
          new StateReader(new UnsafeBuffer(saved), 0, saved.length), new FeedAdapter(ROOM));
      assertArrayEquals(saved, state(restored));
      restored.listener(recording(0, found));
      for (final FeedEvent event : events.subList(start, events.size())) {
        reference.onEvent(event);
        restored.onEvent(event);
      }
      assertArrayEquals(state(reference), state(restored), "from " + start);
      assertTrue(found.stream().anyMatch((line) -> line.contains(" 2 ")));
      assertEquals(expected, found);
    }
  }

  /** So those who read the first model alone may skip the others. */
  @Test
  void shouldLeaveTheEventsOfTheFirstModelAsTheyAre() {
    final List<String> expected = new ArrayList<>();
    final List<String> found = new ArrayList<>();
    final MapWriter without = writer(List.of());
    final MapWriter with = writer(TRACKED);
    without.listener(recording(0, expected));
    with.listener(recording(0, found));
    for (final FeedEvent event : events) {
      without.onEvent(event);
      with.onEvent(event);
    }
    found.removeIf((line) -> !line.split(" ", -1)[2].equals("0"));
    assertEquals(expected, found);
    assertNull(without.tracker(0, new MapVariant(MapVariant.CONSENSUS, Window.ALL)));
    assertNull(with.tracker(0, new MapVariant(1, Window.ALL)));
    assertTrue(state(with).length > state(without).length);
  }

  @Test
  void shouldRefuseAMapThatNoModelHas() {
    assertThrows(IllegalArgumentException.class, () -> writer(List.of("consensus/2h")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldShowTrackedClustersInTheView(final int shards) throws Exception {
    final EngineSettings settings =
        new EngineSettings(
            ROOM,
            SETTINGS,
            ClusterSettings.DEFAULT.with(TRACKED),
            60_000_000_000L,
            new PipelineSettings(ThreadingMode.PIPELINED, shards, 1_024, 64, WaitMode.PARK, false),
            new JournalSettings(4_096, 1 << 24));
    final List<String> names = List.of("first", "consensus", "consensus/12h");
    final ViewMemory view = ViewMemory.inProcess(new ViewSettings(ROOM, 512, 64, 32, names, 10, 0));
    int shown = 0;
    try (Engine engine =
        Engine.launch(settings, null, new Outputs(MapListener.NONE, view, List.of()))) {
      engine.run(feed(), ReplayPace.max());
      for (int id = 0; id < INSTRUMENTS; id++) {
        for (int number = 1; number < names.size(); number++) {
          final ViewReader reader = new ViewReader(view, id, number);
          final LiveClusters clusters =
              ((MapWriter) engine.map())
                  .tracker(id, MapVariant.of(names.get(number), SETTINGS))
                  .clusters();
          assertTrue(reader.refresh());
          assertEquals(clusters.count(), reader.clusters());
          for (int c = 0; c < clusters.count(); c++) {
            assertEquals(clusters.get(c).id(), reader.clusterId(c));
            assertEquals(clusters.get(c).notional(), reader.clusterNotional(c));
            shown++;
          }
        }
      }
    }
    assertTrue(shown > 0);
  }
}
