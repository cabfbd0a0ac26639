package io.liqmap.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.support.Jdk;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members restarted one after the other, each on the next JDK, while the others continue. */
@Tag("soak")
final class ClusterRollingTest {
  private static final int OLDER = 17;
  private static final int NEWER = 25;
  private static final int SOME_FRAMES = 300;

  @TempDir private Path folder;

  @Test
  void shouldAgreeWhileMembersMoveToAnotherJdkAndBack() throws Exception {
    final Optional<Jdk> older = Jdk.find(OLDER);
    final Optional<Jdk> newer = Jdk.find(NEWER);
    assumeTrue(
        older.isPresent() && newer.isPresent(),
        () -> "skipped: needs JDK 17 and 25, name one by -Dliqmap.jdk25=FOLDER");
    final Durations caughtUp = new Durations("planned end of a member to having caught up");
    try (TestCluster cluster = TestCluster.prepare(folder)) {
      cluster.members().forEach((member) -> member.setJdk(older.get()));
      cluster.start(7);
      for (final Jdk jdk : new Jdk[] {newer.get(), older.get()}) {
        for (final MemberProcess member : cluster.members()) {
          cluster.client().awaitProgress(SOME_FRAMES);
          final long began = System.nanoTime();
          member.terminate();
          member.setJdk(jdk);
          member.start();
          cluster.awaitJoined(member);
          cluster.awaitCaughtUp(member);
          caughtUp.add(System.nanoTime() - began);
        }
      }
      ClusterCheck.check(cluster);
    }
    caughtUp.print();
  }
}
