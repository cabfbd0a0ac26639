package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.tools.command.Cli.Ran;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moments that a journal has, and those that it hasn't: never the answer of another one. */
@Tag("slow")
final class MomentsTest {
  @TempDir private static Path folder;
  private static Path feed;
  private static Path journal;
  private static Map<String, Object> end;
  private static Instant last;

  @BeforeAll
  static void importAndRun() throws IOException {
    feed = Bars.feeds(folder)[0];
    journal = folder.resolve("journal");
    Cli.run("run", "--feed", feed, "--journal", journal, "--mode", "inline").done();
    end = Cli.run("map", "--journal", journal, "--format", "json").done().json();
    last = Instant.parse(JsonText.string(end, "time"));
  }

  /** Runs a command with a moment at the end of its words. */
  private static Ran at(final String command, final Object moment) {
    final List<Object> words = new ArrayList<>(Arrays.asList((Object[]) command.split(" ", -1)));
    words.addAll(List.of("--journal", journal));
    if (command.startsWith("ask")) {
      words.addAll(1, List.of("--at", moment));
    } else {
      words.addAll(List.of(command.startsWith("replay") ? "--to" : "--at", moment));
    }
    return Cli.run(words.toArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "map",
        "map --format json",
        "ask largest",
        "replay",
        "replay --from snapshot --json"
      })
  void shouldRefuseAMomentThatTheJournalDoesNotReach(final String command) {
    final String covers = "there are events from 2024-08-03T00:00:00Z to " + last;
    for (final String late :
        List.of("2030-01-01", last.plusSeconds(61).toString(), "1999999999s")) {
      at(command, late).exits(2).complains(journal + ": ", "is after the last event: " + covers);
    }
    at(command, "1722859200")
        .exits(2)
        .complains(
            "1722859200 is after the last event",
            "a number without a unit is a sequence, as a time it would be 1722859200s"
                + " (2024-08-05T12:00:00Z)");
    at(command, "1722859200000").exits(2).complains("1722859200000ms (2024-08-05T12:00:00Z)");
    final Ran large = at(command, JsonText.whole(end, "sequence") + 1).exits(2);
    large.complains("is after the last event");
    assertFalse(large.err().contains("as a time"), large.err());
    at(command, "2024-08-02T23:59:59Z").exits(2).complains("is before the first event: " + covers);
    at(command, JsonText.whole(end, "sequence")).done();
    at(command, last).done();
  }

  @ParameterizedTest
  @ValueSource(strings = {"map", "ask largest", "replay --json"})
  void shouldAnswerShortlyBehindTheEndWithAWord(final String command) {
    final Ran near = at(command, last.plus(Duration.ofSeconds(60))).exits(0);
    near.complains("is after the last event, " + last + ": the answer is of that");
    assertEquals(1, near.err().lines().count());
    final String at = at(command, last).done().out();
    if (!command.startsWith("replay")) {
      assertEquals(at, near.out());
    }
  }

  @Test
  void shouldPrintNothingFromBeforeTheMoment() {
    final long sequence = JsonText.whole(end, "sequence") / 2;
    final Ran all = Cli.run("inspect", "--journal", journal, "--limit", "0").done();
    assertTrue(all.out().contains("  piece of a state") || all.out().contains("  snapshot after"));
    final Ran late =
        Cli.run("inspect", "--journal", journal, "--from", sequence, "--limit", "3").exits(0);
    assertEquals(3, late.lines().size());
    assertTrue(late.lines().get(0).startsWith(sequence + "  "), late.out());
    final String text =
        Cli.run("inspect", "--journal", journal, "--from", sequence, "--limit", "0").done().out();
    assertTrue(text.startsWith(sequence + "  "), text.substring(0, 80));
    assertTrue(all.out().endsWith(text), "what comes from there on, and nothing else");
  }

  @Test
  void shouldSayWhereARangeLiesOutside() {
    for (final Object[] source : new Object[][] {{"--journal", journal}, {"--feed", feed}}) {
      Cli.run("inspect", source[0], source[1], "--from", "2030-01-01")
          .exits(2)
          .complains("--from 2030-01-01T00:00:00Z is after the last event");
      Cli.run("inspect", source[0], source[1], "--from", "1722859200")
          .exits(2)
          .complains("as a time it would be 1722859200s");
      Cli.run("inspect", source[0], source[1], "--to", "2020-01-01")
          .exits(2)
          .complains("--to 2020-01-01T00:00:00Z is before the first event");
      Cli.run("inspect", source[0], source[1], "--to", "2030-01-01", "--limit", "0")
          .exits(0)
          .complains("--to 2030-01-01T00:00:00Z is after the last event");
    }
  }
}
