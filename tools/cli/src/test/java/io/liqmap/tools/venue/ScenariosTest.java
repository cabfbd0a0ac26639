package io.liqmap.tools.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.settings.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScenariosTest {
  @TempDir private Path folder;

  @Test
  void shouldReadTheShippedFile() {
    final Scenarios scenarios = Scenarios.load(Venues.FILE);
    assertEquals(
        Set.of("calm", "trend", "squeeze", "crash", "thin-book", "sweep-and-reverse", "mixed"),
        scenarios.names());
    for (final String name : scenarios.names()) {
      final Scenario scenario = scenarios.of(name);
      assertEquals(name, scenario.name());
      assertEquals(
          1, scenario.mixture().parts().stream().mapToDouble(Mixture.Part::share).sum(), 1e-9);
    }
    assertTrue(scenarios.of("thin-book").price().depth() < scenarios.of("calm").price().depth());
    assertEquals(
        scenarios.of("calm").venue(), scenarios.of("trend").venue(), "both from the defaults");
  }

  @Test
  void shouldListTheNamesWhereAScenarioIsUnknown() {
    final Scenarios scenarios = Scenarios.load(Venues.FILE);
    final String message =
        assertThrows(IllegalArgumentException.class, () -> scenarios.of("storm")).getMessage();
    assertTrue(message.contains("storm") && message.contains("crash"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "depletion = 1 | depletoin = 1 | price.depletoin: unknown key, did you mean",
        "volatility = 0.02 | volatility = 2 | price.volatility: got 2, expected a number, 0 to 1",
        "recovery = 2m | recovery = 2 | price.recovery: got 2, expected a duration",
        "prints = all | prints = some | prints: got \"some\", expected all or throttled",
        "mixture = usual | mixture = unusual | got \"unusual\", expected a name under mixtures",
        "hedgers = 0.70 | hedgers = 0.60 | mixtures.usual: got shares that add up to",
        "retail = 0.05 } | retial = 0.05 } | mixtures.usual.retial: got a share, expected names",
        "follows = 0.3, | | traders.swing.follows: missing",
        "scenarios { | scenarois { | scenarios: missing",
      })
  void shouldSayWhatIsWrongAndWhere(final String right, final String wrong, final String problem)
      throws IOException {
    final String text = Files.readString(Venues.FILE);
    assertTrue(text.contains(right), right);
    final Path file = folder.resolve("wrong.conf");
    Files.writeString(file, text.replace(right, wrong == null ? "" : wrong));
    final String message =
        assertThrows(ConfigException.class, () -> Scenarios.load(file)).getMessage();
    assertTrue(message.contains("wrong.conf:") && message.contains(problem), message);
  }
}
