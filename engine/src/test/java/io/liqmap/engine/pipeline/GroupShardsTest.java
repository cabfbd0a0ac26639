package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.core.map.GroupSettings;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.market.StatePart;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;
import io.liqmap.engine.shared.view.GroupWriter;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.shared.view.ViewSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups in the state, whatever the number of map threads. */
final class GroupShardsTest {
  private static final int ROOM = 16;
  private static final int INSTRUMENTS = 11;

  /** Two that share a member, and one of its own. */
  private static final List<GroupSettings> GROUPS =
      List.of(
          group("one", "test:I0", "test:I1", "test:I7"),
          group("three", "test:I4", "test:I9"),
          group("two", "test:I7", "test:I2"));

  private static List<FeedEvent> events;

  private static GroupSettings group(final String name, final String... members) {
    return new GroupSettings(name, List.of(members), GroupSettings.DEFAULT_SILENT);
  }

  /** All instruments have one base asset here. */
  @BeforeAll
  static void readEvents() {
    events = new ArrayList<>();
    final CrowdedFeed feed = new CrowdedFeed(5, INSTRUMENTS, 6_000, 500);
    final FeedAdapter adapter = new FeedAdapter(ROOM);
    while (feed.nextBlock()) {
      adapter.wrap(feed.buffer(), feed.offset(), feed.length());
      FeedEvent event = new FeedEvent();
      while (adapter.next(event)) {
        if (event.kind() == FeedEvent.INSTRUMENT) {
          event.instrument(
              event.sequence(),
              event.exchangeTime(),
              event.receiveTime(),
              withBase(event.definition()));
        }
        events.add(event);
        event = new FeedEvent();
      }
    }
  }

  private static InstrumentDefinition withBase(final InstrumentDefinition of) {
    return new InstrumentDefinition(
        of.id(),
        of.symbol(),
        of.venue(),
        "BASE",
        of.quoteAsset(),
        of.priceExponent(),
        of.quantityExponent(),
        of.contractKind(),
        of.openInterestUnit(),
        of.openInterestSides(),
        of.tickSize(),
        of.lotSize(),
        of.contractMultiplier(),
        of.origin());
  }

  private static MapWriter writer(final List<GroupSettings> groups) {
    return new MapWriter(TestSettings.ladder().with(groups), ClusterSettings.DEFAULT, ROOM);
  }

  private static byte[] state(final MapWriter map) {
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    map.encode(out);
    return Arrays.copyOf(out.buffer().byteArray(), out.position());
  }

  private static MapListener recording(final List<String> to) {
    return new MapListener() {
      @Override
      public void onApplied(final FeedEvent event, final MapState map) {
        // Only changes are recorded.
      }

      @Override
      public void onMapEvent(final MapEvent event) {
        if (event.instrument() >= ROOM) {
          to.add(
              event.inputSequence()
                  + " "
                  + event.instrument()
                  + " "
                  + event.kind()
                  + " "
                  + event.cluster()
                  + " "
                  + event.notional());
        }
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void shouldComeToTheSameStateAndEventsWithShards(final int count) {
    final List<String> expected = new ArrayList<>();
    final MapWriter one = writer(GROUPS);
    one.listener(recording(expected));
    final List<MapWriter> shards = writer(GROUPS).split(count);
    final List<List<String>> found = new ArrayList<>();
    for (final MapWriter shard : shards) {
      found.add(new ArrayList<>());
      shard.listener(recording(found.get(found.size() - 1)));
    }
    final StatePart[] parts = new StatePart[count];
    Arrays.setAll(parts, (part) -> new StatePart(ROOM + GROUPS.size()));
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
    final MapWriter whole = MapWriter.whole(shards);
    assertArrayEquals(state(one), state(whole));
    for (int group = 0; group < GROUPS.size(); group++) {
      assertNotNull(whole.groupTracker(group));
      assertEquals(GROUPS.get(group).members().size(), whole.groups().get(group).counted());
    }
    assertTrue(expected.size() > 100, expected.size() + " events");
    assertEquals(
        expected.stream().sorted().toList(),
        found.stream().flatMap(List::stream).sorted().toList());
    // Groups that hang together are on one thread.
    assertTrue(
        found.stream()
            .filter((list) -> !list.isEmpty())
            .allMatch(
                (list) ->
                    list.stream().anyMatch((line) -> line.contains(" " + ROOM + " "))
                        == list.stream()
                            .anyMatch((line) -> line.contains(" " + (ROOM + 2) + " "))));
  }

  @Test
  void shouldContinueFromAStateWithShards() {
    for (final int start : new int[] {3, 500, 5_000}) {
      final List<String> expected = new ArrayList<>();
      final List<String> found = new ArrayList<>();
      final MapWriter reference = writer(GROUPS);
      events.subList(0, start).forEach(reference::onEvent);
      reference.listener(recording(expected));
      final byte[] saved = state(reference);
      final MapWriter restored = writer(GROUPS);
      restored.decode(
          new StateReader(new UnsafeBuffer(saved), 0, saved.length), new FeedAdapter(ROOM));
      assertArrayEquals(saved, state(restored));
      final List<MapWriter> shards = restored.split(3);
      shards.forEach((shard) -> shard.listener(recording(found)));
      for (final FeedEvent event : events.subList(start, events.size())) {
        reference.onEvent(event);
        shards.forEach((shard) -> shard.onEvent(event));
      }
      assertArrayEquals(state(reference), state(MapWriter.whole(shards)), "from " + start);
      assertEquals(expected.stream().sorted().toList(), found.stream().sorted().toList());
    }
  }

  /** The engine's view against one that is published from the last state. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldShowGroupsInTheView(final int shards) throws Exception {
    final EngineSettings settings =
        new EngineSettings(
            ROOM,
            TestSettings.ladder().with(List.of(group("G", "test:I0", "test:I1", "other:X"))),
            ClusterSettings.DEFAULT,
            60_000_000_000L,
            new PipelineSettings(ThreadingMode.PIPELINED, shards, 1_024, 64, WaitMode.PARK, false),
            new JournalSettings(4_096, 1 << 24));
    final ViewSettings size = new ViewSettings(ROOM + 1, 512, 64, 32, List.of("first"), 5, 3);
    final ViewMemory view = ViewMemory.inProcess(size);
    try (Engine engine =
        Engine.launch(settings, null, new Outputs(MapListener.NONE, view, List.of()))) {
      engine.run(new OneBase(), ReplayPace.max());
      final MapWriter map = (MapWriter) engine.map();
      final ViewMemory expected = ViewMemory.inProcess(size);
      new GroupWriter(expected, ROOM, map.groupTracker(0))
          .publish(map.sequence(), map.time(), map.faults().missing(), map.faults().rejected());
      final ViewReader shown = new ViewReader(view, ROOM);
      final ViewReader last = new ViewReader(expected, ROOM);
      assertTrue(shown.refresh() && last.refresh());
      assertEquals("G", view.symbol(ROOM));
      assertEquals(last.markMantissa(), shown.markMantissa());
      assertEquals(last.openInterest(), shown.openInterest());
      assertEquals(last.clusters(), shown.clusters());
      assertEquals(last.quality(), shown.quality());
      assertEquals(last.members().reference(), shown.members().reference());
      for (final Side side : Side.values()) {
        assertTrue(last.cumulative(side)[511] > 0);
        assertArrayEquals(last.cumulative(side), shown.cumulative(side));
      }
    }
  }

  /** What was accepted of the feed, as bytes. */
  private static final class OneBase implements BlockSource {
    private final FeedEncoder encoder = new FeedEncoder();
    private final ExpandableArrayBuffer block = new ExpandableArrayBuffer();
    private int next;
    private int length;

    @Override
    public boolean nextBlock() {
      length = 0;
      while (next < events.size() && length < 10_000) {
        final FeedEvent event = events.get(next++);
        if (event.kind() != FeedEvent.GAP && event.kind() != FeedEvent.IMPLAUSIBLE) {
          length += encoder.encode(event, block, length);
        }
      }
      return length > 0;
    }

    @Override
    public DirectBuffer buffer() {
      return block;
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public int length() {
      return length;
    }
  }

  /** So a session of one venue has the state that it has without groups. */
  @Test
  void shouldAddNothingToTheStateWithOneMember() {
    final List<String> published = new ArrayList<>();
    final MapWriter without = writer(List.of());
    final MapWriter with = writer(List.of(group("A", "test:I3", "other:X"), group("B", "a:b")));
    with.listener(recording(published));
    for (final FeedEvent event : events) {
      without.onEvent(event);
      with.onEvent(event);
    }
    assertArrayEquals(state(without), state(with));
    assertEquals(List.of(), published);
    assertNull(with.groupTracker(0));
    assertEquals(1, with.groups().get(0).counted());
  }
}
