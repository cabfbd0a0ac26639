package io.liqmap.cluster;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members cut off from the others, and from the client. */
@Tag("soak")
final class ClusterNetworkTest {
  private static final int SOME_FRAMES = 300;

  @TempDir private Path folder;

  @Test
  void shouldContinueWithoutALeaderThatIsCutOff() throws Exception {
    final Durations newLeader = new Durations("cut of the leader to another leader");
    final Durations caughtUp = new Durations("healed network to having caught up");
    try (CuttableNetwork network = CuttableNetwork.create(TestCluster.MEMBERS);
        TestCluster cluster = TestCluster.prepare(folder, network)) {
      cluster.start(9);
      for (int i = 0; i < 3; i++) {
        cluster.client().awaitProgress(SOME_FRAMES);
        final MemberProcess leader = cluster.leader();
        network.cut(leader.number());
        newLeader.add(cluster.awaitOtherLeader(leader));
        cluster.client().awaitProgress(SOME_FRAMES);
        network.heal(leader.number());
        final long began = System.nanoTime();
        cluster.awaitCaughtUp(leader);
        caughtUp.add(System.nanoTime() - began);
      }
      ClusterCheck.check(cluster);
    }
    newLeader.print();
    caughtUp.print();
  }

  @Test
  void shouldAcknowledgeNothingWithoutAMajority() throws Exception {
    try (CuttableNetwork network = CuttableNetwork.create(TestCluster.MEMBERS);
        TestCluster cluster = TestCluster.prepare(folder, network)) {
      cluster.start(10);
      for (int i = 0; i < TestCluster.MEMBERS; i++) {
        network.cut(i);
      }
      // What was on its way may still arrive.
      Await.until(
          () -> "no leader", () -> cluster.members().stream().noneMatch(MemberProcess::isLeader));
      for (int i = 0; i < TestCluster.MEMBERS; i++) {
        network.heal(i);
      }
      cluster.client().awaitProgress(SOME_FRAMES);
      cluster.members().forEach(cluster::awaitCaughtUp);
      ClusterCheck.check(cluster);
    }
  }
}
