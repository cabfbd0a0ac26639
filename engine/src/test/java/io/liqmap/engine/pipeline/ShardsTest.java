package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.EventDocument;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.journal.JournalWriter;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;
import io.liqmap.engine.shared.events.EventStreamReader;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.shared.view.ViewSettings;
import io.liqmap.engine.shared.view.ViewWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several map threads, and one state all the same. */
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ShardsTest {
  private static final int ROOM = 16;
  private static final int INSTRUMENTS = 11;
  private static final long SEED = 5;
  private static final long MESSAGES = 20_000;

  @TempDir private Path folder;

  /** With no shards at all, inline. */
  private static EngineSettings settings(final int shards, final int ringSize, final int claim) {
    return EngineSettingsFixture.of(
        ROOM,
        new PipelineSettings(
            shards == 0 ? ThreadingMode.INLINE : ThreadingMode.PIPELINED,
            Math.max(1, shards),
            ringSize,
            claim,
            WaitMode.PARK,
            false),
        new JournalSettings(4096, 1 << 24));
  }

  private static CrowdedFeed feed(final int blockMessages) {
    return new CrowdedFeed(SEED, INSTRUMENTS, MESSAGES, blockMessages);
  }

  private EngineReport journal(final String name, final int shards) throws Exception {
    final Path journal = folder.resolve(name);
    try (Engine engine = Engine.launch(settings(shards, 1024, 64), journal, Outputs.NONE)) {
      engine.run(feed(100), ReplayPace.max());
      engine.finish();
      return engine.report();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1024, 64, 300",
    "2, 64, 16, 13",
    "2, 16384, 4096, 1000",
    "3, 1024, 1, 300",
    "7, 64, 16, 1",
    "7, 4096, 256, 500",
    "64, 1024, 64, 300"
  })
  void shouldEndInTheSameStateForAnyNumberOfShards(
      final int shards, final int ringSize, final int claim, final int blockMessages)
      throws Exception {
    final EngineReport reference;
    try (Engine engine = Engine.launch(settings(0, 64, 1), null, Outputs.NONE)) {
      engine.run(feed(512), ReplayPace.max());
      reference = engine.report();
      assertEquals(INSTRUMENTS, reference.instruments());
      assertTrue(reference.journaled().gaps() > 0 && reference.faults().duplicates() > 0);
      assertTrue(reference.journaled().sweptNotionalLong() > 0);
    }
    try (Engine engine = Engine.launch(settings(shards, ringSize, claim), null, Outputs.NONE)) {
      engine.run(feed(blockMessages), ReplayPace.max());
      final EngineReport report = engine.report();
      assertEquals(reference.journaled(), report.journaled());
      assertEquals(reference.instruments(), report.instruments());
      assertEquals(reference.faults().missing(), report.faults().missing());
      assertEquals(reference.faults().duplicates(), report.faults().duplicates());
      assertEquals(reference.faults().unknown(), report.faults().unknown());
      assertEquals("I7", ((MapWriter) engine.map()).maps().of("I7").instrument().symbol());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void shouldJournalTheVerySameEventsAndSnapshots(final int shards) throws Exception {
    journal("one", 0);
    journal("many", shards);

    final Journaled one = Journaled.in(folder.resolve("one"));
    final Journaled many = Journaled.in(folder.resolve("many"));
    assertEquals(one.events(), many.events());
    assertTrue(one.events().remaining() > MESSAGES);
    assertTrue(many.states().size() > 1, many.states().size() + " snapshots");
    many.states()
        .forEach(
            (events, state) ->
                assertArrayEquals(one.states().get(events), state, "event " + events));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void shouldReplayOnOneThreadFromStartAndFromEachSnapshot(final int shards) throws Exception {
    final EngineReport report = journal("many", shards);

    final int snapshots;
    try (JournalReader reader = JournalReader.open(folder.resolve("many"))) {
      final Replay replay = replay(reader);
      replay.fromStart(Until.END);
      assertEquals(report.journaled(), replay.map().report());
      assertEquals(report.journaled(), replay.recorded());
      assertTrue(replay.matches());
      snapshots = replay.snapshots().size();
      assertEquals(snapshots, replay.compared());
      assertEquals(report.snapshots(), snapshots);
    }
    assertTrue(snapshots > 1);
    for (int i = 0; i < snapshots; i++) {
      try (JournalReader reader = JournalReader.open(folder.resolve("many"))) {
        final Replay replay = replay(reader);
        replay.fromSnapshot(Until.sequence(replay.snapshots().get(i).sequence()));
        assertEquals(replay.snapshots().get(i).events(), replay.start().events());
        assertEquals(replay.snapshots().get(i).stateHash(), replay.map().stateHash());
      }
    }
  }

  private static Replay replay(final JournalReader reader) throws Exception {
    return new Replay(reader, TestSettings.ladder(), ClusterSettings.DEFAULT, ROOM);
  }

  /**
   * Shards that run ahead of each other and a journal that comes when it likes, in an order that
   * the seed decides: no snapshot may hold pieces of two moments.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldTakeEachSnapshotAtOneMomentHoweverFarShardsAreApart(final long seed) throws Exception {
    final List<FeedEvent> events = events(6_000);
    final SplittableRandom random = new SplittableRandom(seed);
    final int shards = random.nextInt(2, 6);
    final List<MapWriter> writers = writer().split(shards);
    final SnapshotSlot slot = new SnapshotSlot(2_000_000_000L, shards, ROOM);
    final int[] position = new int[shards];
    final EventDocument document = new EventDocument(1);
    try (JournalWriter journal =
        JournalWriter.create(
            folder.resolve("journal"), new JournalSettings(1 << 16, 1 << 24), "settings")) {
      for (final FeedEvent event : events) {
        document.add(event).appendTo(journal);
      }
      while (Arrays.stream(position).min().orElseThrow() < events.size()) {
        final int shard = random.nextInt(shards);
        final int steps = random.nextInt(1, 60);
        for (int i = 0; i < steps && position[shard] < events.size(); i++) {
          writers.get(shard).onEvent(events.get(position[shard]++));
          slot.offer(shard, writers.get(shard));
        }
        if (random.nextInt(3) == 0) {
          slot.drain(journal);
        }
      }
      slot.drain(journal);
      assertTrue(slot.skipped() > 5, slot.skipped() + " skipped");
    }

    final Map<Long, byte[]> states = Journaled.in(folder.resolve("journal")).states();
    assertTrue(states.size() > 5, states.size() + " snapshots");
    final MapWriter reference = writer();
    long rejected = 0;
    for (final FeedEvent event : events) {
      reference.onEvent(event);
      rejected += event.kind() == FeedEvent.GAP ? event.faults().rejected() : 0;
      if (states.containsKey(reference.events())) {
        assertArrayEquals(state(reference), states.get(reference.events()));
      }
    }
    assertArrayEquals(state(reference), state(MapWriter.whole(writers)));
    assertTrue(reference.faults().rejected() > rejected, "open interest came before a price");
  }

  @Test
  void shouldResumeWithShardsFromAStateThatWasReadBack() throws Exception {
    final List<FeedEvent> events = events(8_000);
    for (final int start : new int[] {3, 500, 5_000}) {
      final MapWriter reference = writer();
      events.subList(0, start).forEach(reference::onEvent);
      final byte[] saved = state(reference);
      final MapWriter restored = writer();
      restored.decode(
          new StateReader(new UnsafeBuffer(saved), 0, saved.length), new FeedAdapter(ROOM));
      final List<MapWriter> shards = restored.split(3);

      for (final FeedEvent event : events.subList(start, events.size())) {
        reference.onEvent(event);
        shards.forEach((shard) -> shard.onEvent(event));
      }

      assertArrayEquals(state(reference), state(MapWriter.whole(shards)), "from " + start);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldStopTheRunWithTheCauseWhenAShardFails(final int failing) throws Exception {
    final MapListener listener =
        (event, map) -> {
          if (event.kind() == FeedEvent.TRADE
              && event.instrument() == failing
              && map.events() > 3_000) {
            throw new LinkageError("planned");
          }
        };
    final Path journal = folder.resolve("journal");
    try (Engine engine = Engine.launch(settings(3, 64, 16), journal, Outputs.to(listener))) {
      final EngineException e =
          assertThrows(EngineException.class, () -> engine.run(feed(100), ReplayPace.max()));
      assertTrue(e.getMessage().contains("planned"), e.getMessage());
      assertEquals("planned", e.getCause().getMessage());
      assertThrows(EngineException.class, () -> engine.run(feed(100), ReplayPace.max()));
      // The shards are idle, so that their state can be read.
      assertEquals(engine.report(), engine.report());
      assertTrue(engine.report().journaled().events() > 3_000);
    }
    try (JournalReader reader = JournalReader.open(journal)) {
      final Replay replay = replay(reader);
      replay.fromStart(Until.END);
      assertTrue(replay.matches());
      assertTrue(replay.map().events() > 3_000);
    }
  }

  @Test
  void shouldPublishEachEventOnceAndAnInstrumentsAlwaysOnOneThread() throws Exception {
    final Map<Integer, Thread> threads = new ConcurrentHashMap<>();
    final AtomicLong applied = new AtomicLong();
    final Map<Integer, List<String>> one =
        published(0, new AtomicLong(), new ConcurrentHashMap<>());
    final Map<Integer, List<String>> many = published(3, applied, threads);

    assertEquals(one, many);
    assertTrue(many.size() == INSTRUMENTS && many.get(0).size() > 50);
    assertEquals(
        List.of("liqmap-map-0", "liqmap-map-1", "liqmap-map-2"),
        threads.values().stream().map(Thread::getName).distinct().sorted().toList());
    threads.forEach(
        (instrument, thread) ->
            assertEquals("liqmap-map-" + Math.max(0, instrument) % 3, thread.getName()));
  }

  /** The events of each instrument. */
  private static Map<Integer, List<String>> published(
      final int shards, final AtomicLong applied, final Map<Integer, Thread> threads)
      throws Exception {
    final Map<Integer, List<String>> published = new ConcurrentHashMap<>();
    final MapListener listener =
        new MapListener() {
          @Override
          public void onApplied(final FeedEvent event, final MapState map) {
            if (event.kind() != FeedEvent.NONE) {
              applied.incrementAndGet();
              final Thread first =
                  threads.computeIfAbsent(event.instrument(), (id) -> Thread.currentThread());
              assertSame(first, Thread.currentThread());
              assertTrue(event.instrument() < 0 || map.instrument(event.instrument()) != null);
            }
          }

          @Override
          public void onMapEvent(final MapEvent event) {
            published
                .computeIfAbsent(event.instrument(), (id) -> new ArrayList<>())
                .add(event.kind() + " " + event.inputSequence() + " " + event.notional());
          }
        };
    try (Engine engine = Engine.launch(settings(shards, 1024, 64), null, Outputs.to(listener))) {
      engine.run(feed(100), ReplayPace.max());
      assertEquals(engine.map().events(), applied.get());
      assertEquals(0, engine.map().listenerFailures());
    }
    return published;
  }

  @Test
  void shouldShowAllInstrumentsInOneViewAndEachShardsEventsInAStream() throws Exception {
    final int shards = 3;
    final ViewSettings size = new ViewSettings(ROOM, 512, 64, 32, 5);
    final Path shared = folder.resolve("shared");
    final List<EventStreamReader> streams = new ArrayList<>();
    try (Engine engine =
        Engine.launch(
            settings(shards, 1024, 64),
            null,
            Outputs.share(shared, size, 1 << 24, shards, MapListener.NONE))) {
      for (int shard = 0; shard < shards; shard++) {
        streams.add(EventStreamReader.open(shared.resolve(Outputs.eventsFile(shard, shards))));
      }
      engine.run(feed(100), ReplayPace.max());
      final MapWriter map = (MapWriter) engine.map();
      final ViewMemory view = ViewMemory.open(shared.resolve(Outputs.VIEW_FILE));
      for (int id = 0; id < INSTRUMENTS; id++) {
        final ViewReader shown = new ViewReader(view, id);
        final ViewMemory memory = ViewMemory.inProcess(size);
        new ViewWriter(memory, id, map.maps().of(id), map.tracker(id))
            .publish(
                map.sequence(),
                map.time(),
                map.tracker(id).quality(),
                map.faults().missing(),
                map.faults().rejected(),
                true);
        final ViewReader expected = new ViewReader(memory, id);
        assertTrue(shown.refresh() && expected.refresh());
        assertEquals(expected.markMantissa(), shown.markMantissa());
        assertEquals(expected.openInterest(), shown.openInterest());
        assertEquals(expected.clusters(), shown.clusters());
        assertEquals(expected.quality(), shown.quality());
      }
    }
    for (final EventStreamReader stream : streams) {
      final AtomicLong last = new AtomicLong();
      while (stream.poll((buffer, offset, length) -> last.incrementAndGet(), 100) > 0) {
        assertEquals(0, stream.lapped());
      }
      assertTrue(last.get() > 100, last + " events");
      assertTrue(stream.hasEnded());
      stream.close();
    }
  }

  @Test
  void shouldRefuseStreamsThatAreNotOneForEachShard() throws Exception {
    final Outputs outputs =
        Outputs.share(
            folder.resolve("shared"),
            new ViewSettings(ROOM, 512, 64, 32, 5),
            1 << 16,
            MapListener.NONE);

    final Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Engine.launch(settings(2, 1024, 64), null, outputs));
    assertTrue(refused.getMessage().contains("1 streams of events for 2 map"), refused.toString());
  }

  @Test
  void shouldRefuseShardsThatHaveNoThreadsOrNoProcessors() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new PipelineSettings(ThreadingMode.INLINE, 2, 64, 16, WaitMode.PARK, false));
    final PipelineSettings spinning =
        new PipelineSettings(ThreadingMode.PIPELINED, 3, 64, 16, WaitMode.SPIN, false);
    final Exception refused =
        assertThrows(IllegalStateException.class, () -> Pipeline.requireProcessors(spinning, 3));
    assertTrue(
        refused.getMessage().contains("needs 4 processors for 3 spinning threads"),
        refused.getMessage());
    Pipeline.requireProcessors(spinning, 4);
  }

  private static MapWriter writer() {
    return new MapWriter(TestSettings.ladder(), ClusterSettings.DEFAULT, ROOM);
  }

  private static byte[] state(final MapWriter map) {
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    map.encode(out);
    return Arrays.copyOf(out.buffer().byteArray(), out.position());
  }

  private static List<FeedEvent> events(final int messages) {
    final CrowdedFeed feed = new CrowdedFeed(SEED, INSTRUMENTS, messages, 500);
    final FeedAdapter adapter = new FeedAdapter(ROOM);
    final List<FeedEvent> events = new ArrayList<>();
    while (feed.nextBlock()) {
      adapter.wrap(feed.buffer(), feed.offset(), feed.length());
      FeedEvent event = new FeedEvent();
      while (adapter.next(event)) {
        events.add(event);
        event = new FeedEvent();
      }
    }
    return events;
  }
}
