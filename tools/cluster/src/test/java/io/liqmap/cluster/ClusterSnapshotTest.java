package io.liqmap.cluster;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that start from a snapshot, because the log before it was deleted. */
@Tag("soak")
final class ClusterSnapshotTest {
  private static final int SOME_FRAMES = 300;

  /** Between two blocks: the log has to fill more than a file. */
  private static final long FAST_NANOS = 1_000_000L;

  @TempDir private Path folder;

  @Test
  void shouldStartFromASnapshotWhenTheLogBeforeItIsGone() throws Exception {
    final Durations caughtUp = new Durations("start from a snapshot to having caught up");
    try (TestCluster cluster =
        TestCluster.prepare(folder, "  snapshot-every = 1MiB\n  keep-log = 16MiB")) {
      cluster.start(6, FAST_NANOS);
      Await.until(
          () -> "the start of the log deleted\n" + cluster.describe(),
          () -> cluster.members().stream().noneMatch(ClusterSnapshotTest::hasWholeLog));
      for (int i = 0; i < 2; i++) {
        final MemberProcess member = i == 0 ? cluster.follower() : cluster.leader();
        member.kill();
        cluster.client().awaitProgress(SOME_FRAMES);
        final long began = System.nanoTime();
        member.start();
        cluster.awaitJoined(member);
        cluster.awaitCaughtUp(member);
        caughtUp.add(System.nanoTime() - began);
      }
      ClusterCheck.check(cluster);
    }
    caughtUp.print();
  }

  private static boolean hasWholeLog(final MemberProcess member) {
    return !member.logBeginsLater();
  }
}
