package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.MergedFeed;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.journal.JournalWriter;
import io.liqmap.engine.pipeline.FaultyMarket.Fault;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;
import io.liqmap.engine.support.JournalCopies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A journal that was killed behind any of its documents, and is resumed with the same feed, comes
 * to the state and the counts of a run that was never stopped, whatever the feed does wrong.
 */
@Tag("slow")
class ResumeAnywhereTest {
  private static final long SEED = 7;

  /** Each so-manyth copy is resumed: {@code -Dliqmap.resume.step=1} for all. */
  private static final int STEP = Integer.getInteger("liqmap.resume.step", 32);

  private static final long OFTEN = 5 * FaultyMarket.SECOND;
  private static final long NEVER = 3_600 * FaultyMarket.SECOND;

  @TempDir private Path folder;

  private static EngineSettings settings(final ThreadingMode mode, final long snapshotInterval) {
    return new EngineSettings(
        EngineSettingsFixture.INSTRUMENTS,
        TestSettings.ladder(),
        ClusterSettings.DEFAULT,
        snapshotInterval,
        new PipelineSettings(mode, 64, 4, WaitMode.PARK, false),
        new JournalSettings(4096, 1 << 24));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void shouldReachTheStateOfOneRunFromAnyEvent(final Fault fault) throws Exception {
    resumeEverywhere(() -> new FaultyMarket(fault, SEED), NEVER, fault.ordinal());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void shouldReachTheStateOfOneRunFromAnySnapshotOrEvent(final Fault fault) throws Exception {
    resumeEverywhere(() -> new FaultyMarket(fault, SEED + 1), OFTEN, fault.ordinal() + 1);
  }

  /** A merged feed has no frame whose length is invalid: what follows is lost. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DAMAGED_MESSAGES", "ALL"})
  void shouldReachTheStateOfOneRunWhenFeedsAreMerged(final Fault fault) throws Exception {
    final List<Integer> both = new ArrayList<>(List.of(0, 1));
    resumeEverywhere(
        () -> {
          // The order in which they are named is of no influence.
          both.add(both.remove(0));
          return new MergedFeed(
              both.stream().map((id) -> new FaultyMarket(fault, SEED, id)).toList());
        },
        OFTEN,
        fault.ordinal() + 2);
  }

  private void resumeEverywhere(
      final Supplier<BlockSource> feed, final long interval, final int offset) throws Exception {
    final Path journal = folder.resolve("journal");
    final EngineSettings settings = settings(ThreadingMode.INLINE, interval);
    final List<Path> copies = new ArrayList<>();
    final EngineReport whole;
    try (Engine engine =
        Engine.launchOn(
            new CopiedJournal(
                JournalWriter.create(journal, settings.journal(), settings.text()),
                (documents) -> {
                  if (documents % STEP == offset % STEP) {
                    final Path copy = folder.resolve("copy" + documents);
                    JournalCopies.folder(journal, copy);
                    copies.add(copy);
                  }
                }),
            settings,
            Outputs.NONE)) {
      engine.run(feed.get(), ReplayPace.max());
      whole = engine.report();
    }
    assertTrue(copies.size() > 40 / STEP, copies.size() + " copies");
    // A late message of a merged feed has a number that another one had.
    assertTrue(
        whole.journaled().rejected() + whole.faults().reordered() + whole.faults().duplicates() > 0,
        whole.toString());
    final List<String> different = new ArrayList<>();
    for (int i = 0; i < copies.size(); i++) {
      final Path copy = copies.get(i);
      final ThreadingMode mode = ThreadingMode.values()[i / 2 % ThreadingMode.values().length];
      final String found = resume(copy, feed.get(), settings(mode, interval));
      if (!found.equals(figures(whole))) {
        different.add(copy.getFileName() + " " + mode + ": " + found);
      }
      remove(copy);
    }
    assertEquals(
        List.of(),
        different,
        () -> different.size() + " of " + copies.size() + " differ from " + figures(whole));
  }

  private static String resume(
      final Path journal, final BlockSource feed, final EngineSettings settings) throws Exception {
    final String found;
    try (Engine engine = Engine.launch(settings, journal, Outputs.NONE)) {
      engine.run(feed, ReplayPace.max());
      found = figures(engine.report());
    }
    try (JournalReader reader = JournalReader.open(journal)) {
      final Replay replay = EngineSettingsFixture.replay(reader);
      replay.fromStart(Until.END);
      assertTrue(replay.matches(), "replays to the same");
    }
    return found;
  }

  private static String figures(final EngineReport report) {
    return report.journaled()
        + " "
        + List.of(
            report.faults().missing(),
            report.faults().duplicates(),
            report.faults().reordered(),
            report.faults().unknown());
  }

  private static void remove(final Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
