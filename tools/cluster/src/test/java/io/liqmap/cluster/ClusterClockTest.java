package io.liqmap.cluster;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A member whose clock is wrong, as follower and as leader. */
@Tag("soak")
final class ClusterClockTest {
  private static final int SOME_FRAMES = 300;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"+1h", "-1h"})
  void shouldAgreeWithAMemberWhoseClockIsAnHourOff(final String offset) throws Exception {
    final Durations newLeader = new Durations("kill of the leader to another leader");
    try (TestCluster cluster = TestCluster.prepare(folder)) {
      final MemberProcess wrong = cluster.member(0);
      wrong.setPrefix(WrongClock.prefix(offset));
      cluster.start(8);
      boolean hasLed = false;
      boolean hasFollowed = false;
      while (!hasLed || !hasFollowed) {
        cluster.client().awaitProgress(SOME_FRAMES);
        final boolean leads = cluster.leader().equals(wrong);
        hasLed |= leads;
        hasFollowed |= !leads;
        newLeader.add(cluster.changeLeader());
      }
      cluster.client().awaitProgress(SOME_FRAMES);
      ClusterCheck.check(cluster);
    }
    newLeader.print();
  }
}
