package io.liqmap.benchmarks.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Temporary folders for journals. */
public final class Folders {
  private Folders() {}

  public static Path temporary() throws IOException {
    return Files.createTempDirectory("liqmap-benchmark-");
  }

  public static void delete(final Path folder) throws IOException {
    final List<Path> content;
    try (Stream<Path> walk = Files.walk(folder)) {
      content = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (final Path path : content) {
      Files.delete(path);
    }
  }
}
