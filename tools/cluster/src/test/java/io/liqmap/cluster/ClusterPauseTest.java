package io.liqmap.cluster;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that the system doesn't run for a while (SIGSTOP), and then does again (SIGCONT). */
@Tag("soak")
final class ClusterPauseTest {
  private static final int SOME_FRAMES = 300;
  private static final int MANY_FRAMES = 20_000;

  @TempDir private Path folder;

  private final Durations newLeader = new Durations("pause of the leader to another leader");
  private final Durations caughtUp = new Durations("end of a pause to having caught up");

  @Test
  void shouldContinueWithoutALeaderThatHangs() throws Exception {
    try (TestCluster cluster = TestCluster.prepare(folder)) {
      cluster.start(1);
      for (int i = 0; i < 3; i++) {
        cluster.client().awaitProgress(SOME_FRAMES);
        final MemberProcess leader = cluster.leader();
        leader.suspend();
        newLeader.add(cluster.awaitOtherLeader(leader));
        cluster.client().awaitProgress(SOME_FRAMES);
        resume(cluster, leader);
      }
      ClusterCheck.check(cluster);
    }
    newLeader.print();
    caughtUp.print();
  }

  @Test
  void shouldContinueWithoutAFollowerThatHangs() throws Exception {
    try (TestCluster cluster = TestCluster.prepare(folder)) {
      cluster.start(2);
      cluster.client().awaitProgress(SOME_FRAMES);
      final MemberProcess follower = cluster.follower();
      follower.suspend();
      cluster.client().awaitProgress(SOME_FRAMES);
      resume(cluster, follower);
      ClusterCheck.check(cluster);
    }
    caughtUp.print();
  }

  /** So long that the parts of the member take each other for dead: it may end. */
  @Test
  void shouldContinueWithoutALeaderThatHangsForLong() throws Exception {
    try (TestCluster cluster = TestCluster.prepare(folder)) {
      cluster.start(3);
      final MemberProcess leader = cluster.leader();
      leader.suspend();
      cluster.client().awaitProgress(MANY_FRAMES);
      resume(cluster, leader);
      ClusterCheck.check(cluster);
    }
    caughtUp.print();
  }

  /** What a supervisor does: starts the member again where it has ended. */
  private void resume(final TestCluster cluster, final MemberProcess member) {
    final long began = System.nanoTime();
    member.resume();
    cluster.awaitCaughtUp(member);
    caughtUp.add(System.nanoTime() - began);
  }
}
