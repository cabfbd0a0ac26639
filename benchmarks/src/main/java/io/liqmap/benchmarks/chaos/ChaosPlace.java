package io.liqmap.benchmarks.chaos;

import io.liqmap.benchmarks.flow.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the files of a pass are. */
final class ChaosPlace implements AutoCloseable {
  private final Path folder;
  private final ChaosDisk disk;
  private final ChaosClock clock;
  private final List<Path> feeds;
  private final boolean mayPauseLong;
  private int copies;

  ChaosPlace(
      final Path folder,
      final long seed,
      final int feeds,
      final long messages,
      final boolean mayPauseLong)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.feeds = ChaosFeeds.write(folder, seed, feeds, messages);
    this.mayPauseLong = mayPauseLong;
    clock = new ChaosClock(folder.resolve("clock"));
    disk = new ChaosDisk(folder.resolve("disk"));
  }

  Path journal() {
    return disk.path().resolve("journal");
  }

  Path shared() {
    return folder.resolve("shared");
  }

  ChaosDisk disk() {
    return disk;
  }

  ChaosClock clock() {
    return clock;
  }

  List<Path> feeds() {
    return feeds;
  }

  /** Whether there is time for pauses of more than 30 s. */
  boolean mayPauseLong() {
    return mayPauseLong;
  }

  Path errors(final String engine) {
    return folder.resolve(engine + ".err");
  }

  /** Folder for the next copy of the journal; the ones before are deleted. */
  Path nextCopy() throws IOException {
    final Path last = lastCopy();
    if (Files.exists(last)) {
      Folders.delete(last);
    }
    copies++;
    return lastCopy();
  }

  Path lastCopy() {
    return folder.resolve("copy-" + copies);
  }

  List<String> arguments(final double rate, final int shards) {
    final List<String> arguments = new ArrayList<>();
    arguments.add(journal().toString());
    arguments.add(shared().toString());
    arguments.add(folder.resolve("clock").toString());
    arguments.add(Double.toString(rate));
    arguments.add(Integer.toString(shards));
    feeds.forEach((feed) -> arguments.add(feed.toString()));
    return arguments;
  }

  /** Keeps the journal, if there is one, as evidence, before the disk goes. */
  void keepJournal() throws IOException {
    final Path kept = folder.resolve("journal-kept");
    if (!Files.exists(journal())) {
      return;
    }
    try (Stream<Path> content = Files.walk(journal())) {
      for (final Path path : content.toList()) {
        Files.copy(path, kept.resolve(journal().relativize(path).toString()));
      }
    }
  }

  @Override
  public void close() {
    disk.close();
  }
}
