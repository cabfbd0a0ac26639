package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.support.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own for a test; where none may be mounted, the test is skipped. */
public final class Mount implements AutoCloseable {
  private static final String SKIPPED = "skipped: needs root and the right to mount";

  private final Path at;

  private Mount(final Path at) {
    this.at = at;
  }

  /** A small file system in memory. */
  public static Mount tmpfs(final Path at, final int mebibytes) throws IOException {
    Files.createDirectories(at);
    assumeTrue(
        Shell.succeeds(
            "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", at.toString()),
        SKIPPED);
    return new Mount(at);
  }

  /** A file system in a file, which can be frozen. */
  public static Mount ext4(final Path at, final Path image, final int mebibytes)
      throws IOException {
    Files.createDirectories(at);
    assumeTrue(
        Shell.succeeds("truncate", "-s", mebibytes + "M", image.toString())
            && Shell.succeeds("mkfs.ext4", "-q", "-F", image.toString())
            && Shell.succeeds("mount", "-o", "loop", image.toString(), at.toString()),
        SKIPPED);
    return new Mount(at);
  }

  public Path path() {
    return at;
  }

  public void makeReadOnly() {
    assumeTrue(Shell.succeeds("mount", "-o", "remount,ro", at.toString()), SKIPPED);
  }

  /** Lets every write wait; thaws by itself after a while, should the test not come to it. */
  public void freeze() throws IOException {
    new ProcessBuilder("sh", "-c", "sleep 30; fsfreeze -u " + at).start();
    assumeTrue(Shell.succeeds("fsfreeze", "-f", at.toString()), SKIPPED);
  }

  /** Ends {@link #freeze}; false if it had ended by itself. */
  public boolean thaw() {
    return Shell.succeeds("fsfreeze", "-u", at.toString());
  }

  @Override
  public void close() {
    if (!Shell.succeeds("umount", at.toString())) {
      Shell.succeeds("umount", "-l", at.toString());
    }
  }
}
