package io.liqmap.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.CloseHelper;

/** Settings of a cluster on this machine, with ports that are free and folders of its own. */
final class LoopbackCluster {
  private static final int LOW = 10_000;
  private static final int HIGH = 32_000;

  private final Path folder;
  private final Path file;

  private LoopbackCluster(final Path folder, final Path file) {
    this.folder = folder;
    this.file = file;
  }

  /**
   * Writes the settings.
   *
   * @param shards as the settings have them, one a line: {@code name = …, instruments = […]}
   * @param more lines for the section, such as {@code hash-every = 100}
   */
  static LoopbackCluster of(
      final Path folder, final int members, final List<String> shards, final String... more)
      throws IOException {
    final String addresses =
        IntStream.range(0, members)
            .mapToObj((i) -> "{ host = \"127.0.0.1\", port = " + freePort(shards.size()) + " }")
            .collect(Collectors.joining(", "));
    final Path file = folder.resolve("cluster.conf");
    Files.writeString(
        file,
        String.join(
            "\n",
            "cluster {",
            "members = [" + addresses + "]",
            "shards = ["
                + String.join("\n", shards.stream().map((s) -> "{" + s + "}").toList())
                + "]",
            "folder = \"" + folder.resolve("durable") + "\"",
            "memory-folder = \"" + folder.resolve("memory") + "\"",
            String.join("\n", more),
            "}\n"));
    return new LoopbackCluster(folder, file);
  }

  /** One shard of all instruments. */
  static LoopbackCluster of(final Path folder, final int members, final String... more)
      throws IOException {
    return of(folder, members, List.of("name = all, instruments = [\"*\"]"), more);
  }

  /** The first of the ports of a member, all of them free now. */
  private static int freePort(final int shards) {
    while (true) {
      final int first = ThreadLocalRandom.current().nextInt(LOW, HIGH);
      final List<DatagramSocket> bound = new ArrayList<>();
      try {
        for (int i = 0; i < shards * Member.PORTS_APART; i++) {
          bound.add(
              new DatagramSocket(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), first + i)));
        }
        return first;
      } catch (final BindException e) {
        // Another range.
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        CloseHelper.quietCloseAll(bound);
      }
    }
  }

  Path folder() {
    return folder;
  }

  /** For {@code --config}. */
  Path file() {
    return file;
  }

  ClusterSettings settings() {
    return ClusterSettings.load(file, null);
  }
}
