package io.liqmap.cluster;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills members under load (SIGKILL), the leader and a follower in turn, and starts them again:
 * {@code -Dliqmap.kills=N}, the profile {@code soak} has 50.
 */
@Tag("slow")
final class ClusterKillTest {
  private static final int KILLS = Integer.getInteger("liqmap.kills", 3);
  private static final long SEED = Long.getLong("liqmap.seed", 20_261_130L);
  private static final int SOME_FRAMES = 200;

  @TempDir private Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Durations newLeader = new Durations("kill of the leader to another leader");
  private final Durations served = new Durations("kill of the leader to an acknowledgement");
  private final Durations caughtUp = new Durations("start of a killed member to having caught up");

  @Test
  void shouldLoseAndRepeatNothingHoweverOftenMembersAreKilled() throws Exception {
    System.out.println(KILLS + " kills, seed " + SEED);
    try (TestCluster cluster = TestCluster.prepare(folder)) {
      cluster.start(SEED);
      for (int i = 0; i < KILLS; i++) {
        cluster.client().awaitProgress(random.nextInt(1, SOME_FRAMES));
        kill(cluster, i % 2 == 0);
      }
      ClusterCheck.check(cluster);
    }
    newLeader.print();
    served.print();
    caughtUp.print();
  }

  private void kill(final TestCluster cluster, final boolean isLeader) {
    final MemberProcess victim = isLeader ? cluster.leader() : cluster.follower();
    victim.kill();
    if (isLeader) {
      final long elected = cluster.awaitOtherLeader(victim);
      newLeader.add(elected);
      served.add(elected + cluster.client().awaitProgress(1));
    }
    cluster.client().awaitProgress(random.nextInt(1, SOME_FRAMES));
    final long began = System.nanoTime();
    victim.start();
    cluster.awaitJoined(victim);
    cluster.awaitCaughtUp(victim);
    caughtUp.add(System.nanoTime() - began);
  }
}
