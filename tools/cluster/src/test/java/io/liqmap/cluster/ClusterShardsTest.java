package io.liqmap.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.pipeline.RandomFeed;
import io.liqmap.tools.hashes.HashLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two shards of one feed, each with its instrument, through a snapshot and a restart. */
final class ClusterShardsTest {
  private static final long SESSION = 9;
  private static final long GIVE_UP = 60_000_000_000L;

  @TempDir private Path folder;

  private static final int SNAPSHOTS = 4;
  private static final int KEPT_SNAPSHOTS = 2;

  private final List<ClusterNode> nodes = new ArrayList<>();
  private ClusterSettings settings;

  @BeforeEach
  void start() throws IOException {
    settings =
        LoopbackCluster.of(
                folder,
                1,
                List.of(
                    "name = btc, instruments = [\"test:BTCUSDT\"]",
                    "name = rest, instruments = [\"*\"]"),
                "hash-every = 50")
            .settings();
    launch();
  }

  private void launch() throws IOException {
    for (final Shard shard : settings.shards()) {
      nodes.add(ClusterNode.launch(settings, shard, 0, (line) -> {}));
    }
  }

  @AfterEach
  void close() {
    CloseHelper.quietCloseAll(nodes);
    nodes.clear();
  }

  private static BlockSource market() {
    return new RandomFeed(3, 1_500, 64, true);
  }

  private List<ShardReport> feed() throws IOException {
    try (ClusterFeed feed = new ClusterFeed(settings, "127.0.0.1", SESSION, GIVE_UP)) {
      feed.run(market(), () -> false);
      return feed.reports();
    }
  }

  private List<ShardReplay> alone() throws Exception {
    final List<ShardReplay> replays = new ArrayList<>();
    for (final Shard shard : settings.shards()) {
      final Set<Long> at = new HashSet<>(HashLog.read(settings.hashes(shard, 0)).keySet());
      replays.add(new ShardReplay(settings.engine().engine(), at));
    }
    final FrameRouter router =
        new FrameRouter(
            settings,
            (to, block, offset, length, shift, isLast) ->
                replays.get(to).add(block, offset, length, shift, isLast));
    final BlockSource source = market();
    while (source.nextBlock()) {
      router.route(source.buffer(), source.offset(), source.length());
    }
    for (final ShardReplay replay : replays) {
      replay.end();
    }
    return replays;
  }

  private static void await(final String what, final BooleanSupplier condition)
      throws InterruptedException {
    final long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > GIVE_UP) {
        fail("never happened: " + what);
      }
      Thread.sleep(10);
    }
  }

  @Test
  void shouldHaveTheStateOfItsInstrumentsThroughASnapshotAndARestart() throws Exception {
    final List<ShardReport> first = feed();
    final List<ShardReplay> alone = alone();
    for (final Shard shard : settings.shards()) {
      final ShardReplay replay = alone.get(shard.number());
      assertEquals(replay.stateHash(), first.get(shard.number()).stateHash, shard.name());
      final Map<Long, HashLog.Line> lines = HashLog.read(settings.hashes(shard, 0));
      assertTrue(lines.size() > 5, lines::toString);
      assertEquals(replay.hashes(), lines);
      replay.close();
    }
    try (StatusWatch watch = new StatusWatch(settings, "127.0.0.1")) {
      await(
          "a status without problems",
          () -> {
            listen(watch);
            return ClusterStatus.of(settings, watch).isWell();
          });
    }
    for (int i = 0; i < SNAPSHOTS; i++) {
      takeSnapshots();
    }
    for (final Shard shard : settings.shards()) {
      await("old snapshots are removed", () -> recordings(shard) == 1 + 2 * KEPT_SNAPSHOTS);
    }
    close();
    launch();
    final List<ShardReport> second = feed();
    for (int i = 0; i < second.size(); i++) {
      assertTrue(nodes.get(i).progress().snapshotPosition() > 0, "starts from the snapshot");
      assertEquals(first.get(i).stateHash, second.get(i).stateHash);
      assertEquals(second.get(i).frames, second.get(i).before);
    }
  }

  private void takeSnapshots() throws Exception {
    // Further on in the log than the last ones.
    feed();
    try (ClientTransport transport = ClientTransport.launch()) {
      for (final Shard shard : settings.shards()) {
        final ClusterNode node = nodes.get(shard.number());
        final long before = node.progress().snapshotPosition();
        SnapshotCommand.take(settings, shard, transport, "127.0.0.1");
        await("a snapshot", () -> node.progress().snapshotPosition() > before);
      }
    }
    await("snapshots that are whole", () -> nodes.stream().allMatch(ClusterNode::isSettled));
  }

  /** The log, and two for each snapshot. */
  private long recordings(final Shard shard) {
    try (Stream<Path> files = Files.list(settings.folder(shard, 0).resolve("archive"))) {
      return files
          .map((file) -> file.getFileName().toString())
          .filter((name) -> name.endsWith(".rec"))
          .map((name) -> name.substring(0, name.indexOf('-')))
          .distinct()
          .count();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void listen(final StatusWatch watch) {
    try {
      watch.listen(0);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
