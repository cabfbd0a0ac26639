package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system of its own for a test; where none may be mounted, the test is skipped. */
final class Mount implements AutoCloseable {
  private static final String SKIPPED = "skipped: needs root and the right to mount";

  private final Path at;

  private Mount(final Path at) {
    this.at = at;
  }

  /** A small file system in memory. */
  static Mount tmpfs(final Path at, final int mebibytes) throws IOException {
    Files.createDirectories(at);
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", at.toString()),
        SKIPPED);
    return new Mount(at);
  }

  /** A file system in a file, which can be frozen. */
  static Mount ext4(final Path at, final Path image, final int mebibytes) throws IOException {
    Files.createDirectories(at);
    assumeTrue(
        succeeds("truncate", "-s", mebibytes + "M", image.toString())
            && succeeds("mkfs.ext4", "-q", "-F", image.toString())
            && succeeds("mount", "-o", "loop", image.toString(), at.toString()),
        SKIPPED);
    return new Mount(at);
  }

  Path path() {
    return at;
  }

  void makeReadOnly() {
    assumeTrue(succeeds("mount", "-o", "remount,ro", at.toString()), SKIPPED);
  }

  /** Lets every write wait; thaws by itself after a while, should the test not come to it. */
  void freeze() throws IOException {
    new ProcessBuilder("sh", "-c", "sleep 30; fsfreeze -u " + at).start();
    assumeTrue(succeeds("fsfreeze", "-f", at.toString()), SKIPPED);
  }

  /** Ends {@link #freeze}; false if it had ended by itself. */
  boolean thaw() {
    return succeeds("fsfreeze", "-u", at.toString());
  }

  private static boolean succeeds(final String... command) {
    try {
      final Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (final IOException e) {
      return false;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    if (!succeeds("umount", at.toString())) {
      succeeds("umount", "-l", at.toString());
    }
  }
}
