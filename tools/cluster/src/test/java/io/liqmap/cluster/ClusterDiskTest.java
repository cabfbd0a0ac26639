package io.liqmap.cluster;

import io.liqmap.engine.pipeline.Mount;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that fill up, or are lost. */
@Tag("soak")
final class ClusterDiskTest {
  private static final int SOME_FRAMES = 300;
  private static final int MORE_FRAMES = 3_000;
  private static final int MEBIBYTES = 256;
  private static final int PAGE = 4_096;

  @TempDir private Path folder;

  @Test
  @SuppressWarnings("try") // The cluster ends before the disk of one of its members goes.
  void shouldContinueWithoutAFollowerWhoseDiskIsFull() throws Exception {
    try (TestCluster cluster = TestCluster.prepare(folder)) {
      final MemberProcess member = cluster.member(1);
      try (Mount disk = Mount.tmpfs(member.folder(), MEBIBYTES)) {
        cluster.start(4);
        while (member.isLeader()) {
          cluster.changeLeader();
        }
        final Path rest = disk.path().resolve("rest");
        fill(rest);
        cluster.client().awaitProgress(MORE_FRAMES);
        System.out.println(
            "  with a full disk the member "
                + (member.isAlive() ? "runs" : "ends:\n" + member.lastLines()));
        Files.delete(rest);
        restart(cluster, member);
        ClusterCheck.check(cluster);
        cluster.close();
      }
    }
  }

  @Test
  void shouldTakeAMemberBackThatLostItsFolder() throws Exception {
    try (TestCluster cluster = TestCluster.prepare(folder)) {
      cluster.start(5);
      cluster.client().awaitProgress(SOME_FRAMES);
      final MemberProcess member = cluster.follower();
      member.kill();
      member.loseFolder();
      cluster.client().awaitProgress(SOME_FRAMES);
      restart(cluster, member);
      ClusterCheck.check(cluster);
    }
  }

  /** Until no byte more fits. */
  private static void fill(final Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[PAGE]);
      }
    } catch (final IOException e) {
      System.out.println("  filled: " + e.getMessage());
    }
  }

  private static void restart(final TestCluster cluster, final MemberProcess member) {
    final Durations caughtUp = new Durations("start to having caught up");
    if (member.isAlive()) {
      member.terminate();
    }
    final long began = System.nanoTime();
    member.start();
    cluster.awaitJoined(member);
    cluster.awaitCaughtUp(member);
    caughtUp.add(System.nanoTime() - began);
    caughtUp.print();
  }
}
