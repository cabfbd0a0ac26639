package io.liqmap.benchmarks.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalAuditTest {
  private static final long MESSAGES = 5_000;

  @TempDir private Path folder;
  private final ChaosReport report = new ChaosReport();
  private final JournalAudit audit = new JournalAudit(report);
  private Path journal;
  private String hash;
  private long events;

  @BeforeEach
  void journal() throws Exception {
    journal = folder.resolve("journal");
    hash = run(journal, MESSAGES);
    events = audit.verify(journal, "the journal", 0);
    assertTrue(events > MESSAGES - MESSAGES / 10, events + " events");
  }

  private String run(final Path at, final long messages) throws Exception {
    final Path own = Files.createDirectory(folder.resolve("of-" + at.getFileName()));
    try (ChaosFeeds feeds = ChaosFeeds.open(ChaosFeeds.write(own, 1, 2, messages));
        Engine engine = Engine.launch(ChaosSettings.inline(), at, Outputs.NONE)) {
      engine.run(feeds.merged(), ReplayPace.max());
      engine.finish();
      assertNull(engine.journalFailure());
      return Long.toHexString(engine.map().stateHash());
    }
  }

  private void requireFailure(final String part) {
    assertEquals(1, report.failures().size(), report.failures()::toString);
    assertTrue(report.failures().get(0).contains(part), report.failures().get(0));
  }

  @Test
  void shouldFindNothingInAWholeJournal() throws Exception {
    assertEquals(events, audit.verify(journal, "the journal", events));
    audit.replay(journal, hash);

    assertEquals(List.of(), report.failures());
  }

  @Test
  void shouldFindALostEvent() throws Exception {
    audit.verify(journal, "the journal", events + 1);

    requireFailure("but " + String.format(Locale.ROOT, "%,d", events + 1) + " were");
  }

  @Test
  void shouldFindThatAnOlderJournalHoldsLess() throws Exception {
    final Path older = folder.resolve("older");
    run(older, MESSAGES / 2);

    audit.verify(older, "the journal", events);

    requireFailure(" were acknowledged");
  }

  @Test
  void shouldFindDamage() throws Exception {
    try (Stream<Path> files = Files.list(journal.resolve("queue"))) {
      final Path queue =
          files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
      try (RandomAccessFile bytes = new RandomAccessFile(queue.toFile(), "rw")) {
        // In the middle of the documents.
        bytes.seek(200_000);
        final int old = bytes.read();
        bytes.seek(200_000);
        bytes.write(old ^ 1);
      }
    }

    audit.verify(journal, "the journal", 0);

    requireFailure("the journal: ");
  }

  @Test
  void shouldFindAJournalThatIsGone() throws Exception {
    audit.verify(folder.resolve("nowhere"), "the journal", 0);
    assertEquals(List.of(), report.failures());

    audit.verify(folder.resolve("nowhere"), "the journal", 7);

    requireFailure("is gone, with 7 events");
  }

  @Test
  void shouldFindAnotherState() throws Exception {
    audit.replay(journal, "4711");

    requireFailure("the replay ends with state " + hash + ", a run without faults with 4711");
  }
}
