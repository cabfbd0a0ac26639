package io.liqmap.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.PacedSource;
import io.liqmap.engine.pipeline.RandomFeed;
import io.liqmap.engine.pipeline.Replica;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two clients send one feed at once, each with all of it, and the leader is killed meanwhile. */
@Tag("slow")
final class FeedFailoverTest {
  private static final long SEED = 20_261_201L;
  private static final long SESSION = 7;
  private static final int EVENTS = 40_000;
  private static final int EVENTS_A_BLOCK = 64;
  private static final int SOME_EVENTS = 5_000;
  private static final double EVENTS_A_SECOND = 15_000;
  private static final long LOOK_NANOS = 1_000_000L;
  private static final long GIVE_UP = TimeUnit.SECONDS.toNanos(60);

  @TempDir private Path folder;

  @Test
  void shouldApplyEachFrameOnceThroughAChangeOfLeader() throws Exception {
    try (TestCluster cluster = TestCluster.prepare(folder)) {
      cluster.startMembers();
      final FutureTask<ShardReport> one = feed(cluster.settings());
      final FutureTask<ShardReport> other = feed(cluster.settings());
      final MemberProcess leader = cluster.leader();
      cluster.awaitEvents(leader, SOME_EVENTS);
      leader.kill();
      cluster.awaitOtherLeader(leader);
      leader.start();
      final List<ShardReport> reports =
          List.of(one.get(2, TimeUnit.MINUTES), other.get(2, TimeUnit.MINUTES));
      final long alone = alone(cluster.settings());
      for (final ShardReport report : reports) {
        assertEquals(alone, report.stateHash, "the hash at the end of the session");
        assertTrue(report.failovers > 0, "a client that noticed the change");
      }
      assertTrue(
          reports.stream().anyMatch((report) -> report.resent > 0 || report.before > 0),
          "frames that came twice");
    }
  }

  private static BlockSource market() {
    return new RandomFeed(SEED, EVENTS, EVENTS_A_BLOCK, true);
  }

  private static FutureTask<ShardReport> feed(final ClusterSettings settings) {
    final FutureTask<ShardReport> task =
        new FutureTask<>(
            () -> {
              try (ClusterFeed feed = new ClusterFeed(settings, "127.0.0.1", SESSION, GIVE_UP)) {
                feed.run(
                    new PacedSource(
                        market(), EVENTS_A_SECOND, () -> LockSupport.parkNanos(LOOK_NANOS)),
                    () -> false);
                return feed.reports().get(0);
              }
            });
    final Thread thread = new Thread(task, "feed");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static long alone(final ClusterSettings settings) throws Exception {
    try (Replica replica = Replica.start(settings.engine().engine(), null, Outputs.NONE)) {
      final BlockSource source = market();
      while (source.nextBlock()) {
        replica.apply(source.buffer(), source.offset(), source.length(), 0);
      }
      replica.flush();
      return replica.state().stateHash();
    }
  }
}
