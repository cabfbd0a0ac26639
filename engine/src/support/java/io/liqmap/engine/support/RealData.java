package io.liqmap.engine.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the repository lies, and the real market data that some tests use if it is there. */
public final class RealData {
  private static final String KEY = "LIQMAP_REAL_DATA";

  private RealData() {}

  /** The repository's root, whichever of its folders the tests are run from. */
  public static Path root() {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("codecs"))) {
      root = root.getParent();
    }
    return root == null ? Path.of("").toAbsolutePath() : root;
  }

  /** A folder of the data that the property or variable names; skips the test if it isn't there. */
  public static Path folder(final String set) {
    final String named = System.getProperty(KEY, System.getenv(KEY));
    final Path data =
        root().resolve(named == null ? "../shared/data" : named).resolve(set).normalize();
    assumeTrue(
        Files.isDirectory(data),
        () -> "skipped: no real market data at " + data + "; set " + KEY + " to its folder");
    return data;
  }
}
