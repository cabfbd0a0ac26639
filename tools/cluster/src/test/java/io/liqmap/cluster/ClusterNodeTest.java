package io.liqmap.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.RandomFeed;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One member in this process: a feed gives the state of an engine, also after a restart. */
final class ClusterNodeTest {
  private static final int EVENTS = 2_000;
  private static final long SESSION = 7;
  private static final long GIVE_UP = 60_000_000_000L;

  @TempDir private Path folder;

  private static BlockSource market() {
    return new RandomFeed(1, EVENTS, 64, true);
  }

  private static String ofEngine(final ClusterSettings settings) throws Exception {
    try (Engine engine =
        Engine.launch(
            settings.engine().engine().withMode(ThreadingMode.INLINE), null, Outputs.NONE)) {
      engine.run(market(), ReplayPace.max());
      return engine.map().events() + " " + engine.map().stateHash();
    }
  }

  private static ShardReport feed(final ClusterSettings settings) throws IOException {
    try (ClusterFeed feed = new ClusterFeed(settings, "127.0.0.1", SESSION, GIVE_UP)) {
      feed.run(market(), () -> false);
      return feed.reports().get(0);
    }
  }

  private static ClusterNode launch(final ClusterSettings settings) throws IOException {
    return ClusterNode.launch(settings, settings.shards().get(0), 0, (line) -> {});
  }

  @Test
  void shouldHaveTheStateOfAnEngineAndContinueAfterARestart() throws Exception {
    final ClusterSettings settings = LoopbackCluster.of(folder, 1, "hash-every = 100").settings();
    final String expected = ofEngine(settings);
    final long frames;
    try (ClusterNode node = launch(settings)) {
      final ShardReport report = feed(settings);
      frames = report.frames;
      assertEquals(expected, report.events + " " + report.stateHash);
      assertEquals(0, report.before);
      assertTrue(node.isLeader());
      assertTrue(node.hashes().size() >= 10, "hashes: " + node.hashes().size());
      assertThrows(IOException.class, () -> launch(settings), "its folder is held");
    }
    try (ClusterNode node = launch(settings)) {
      final ShardReport report = feed(settings);
      assertEquals(expected, report.events + " " + report.stateHash);
      assertEquals(frames, report.before);
      assertEquals(0, node.progress().gaps());
    }
  }

  @Test
  void shouldNameThePortThatAnotherHolds() throws Exception {
    final ClusterSettings settings = LoopbackCluster.of(folder, 1, "hash-every = 100").settings();
    final Member member = settings.members().get(0);
    for (int i = 0; i < Member.PORTS; i++) {
      final int port = member.port() + i;
      try (DatagramSocket held = new DatagramSocket(new InetSocketAddress(member.host(), port))) {
        final Exception e = assertThrows(IOException.class, () -> launch(settings).close());
        assertTrue(
            e.getMessage().startsWith("UDP port " + held.getLocalPort() + " of 127.0.0.1"),
            e.getMessage());
      }
    }
  }

  @Test
  void shouldNameAHostWithoutAnAddress() {
    final Member member = new Member(2, "nosuch.invalid", 9_300);
    final Exception e =
        assertThrows(
            IOException.class,
            () -> MemberPorts.requireFree(member, new Shard(0, "all", List.of("*"))));
    assertTrue(e.getMessage().startsWith("nosuch.invalid: the host of member 2"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true", "localhost, true", "::1, true", "127.0.0.53, true",
    "127.example.com, false", "127.0.0.1.example.com, false", "10.0.0.1, false", "::2, false"
  })
  void shouldKnowWhatOtherMachinesReach(final String host, final boolean isLoopback) {
    assertEquals(isLoopback, new Member(0, host, 9_300).isLoopback());
  }
}
