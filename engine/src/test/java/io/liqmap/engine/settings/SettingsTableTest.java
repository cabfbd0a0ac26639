package io.liqmap.engine.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the table of settings and {@code config/engine.conf} to each other. */
final class SettingsTableTest {
  private static final Path CONFIG = Path.of("..", "config");
  private static final Config FILE =
      ConfigFactory.parseFile(CONFIG.resolve("engine.conf").toFile());
  private static final List<SettingDescription> TABLE = LiqmapConfig.load(null, CONFIG).describe();

  /** Keys that are names, or a choice of names; models and groups are described by the first. */
  private static final Pattern NAMES =
      Pattern.compile(
          "(size-classes|profiles|presets|forced-per-reported)\\..*|preset|models\\.(?!blend\\.).*"
              + "|models\\.blend\\.profile|groups\\.(?!BTC\\.).*");

  private static final Set<String> BOUNDED_BY_ANOTHER_KEY =
      Set.of("levels.kept-at", "pipeline.claim");

  @Test
  void shouldHaveEachKeyOfTheFile() {
    final Set<String> keys =
        FILE.entrySet().stream()
            .map(Map.Entry::getKey)
            .filter((key) -> !NAMES.matcher(key).matches())
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(
        keys,
        TABLE.stream().map(SettingDescription::key).collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void shouldGiveTheRangeThatTheFileGives() {
    final Pattern bounds = Pattern.compile("\\S+ to \\S+$");
    for (final SettingDescription setting : TABLE) {
      final Matcher range = bounds.matcher(setting.range());
      if (range.find()
          && !setting.key().startsWith("models.")
          && !setting.key().startsWith("groups.")
          && !BOUNDED_BY_ANOTHER_KEY.contains(setting.key())) {
        final String comment = String.join("\n", FILE.getValue(setting.key()).origin().comments());
        assertTrue(comment.contains(range.group()), setting + " and the comment: " + comment);
      }
    }
  }

  @Test
  void shouldWriteEachValueAsAJournalCarriesIt() {
    final String text = EngineConfig.defaults().text();
    for (final SettingDescription setting : TABLE) {
      final String key = setting.key().replaceFirst("^(models\\.blend|groups\\.BTC)\\.", "");
      // An empty list says what its absence says.
      if (!key.startsWith("sharing.") && !setting.value().equals("[]")) {
        assertTrue(
            text.contains("\n" + key + " = " + setting.value() + "\n")
                || text.startsWith(key + " = " + setting.value() + "\n"),
            setting::toString);
      }
      assertTrue(setting.description().endsWith("."), setting::toString);
      assertEquals(setting.key(), ConfigUtil.joinPath(ConfigUtil.splitPath(setting.key())));
    }
  }
}
