package io.liqmap.engine.settings;

import java.nio.file.Path;
import java.util.function.Function;

/** Reads a file of settings other than the engine's, as strictly as those. */
public final class SettingsFile {
  private SettingsFile() {}

  /**
   * Reads a HOCON file, its substitutions resolved.
   *
   * @param reader reads the top section, and ends it
   * @throws ConfigException if the file is missing or wrong, listing every problem with its line
   */
  public static <T> T read(final Path file, final Function<Section, T> reader) {
    final Problems problems = new Problems();
    final Section top = new Section(new ConfigFiles(problems).read(file), "", problems);
    final T settings = reader.apply(top);
    problems.raise();
    return settings;
  }
}
