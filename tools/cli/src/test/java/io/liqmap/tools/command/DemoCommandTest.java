package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.tools.command.Cli.Ran;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class DemoCommandTest {
  private static final Pattern STATE = Pattern.compile("  state ([0-9a-f]{16})\n");

  @TempDir private Path folder;

  private static String state(final Ran demo) {
    final Matcher found = STATE.matcher(demo.out());
    assertTrue(found.find(), demo.out());
    return found.group(1);
  }

  @Test
  @Timeout(60)
  void shouldEndByItselfInTheSameStateForTheSameSeed() {
    final Path journal = folder.resolve("kept");
    final Ran first = Cli.run("demo", "--seconds", 1, "--seed", 7, "--journal", journal).done();
    final Ran second = Cli.run("demo", "--seconds", 1, "--seed", 7).done();
    assertEquals(state(first), state(second));
    for (final Ran demo : new Ran[] {first, second}) {
      demo.says(
          "─── mark ───",
          "nearest above",
          "nearest below",
          "events/s through feed checks, ring, map and journal",
          "p50 ",
          "p99.9 ",
          "error within 3 %",
          "fine-low ",
          "random, same mass ",
          "random, level fitted ",
          "replayed: the same state " + state(demo));
    }
    first.says("kept in " + journal);

    final Map<String, Object> replay =
        Cli.run("replay", "--journal", journal, "--json").done().json();
    assertEquals(state(first), JsonText.string(replay, "stateHash"));
    final Map<String, Object> map =
        Cli.run("map", "--journal", journal, "--format", "json").done().json();
    assertEquals(state(first), JsonText.string(map, "stateHash"));
    Cli.run("verify", "--journal", journal).done();
    Cli.run("demo", "--seconds", 1, "--journal", journal)
        .exits(1)
        .complains("holds a journal already");
  }

  @Test
  void shouldListTheScenariosWhereItKnowsNoneOfTheName() {
    Cli.run("demo", "--scenario", "clam")
        .exits(2)
        .complains("there is no scenario \"clam\"", "calm", "sweep-and-reverse");
  }
}
