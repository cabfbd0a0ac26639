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
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.market.StatePart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        expected.stream().sorted().toList(), found.stream().flatMap(List::stream).sorted().toList());
    // Groups that hang together are on one thread.
    assertTrue(
        found.stream()
            .filter((list) -> !list.isEmpty())
            .allMatch(
                (list) ->
                    list.stream().anyMatch((line) -> line.contains(" " + ROOM + " "))
                        == list.stream().anyMatch((line) -> line.contains(" " + (ROOM + 2) + " "))));
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
