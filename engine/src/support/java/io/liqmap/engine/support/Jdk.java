package io.liqmap.engine.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A JDK of this machine: its folder, and the number of its release. */
public record Jdk(Path home, int feature) {
  private static final String RELEASE_KEY = "JAVA_VERSION=\"";

  public static Jdk running() {
    return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /**
   * Finds one: the folder that the property liqmap.jdkN or the variable JAVA_N_HOME names, one
   * beside the running JDK, or one of SDKMAN's.
   */
  public static Optional<Jdk> find(final int feature) {
    if (Runtime.version().feature() == feature) {
      return Optional.of(running());
    }
    return homes(feature).stream()
        .filter((home) -> release(home) == feature)
        .map((home) -> new Jdk(home, feature))
        .findFirst();
  }

  private static List<Path> homes(final int feature) {
    final List<Path> homes = new ArrayList<>();
    final String named =
        System.getProperty(
            "liqmap.jdk" + feature, System.getenv().getOrDefault("JAVA_" + feature + "_HOME", ""));
    if (!named.isEmpty()) {
      homes.add(Path.of(named));
    }
    addFolders(homes, running().home().getParent());
    addFolders(homes, Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java"));
    return homes;
  }

  private static void addFolders(final List<Path> homes, final Path parent) {
    if (parent == null || !Files.isDirectory(parent)) {
      return;
    }
    try (Stream<Path> found = Files.list(parent)) {
      found.sorted().forEach(homes::add);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The feature release by the file that every JDK has; 0 if it is no JDK. */
  private static int release(final Path home) {
    final Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(release)) {
      return lines
          .filter((line) -> line.startsWith(RELEASE_KEY))
          .mapToInt(
              (line) -> Integer.parseInt(line.substring(RELEASE_KEY.length()).split("\\W", -1)[0]))
          .findFirst()
          .orElse(0);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
