package io.liqmap.benchmarks.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small disk in memory for a journal, which can be filled and freed; an ordinary folder where
 * none may be mounted.
 */
final class ChaosDisk implements AutoCloseable {
  private static final String SIZE = "size=256m";

  private final Path at;
  private final Path ballast;
  private final boolean isMounted;
  private final Thread onShutdown;

  ChaosDisk(final Path at) throws IOException, InterruptedException {
    this.at = at;
    ballast = at.resolve("ballast");
    Files.createDirectories(at);
    isMounted = succeeds("mount", "-t", "tmpfs", "-o", SIZE + ",mode=700", "tmpfs", at.toString());
    onShutdown = new Thread(this::unmount, "unmount");
    Runtime.getRuntime().addShutdownHook(onShutdown);
  }

  Path path() {
    return at;
  }

  boolean canBeFilled() {
    return isMounted;
  }

  /** Fills all space but so much; false if it failed. */
  boolean fill(final long left) throws IOException, InterruptedException {
    final long length = Files.getFileStore(at).getUsableSpace() - left;
    return length > 0 && succeeds("fallocate", "-l", Long.toString(length), ballast.toString());
  }

  void free() throws IOException {
    Files.deleteIfExists(ballast);
  }

  private static boolean succeeds(final String... command)
      throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (final IOException e) {
      // No such program here.
      return false;
    }
  }

  private void unmount() {
    try {
      if (isMounted && !succeeds("umount", at.toString())) {
        succeeds("umount", "-l", at.toString());
      }
    } catch (final IOException e) {
      System.err.println("chaos: " + at + " is still mounted: " + e.getMessage());
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Unmounts it, with all that is in it. */
  @Override
  public void close() {
    unmount();
    try {
      Runtime.getRuntime().removeShutdownHook(onShutdown);
    } catch (final IllegalStateException e) {
      // The JVM is on its way down: the hook does the same.
    }
  }
}
