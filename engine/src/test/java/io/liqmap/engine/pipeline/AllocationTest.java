package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.shared.view.ViewSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bytes that each thread allocates for an event in steady state. The journal's own code allocates
 * nothing; what Chronicle Queue allocates when it maps the next piece of its file is not for an
 * event, so the journal's thread is granted less than a byte for twenty.
 */
@Tag("alone")
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long WARM_UP = 400_000;
  private static final long MEASURED = 100_000;
  private static final int STRETCHES = 4;
  private static final double JOURNAL_BYTES_PER_EVENT = 0.05;
  private static final double FEED_BYTES_PER_EVENT = 0.05;

  @TempDir private Path folder;

  @Test
  void shouldAllocateNothingOnMapJournalAndFeedThread() throws Exception {
    final long[] granted = {
      0, (long) (JOURNAL_BYTES_PER_EVENT * MEASURED), (long) (FEED_BYTES_PER_EVENT * MEASURED)
    };

    final long[] bytes = measure(folder.resolve("journal"), Outputs.NONE, granted);

    assertEquals(0, bytes[0], "bytes on the map's thread");
    assertTrue(bytes[1] <= granted[1], bytes[1] + " bytes on the journal's thread");
    assertTrue(
        bytes[2] <= granted[2], bytes[2] + " bytes on the feed's thread, test feed included");
  }

  @Test
  void shouldAllocateNothingForAnEventOnTheThreadsOfSeveralShards() throws Exception {
    final Outputs outputs =
        Outputs.share(
            folder.resolve("shared"),
            new ViewSettings(EngineSettingsFixture.INSTRUMENTS, 512, 64, 32, 5),
            1 << 16,
            2,
            MapListener.NONE);

    final long[] bytes =
        measure(
            folder.resolve("journal"),
            outputs,
            EngineSettingsFixture.sharded(2, 4096, 256),
            "liqmap-map-0",
            "liqmap-map-1",
            new long[] {0, 0, Long.MAX_VALUE});

    assertEquals(0, bytes[0], "bytes on the first map thread");
    assertEquals(0, bytes[1], "bytes on the second map thread");
  }

  @Test
  void shouldAllocateNothingOnTheMapThreadThatPublishes() throws Exception {
    final Outputs outputs =
        Outputs.share(
            folder.resolve("shared"),
            new ViewSettings(EngineSettingsFixture.INSTRUMENTS, 512, 64, 32, 5),
            1 << 16,
            MapListener.NONE);

    final long[] bytes =
        measure(folder.resolve("journal"), outputs, new long[] {0, Long.MAX_VALUE, Long.MAX_VALUE});

    assertEquals(0, bytes[0], "bytes on the map's thread");
  }

  /**
   * Bytes of map, journal and feed thread for the measured events, in the best of some stretches:
   * what an event allocates shows in all of them, so none follows when each thread has kept to what
   * it is granted. While a method that was compiled is compiled again it runs interpreted, and
   * makes objects that compiled code leaves out: some hundred bytes, in one stretch.
   */
  private static long[] measure(final Path journal, final Outputs outputs, final long[] granted)
      throws Exception {
    return measure(
        journal,
        outputs,
        EngineSettingsFixture.of(
            ThreadingMode.PIPELINED, 4096, 256, new JournalSettings(1 << 16, 1 << 24)),
        "liqmap-map",
        "liqmap-journal",
        granted);
  }

  private static long[] measure(
      final Path journal,
      final Outputs outputs,
      final EngineSettings base,
      final String first,
      final String second,
      final long[] granted)
      throws Exception {
    // No snapshot falls into the measured stretch: it belongs to the hour, not to an event.
    final EngineSettings settings =
        new EngineSettings(
            base.maxInstruments(),
            base.map(),
            base.levels(),
            Long.MAX_VALUE / 4,
            base.pipeline(),
            base.journal());
    try (Engine engine = Engine.launch(settings, journal, outputs)) {
      // Slow enough that the warm-up spans the longest window: until then cohorts add up.
      final RandomFeed feed = new RandomFeed(7, Long.MAX_VALUE, 500, false, 90);
      engine.run(new FeedPart(feed, WARM_UP / 500), ReplayPace.max());
      final long[] threads = {thread(first), thread(second), Thread.currentThread().getId()};
      final long[] least = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
      for (int stretch = 0; stretch < STRETCHES && !isWithin(least, granted); stretch++) {
        final FeedPart part = new FeedPart(feed, MEASURED / 500);
        final long[] before = THREADS.getThreadAllocatedBytes(threads);
        engine.run(part, ReplayPace.max());
        final long[] after = THREADS.getThreadAllocatedBytes(threads);
        Arrays.setAll(least, (i) -> Math.min(least[i], after[i] - before[i]));
      }
      return least;
    }
  }

  private static boolean isWithin(final long[] bytes, final long[] granted) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] > granted[i]) {
        return false;
      }
    }
    return true;
  }

  private static long thread(final String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter((thread) -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getId();
  }
}
