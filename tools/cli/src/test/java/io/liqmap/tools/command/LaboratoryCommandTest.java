package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.tools.command.Cli.Ran;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LaboratoryCommandTest {
  private static Ran run(final Object... more) {
    final List<Object> words =
        new ArrayList<>(
            List.of("laboratory", "--scenario", "crash", "--seeds", 2, "--days", 2, "--draws", 2));
    words.addAll(List.of(more));
    return Cli.run(words.toArray()).done();
  }

  @Test
  void shouldCompareEachModelAndTheControlsTheSameWayEachTime() {
    final Map<String, Object> json = run("--json").json();
    assertEquals(json, run("--json").json());
    assertEquals(2, JsonText.whole(json, "seeds"));
    final Map<?, ?> crash = JsonText.objects(json, "scenarios").get(0);
    assertEquals("crash", JsonText.string(crash, "scenario"));
    final List<String> names = new ArrayList<>();
    for (final Map<?, ?> model : JsonText.objects(crash, "models")) {
      names.add(JsonText.string(model, "name"));
      for (final String figure : new String[] {"within3", "within10", "shape"}) {
        final Map<?, ?> found = JsonText.map(model, figure);
        final double median = JsonText.number(found, "median");
        assertTrue(median > 0, figure);
        assertTrue(JsonText.number(found, "low") <= median, figure);
        assertTrue(JsonText.number(found, "high") >= median, figure);
      }
    }
    assertEquals("blend", names.get(0));
    assertTrue(
        names.containsAll(List.of("fine-low", "random, same mass", "random, level fitted")),
        names.toString());
  }

  @Test
  void shouldPrintATableThatSaysWhatItMeans() {
    run().says("crash", "error within 3 %", "blend ", "fine-low ", "nothing follows for a real");
  }

  @Test
  void shouldRefuseOptionsOutOfRange() {
    Cli.run("laboratory", "--scenario", "calm", "--days", 0).exits(2).complains("--days");
    Cli.run("laboratory", "--scenario", "clam").exits(2).complains("there is no scenario \"clam\"");
    Cli.run("laboratory").exits(2).complains("--scenario");
  }
}
