package io.liqmap.cluster;

import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Three members, each a process of its own, and a client that feeds them. */
final class TestCluster implements AutoCloseable {
  static final int MEMBERS = 3;
  static final int HASH_EVERY = 100;

  private static final String SHARD = "all";
  private static final long BETWEEN_BLOCKS_NANOS = 20_000_000L;

  private final Path folder;
  private final ClusterSettings settings;
  private final List<MemberProcess> members = new ArrayList<>();
  private final CuttableNetwork network;
  private final Path transport;
  private TestClient client;

  private TestCluster(final Path folder, final CuttableNetwork network, final String more)
      throws IOException {
    this.folder = folder;
    this.network = network;
    // In memory, not in the test's folder, which may lie on a slow disk.
    transport = Files.createTempDirectory(Path.of("/dev/shm"), "liqmap-test-");
    final Path file = folder.resolve("cluster.conf");
    Files.writeString(file, text(folder.resolve("data"), more));
    settings = ClusterSettings.load(file, RealData.root().resolve("config"));
    for (int i = 0; i < MEMBERS; i++) {
      final MemberProcess member = new MemberProcess(i, file, settings, folder.resolve("log-" + i));
      if (network != null) {
        member.setPrefix(network.prefix(i));
      }
      members.add(member);
    }
  }

  /** Of members that aren't started yet, on loopback. */
  static TestCluster prepare(final Path folder) throws IOException {
    return new TestCluster(folder, null, "");
  }

  /**
   * The same with more settings.
   *
   * @param more lines of the section cluster
   */
  static TestCluster prepare(final Path folder, final String more) throws IOException {
    return new TestCluster(folder, null, more);
  }

  /** Each in its own place of a network. */
  static TestCluster prepare(final Path folder, final CuttableNetwork network) throws IOException {
    return new TestCluster(folder, network, "beyond-loopback = true");
  }

  private String text(final Path data, final String more) {
    final List<Integer> ports = FreePorts.rows(MEMBERS, Member.PORTS_APART);
    final StringBuilder listed = new StringBuilder();
    for (int i = 0; i < MEMBERS; i++) {
      listed.append(
          String.format(
              Locale.ROOT,
              "    { host = \"%s\", port = %d }%n",
              network == null ? "127.0.0.1" : network.host(i),
              ports.get(i)));
    }
    return String.join(
        "\n",
        "max-instruments = 8",
        "map { memory = 64MiB, models = [ladder] }",
        "sharing { buckets = 256 }",
        "cluster {",
        "  members = [",
        listed,
        "  ]",
        "  shards = [ { name = " + SHARD + ", instruments = [\"*\"] } ]",
        "  folder = \"" + data + "\"",
        "  memory-folder = \"" + transport.resolve("members") + "\"",
        "  hash-every = " + HASH_EVERY,
        "  heartbeat-timeout = 2s",
        "  term-length = 16MiB",
        "  longest-sleep = 1ms",
        more,
        "}",
        "");
  }

  /** Starts all members. */
  void startMembers() {
    members.forEach(MemberProcess::start);
  }

  /** The same, and a client that feeds them. */
  void start(final long seed) {
    start(seed, BETWEEN_BLOCKS_NANOS);
  }

  /** Both at another pace. */
  void start(final long seed, final long betweenBlocksNanos) {
    startMembers();
    client =
        new TestClient(
            seed,
            settings,
            network == null ? "127.0.0.1" : network.here(),
            transport.resolve("client"),
            betweenBlocksNanos);
    client.awaitProgress(1);
    members.forEach(this::awaitJoined);
  }

  /** A file of the test's folder. */
  Path file(final String name) {
    return folder.resolve(name);
  }

  ClusterSettings settings() {
    return settings;
  }

  TestClient client() {
    return client;
  }

  List<MemberProcess> members() {
    return members;
  }

  MemberProcess member(final int number) {
    return members.get(number);
  }

  /** The leader, when there is one. */
  MemberProcess leader() {
    final MemberProcess[] found = new MemberProcess[1];
    Await.until(
        describing("a leader"),
        () -> {
          supervise();
          found[0] = members.stream().filter(MemberProcess::isLeader).findFirst().orElse(null);
          return found[0] != null;
        });
    return found[0];
  }

  /** A member that doesn't lead, where all run. */
  MemberProcess follower() {
    final MemberProcess leader = leader();
    members.forEach(this::awaitJoined);
    return members.get(members.get(0).equals(leader) ? 1 : 0);
  }

  /** Waits for a leader other than this one; returns how long that took. */
  long awaitOtherLeader(final MemberProcess former) {
    return Await.until(
        describing("another leader than " + former),
        () -> members.stream().anyMatch((member) -> !member.equals(former) && member.isLeader()));
  }

  /** Waits until a member leads or follows. */
  void awaitJoined(final MemberProcess member) {
    Await.until(
        describing(member + " joined"),
        () -> {
          supervise();
          return member.hasJoined();
        });
  }

  /** Waits until a member has come as far as the others are now; returns how long that took. */
  long awaitCaughtUp(final MemberProcess member) {
    return awaitEvents(member, furthestEvents());
  }

  /** Waits until a member has hashes of so many events; returns how long that took. */
  long awaitEvents(final MemberProcess member, final long events) {
    return Await.until(
        describing(member + " at " + events + " events"),
        () -> {
          supervise();
          return member.events() >= events;
        });
  }

  /** Starts a member again that ended by itself, as a supervisor does. */
  private void supervise() {
    for (final MemberProcess member : members) {
      if (member.endedByItself()) {
        System.out.println("  " + member + " ended, is started again: " + member.lastLine());
        member.start();
      }
    }
  }

  private long furthestEvents() {
    return members.stream().mapToLong(MemberProcess::events).max().orElse(0);
  }

  /** Kills the leader and starts it again; returns how long it took to another leader. */
  long changeLeader() {
    final MemberProcess former = leader();
    former.kill();
    final long elected = awaitOtherLeader(former);
    client.awaitProgress(1);
    former.start();
    awaitJoined(former);
    awaitCaughtUp(former);
    return elected;
  }

  private Supplier<String> describing(final String what) {
    return () -> what + "\n" + describe();
  }

  /** All that explains a failure. */
  String describe() {
    final StringBuilder text = new StringBuilder(client == null ? "" : client.toString());
    for (final MemberProcess member : members) {
      text.append(
          String.format(
              "%n%s: %s, leads %b, %d events%n%s",
              member,
              member.isAlive() ? "alive" : "ended",
              member.isLeader(),
              member.events(),
              member.lastLines()));
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    if (client != null) {
      client.close();
    }
    for (final MemberProcess member : members) {
      member.close();
    }
    MemberProcess.delete(transport);
  }
}
