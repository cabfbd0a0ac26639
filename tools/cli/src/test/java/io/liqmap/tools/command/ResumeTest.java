package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that a run resumes. */
@Tag("slow")
class ResumeTest {
  @TempDir private Path folder;
  private Path[] feeds;
  private Path journal;

  @BeforeEach
  void runOnce() throws IOException {
    feeds = Bars.feeds(folder);
    journal = folder.resolve("journal");
    Cli.run("run", "--feed", feeds[0], "--journal", journal, "--mode", "inline").done();
  }

  @Test
  void shouldPassOverAFeedThatTheJournalHolds() {
    final Map<String, Object> before = Cli.run("replay", "--journal", journal, "--json").json();
    final Map<String, Object> again =
        Cli.run("run", "--feed", feeds[0], "--journal", journal, "--json").done().json();

    assertEquals(before.get("stateHash"), again.get("stateHash"));
    assertEquals(before.get("events"), again.get("events"));
    assertEquals(again.get("events"), JsonText.map(again, "recovered").get("passedOver"));
    final Map<String, Object> check = Cli.run("verify", "--journal", journal, "--json").json();
    assertEquals("2", check.get("runs").toString());
    Cli.run("replay", "--journal", journal)
        .done()
        .says("the ends of 1 runs before and the final state: the same");
    Cli.run("run", "--feed", feeds[0], "--journal", journal).done().says("recovered  ");
  }

  @Test
  void shouldRefuseAnotherFeedWhoseSequencesRestart() throws IOException {
    final Path later = folder.resolve("later.feed");
    Cli.line(
            "import --format coinalyze --symbol BTCUSDT --utc-offset +09:00 --out %s %s",
            later, folder.resolve("bars"))
        .done();
    Cli.run("run", "--feed", later, "--journal", journal)
        .exits(3)
        .complains(
            "message 1 of the feed (a definition, sequence 1, of 2024-08-02T15:00:00Z) isn't what")
        .complains("holds as event 1 (a definition, sequence 1, of 2024-08-03T00:00:00Z)");
    Cli.run("verify", "--journal", journal).done();
  }

  @Test
  void shouldRefuseMoreAndFewerFeedsThanTheJournalWasMadeFrom() {
    Cli.run("run", "--feed", feeds[0], feeds[1], "--journal", journal)
        .exits(3)
        .complains(" of the feed (a definition, sequence ", "isn't what", "another folder");
    final Path both = folder.resolve("both");
    Cli.run("run", "--feed", feeds[0], feeds[1], "--journal", both).done();
    Cli.run("run", "--feed", feeds[1], "--journal", both)
        .exits(3)
        .complains("message 1 of the feed (a definition, sequence 1");
  }

  @Test
  void shouldNotMindTheOrderInWhichFeedsAreNamed() {
    final Path one = folder.resolve("one");
    final Path other = folder.resolve("other");
    final Object hash =
        Cli.run("run", "--feed", feeds[0], feeds[1], "--journal", one, "--json")
            .done()
            .json()
            .get("stateHash");
    final Map<String, Object> turned =
        Cli.run("run", "--feed", feeds[1], feeds[0], "--journal", other, "--json").done().json();
    assertEquals(hash, turned.get("stateHash"));
    final Map<String, Object> again =
        Cli.run("run", "--feed", feeds[1], feeds[0], "--journal", one, "--json").done().json();
    assertEquals(hash, again.get("stateHash"));
    assertEquals(again.get("events"), JsonText.map(again, "recovered").get("passedOver"));
  }

  @Test
  void shouldSayWhichInstrumentAppearedLater() throws IOException {
    final Path later = folder.resolve("later");
    Files.createDirectories(later);
    for (final String kind : List.of("ohlcv", "open-interest", "liquidation")) {
      final String name = "ETHUSDT-" + kind + ".csv";
      final List<String> lines = Files.readAllLines(folder.resolve("bars").resolve(name));
      Files.write(later.resolve(name), lines.subList(24, lines.size()));
    }
    final Path feed = folder.resolve("later.feed");
    Cli.run("import", "--format", "coinalyze", "--symbol", "ETHUSDT", "--out", feed, later).done();
    final Path both = folder.resolve("both");
    Cli.run("run", "--feed", feeds[0], feed, "--journal", both)
        .done()
        .says("appeared      ETHUSDT at 2024-08-04T00:00:00Z, sequence ");
    Cli.run("run", "--feed", feeds[0], feed, "--journal", both)
        .done()
        .says("appeared      ETHUSDT at 2024-08-04T00:00:00Z, sequence ");
  }

  @Test
  void shouldWarnOfDamageAheadOfTheSnapshotAndResume() throws IOException {
    Cli.run("run", "--feed", feeds[0], "--journal", journal).done();
    final List<Long> documents = Cli.documents(journal);
    Cli.flip(Cli.queueFile(journal), documents.get(1) + 200);

    final Map<String, Object> before =
        Cli.run("run", "--feed", feeds[0], "--journal", journal, "--json")
            .exits(0)
            .complains("warning: the journal is resumed from a snapshot after damage: ")
            .complains("document 1, behind event 0: the checksum doesn't match")
            .json();
    assertEquals(
        Cli.run("run", "--feed", feeds[0], "--journal", folder.resolve("fresh"), "--json")
            .done()
            .json()
            .get("stateHash"),
        before.get("stateHash"));
    Cli.run("verify", "--journal", journal).exits(4);
  }

  @Test
  void shouldNotAppendToADamagedJournal() throws IOException {
    final List<Long> documents = Cli.documents(journal);
    Cli.flip(Cli.queueFile(journal), documents.get(documents.size() - 1) + 80);
    final byte[] queue = Files.readAllBytes(Cli.queueFile(journal));
    final byte[] mark = Files.readAllBytes(journal.resolve("liqmap.journal"));

    Cli.run("run", "--feed", feeds[0], "--journal", journal)
        .exits(4)
        .complains("the checksum doesn't match");

    assertArrayEquals(queue, Files.readAllBytes(Cli.queueFile(journal)));
    assertArrayEquals(mark, Files.readAllBytes(journal.resolve("liqmap.journal")));
  }
}
