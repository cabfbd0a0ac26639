package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that a run goes on with. */
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
  void shouldRefuseAnotherFeedWhoseSequencesBeginAnew() throws IOException {
    final Path later = folder.resolve("later.feed");
    Cli.run(
            "import",
            "--format",
            "coinalyze",
            "--symbol",
            "BTCUSDT",
            "--utc-offset",
            "+09:00",
            "--out",
            later,
            folder.resolve("bars"))
        .done();
    Cli.run("run", "--feed", later, "--journal", journal)
        .exits(3)
        .complains("message 1 of the feed isn't the one that the journal begins with");
    Cli.run("verify", "--journal", journal).done();
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
