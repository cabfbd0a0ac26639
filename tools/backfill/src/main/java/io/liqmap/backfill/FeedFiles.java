package io.liqmap.backfill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The feed files that a command names. */
final class FeedFiles {
  private static final String SUFFIX = ".feed";

  private FeedFiles() {}

  /**
   * Finds them; each once.
   *
   * @param named files, and folders of which all {@code *.feed} are taken, at any depth
   * @throws NoSuchFileException if one isn't there, or none is found
   */
  static List<String> of(final List<Path> named) throws IOException {
    final TreeSet<Path> found = new TreeSet<>();
    for (final Path path : named) {
      if (!Files.exists(path)) {
        throw new NoSuchFileException(path.toString());
      }
      if (Files.isDirectory(path)) {
        try (Stream<Path> all = Files.walk(path)) {
          all.filter((file) -> file.getFileName().toString().endsWith(SUFFIX))
              .filter(Files::isRegularFile)
              .forEach((file) -> found.add(file.toAbsolutePath().normalize()));
        }
      } else {
        found.add(path.toAbsolutePath().normalize());
      }
    }
    if (found.isEmpty()) {
      throw new NoSuchFileException(
          named.get(0).toString(), null, "has no file *.feed; import the data first");
    }
    final List<String> files = new ArrayList<>();
    found.forEach((file) -> files.add(file.toString()));
    return files;
  }
}
