package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.map.MapInvariants;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feeds that ask for more memory than the settings allow. */
@Tag("slow")
final class BudgetTest {
  private static final int INSTRUMENTS = 16;
  private static final long WIDEST = 1L << 53;

  @TempDir private Path folder;

  private static EngineSettings settings(
      final ThreadingMode mode, final int shards, final long memory) {
    final MapSettings base = TestSettings.of(5, TestSettings.undated(), TestSettings.allKinds(1e6));
    return new EngineSettings(
        INSTRUMENTS,
        new MapSettings(
            base.resolutionBps(),
            base.markStaleNanos(),
            base.openInterestStaleNanos(),
            base.models(),
            base.structure(),
            base.brackets(),
            base.forcedPerReported(),
            memory,
            base.positions(),
            List.of()),
        ClusterSettings.DEFAULT,
        1_000_000_000L,
        new PipelineSettings(mode, shards, 1_024, 64, WaitMode.PARK, false),
        new JournalSettings(4096, 1 << 24));
  }

  @ParameterizedTest
  @CsvSource({"INLINE,1", "PIPELINED,1", "PIPELINED,3"})
  void shouldRejectWhatLeadsBeyondIt(final ThreadingMode mode, final int shards) throws Exception {
    final EngineSettings settings = settings(mode, shards, 64L << 20);
    final Path journal = folder.resolve("journal");
    final long hash;
    final long rejected;
    try (Engine engine = Engine.launch(settings, journal, Outputs.NONE)) {
      engine.run(new WideFeed(INSTRUMENTS, WIDEST), ReplayPace.max());
      engine.finish();
      assertNull(engine.journalFailure());
      hash = engine.map().stateHash();
      rejected = engine.map().faults().rejected();
      assertTrue(rejected >= 4 * INSTRUMENTS - 4, rejected + " rejected");
      for (int id = 0; id < INSTRUMENTS; id++) {
        if (((MapWriter) engine.map()).maps().of(id) != null) {
          MapInvariants.assertNothingOpenBeyondMark(
              "instrument " + id, ((MapWriter) engine.map()).maps().of(id));
          assertTrue(
              (((MapWriter) engine.map()).tracker(id).quality() & QualityFlags.REJECTED) != 0);
        }
      }
    }
    assertEquals(hashWithoutJournal(), hash);
    try (JournalReader reader = JournalReader.open(journal)) {
      final Replay replay =
          new Replay(reader, settings.map(), ClusterSettings.DEFAULT, INSTRUMENTS);
      replay.fromStart(Until.END);
      assertTrue(replay.matches());
      assertEquals(rejected, replay.map().faults().rejected());
    }
  }

  private static long hashWithoutJournal() throws Exception {
    try (Engine engine =
        Engine.launch(settings(ThreadingMode.INLINE, 1, 64L << 20), null, Outputs.NONE)) {
      engine.run(new WideFeed(INSTRUMENTS, WIDEST), ReplayPace.max());
      return engine.map().stateHash();
    }
  }

  /** What it lets through can't depend on what happened to be in memory. */
  @Test
  void shouldDecideTheSameBehindARestart() throws Exception {
    final EngineSettings settings = settings(ThreadingMode.INLINE, 1, 64L << 20);
    final long expected = hashWithoutJournal();
    // Ahead of the first leap, and behind the last: what the feed's checks believe is another
    // matter.
    for (final int events : new int[] {1, 10, 20, 264, 600}) {
      final Path journal = folder.resolve("journal-" + events);
      try (Engine engine = Engine.launch(settings, journal, Outputs.NONE)) {
        engine.run(new Beginning(new WideFeed(INSTRUMENTS, WIDEST), events), ReplayPace.max());
      }
      try (Engine engine = Engine.launch(settings, journal, Outputs.NONE)) {
        engine.run(new WideFeed(INSTRUMENTS, WIDEST), ReplayPace.max());
        assertEquals(expected, engine.map().stateHash(), events + " events before the restart");
      }
    }
  }

  @Test
  void shouldRejectInstrumentsThatThereIsNoRoomFor() throws Exception {
    final long perInstrument = 1_024L * 8 * 400;
    try (Engine engine =
        Engine.launch(
            settings(ThreadingMode.INLINE, 1, Math.max(16L << 20, 5 * perInstrument)),
            null,
            Outputs.NONE)) {
      engine.run(new WideFeed(INSTRUMENTS, 2), ReplayPace.max());
      final int defined = ((MapWriter) engine.map()).maps().count();
      assertTrue(defined > 0 && defined < INSTRUMENTS, defined + " instruments");
      // Nothing of the others was taken for somebody else's or for unknown.
      assertEquals(0, engine.map().faults().unknown());
      assertTrue(engine.map().faults().rejected() > INSTRUMENTS - defined);
    }
  }

  @Test
  void shouldRejectNothingOfAMarketThatStaysWithin() throws Exception {
    try (Engine engine =
        Engine.launch(settings(ThreadingMode.INLINE, 1, 256L << 20), null, Outputs.NONE)) {
      engine.run(new WideFeed(INSTRUMENTS, 2), ReplayPace.max());
      assertEquals(INSTRUMENTS, ((MapWriter) engine.map()).maps().count());
      assertEquals(0, engine.map().faults().rejected());
    }
  }

  /** The first messages of a feed. */
  private static final class Beginning implements BlockSource {
    private final WideFeed feed;
    private final int events;

    Beginning(final WideFeed feed, final int events) {
      this.feed = feed;
      this.events = events;
    }

    @Override
    public boolean nextBlock() {
      return feed.nextBlock();
    }

    @Override
    public DirectBuffer buffer() {
      return feed.buffer();
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public int length() {
      return feed.endOf(events);
    }
  }
}
