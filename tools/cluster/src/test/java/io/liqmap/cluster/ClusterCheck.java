package io.liqmap.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.liqmap.tools.hashes.HashLog;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has to hold after any fault: all frames were acknowledged, no event was applied twice, none
 * that was acknowledged was lost, and each member's hash at every so many events is that of an
 * engine alone with the same frames.
 */
final class ClusterCheck {
  private ClusterCheck() {}

  /** Ends the client's session, and compares all members; all have to run. */
  static void check(final TestCluster cluster) throws Exception {
    final TestClient client = cluster.client();
    client.finish();
    final int hashEvery = cluster.settings().hashEvery();
    final ReplayedHashes alone =
        ReplayedHashes.of(
            client, cluster.settings().engine().engine(), cluster.file("alone"), hashEvery);
    assertEquals(alone.events(), client.finalEvents(), "events lost, or applied twice");
    assertEquals(alone.hash(), client.finalHash(), "the hash at the end of the session");
    final long last = alone.events() / hashEvery * hashEvery;
    for (final MemberProcess member : cluster.members()) {
      cluster.awaitEvents(member, last);
      check(member, alone.byEvents());
    }
    System.out.printf("  %d events; %s%n", alone.events(), client);
  }

  /** A member that began from another's snapshot has no hashes before it, but all after. */
  private static void check(final MemberProcess member, final Map<Long, HashLog.Line> alone) {
    final TreeMap<Long, HashLog.Line> written = new TreeMap<>(member.hashes());
    final long first = member.hasLostItsFolder() ? written.firstKey() : 0;
    assertEquals(new TreeMap<>(alone).tailMap(first), written, member::toString);
  }
}
