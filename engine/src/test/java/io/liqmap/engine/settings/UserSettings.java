package io.liqmap.engine.settings;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a user's file of settings over the shipped defaults. */
abstract class UserSettings {
  static final Path DEFAULTS = Path.of("..", "config");

  @TempDir Path folder;

  final LiqmapConfig load(final String... lines) throws IOException {
    return LiqmapConfig.load(write(lines), DEFAULTS);
  }

  final List<String> problems(final String... lines) throws IOException {
    final Path file = write(lines);
    return assertThrows(ConfigException.class, () -> LiqmapConfig.load(file, DEFAULTS)).problems();
  }

  final Path write(final String... lines) throws IOException {
    return Files.writeString(folder.resolve("my.conf"), String.join("\n", lines));
  }

  final String at(final int line) {
    return folder.resolve("my.conf") + ":" + line + ": ";
  }
}
