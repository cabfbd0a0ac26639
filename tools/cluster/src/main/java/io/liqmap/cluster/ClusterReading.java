package io.liqmap.cluster;

import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.settings.Range;
import io.liqmap.engine.settings.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads the section {@code cluster}. config/cluster.conf describes each key. */
final class ClusterReading {
  private static final int MAX_TEXT = 4_096;
  private static final int MAX_PORT = 65_535;
  private static final Range PORT = Range.of(1, MAX_PORT);
  private static final Range MEMBERS = Range.of(1, 7);
  private static final Range SHARDS = Range.of(1, 500);
  private static final int MAX_INSTRUMENTS = 65_536;
  private static final String MOST_BYTES = "4EiB";

  private static final int HASH_EVERY = 10_000;
  private static final long SNAPSHOT_EVERY = 1L << 30;
  private static final long KEEP_LOG = 4L << 60;
  private static final long TERM_LENGTH = 16L << 20;
  private static final long HEARTBEAT_TIMEOUT = 2_000_000_000L;
  private static final long SESSION_TIMEOUT = 10_000_000_000L;
  private static final long LONGEST_SLEEP = 100_000L;
  private static final String MEMORY = "/dev/shm/liqmap-cluster";

  private final Section at;

  private ClusterReading(final Section at) {
    this.at = at;
  }

  static ClusterSettings load(final Path file, final Path defaults) {
    final List<Function<LiqmapConfig, ClusterSettings>> read = new ArrayList<>();
    final LiqmapConfig engine =
        LiqmapConfig.load(
            file,
            defaults,
            (top) -> read.add(new ClusterReading(top.section(LiqmapConfig.CLUSTER)).read()));
    return read.get(0).apply(engine);
  }

  private Function<LiqmapConfig, ClusterSettings> read() {
    final List<Member> members = new ArrayList<>();
    at.list("members", MEMBERS, (member) -> member(member, members));
    final boolean beyondLoopback =
        given("beyond-loopback", () -> at.flag("beyond-loopback"), false);
    if (members.size() % 2 == 0 && !members.isEmpty()) {
      at.reject(
          "members",
          members.size() + " of them",
          "1, 3, 5 or 7: with an even number a majority is no safer");
    }
    final List<Shard> shards = new ArrayList<>();
    at.list("shards", SHARDS, (shard) -> shard(shard, shards));
    checkPorts(members, shards);
    if (!beyondLoopback) {
      members.stream()
          .filter((member) -> !member.isLoopback())
          .findFirst()
          .ifPresent(
              (member) ->
                  at.reject(
                      "members",
                      "\"" + member.host() + "\"",
                      "addresses of this machine (127.0.0.1), or beyond-loopback = true: anyone who reaches the ports can"
                          + " send commands, as nothing asks for a password"));
    }
    checkInstruments(shards);
    final String folder = at.text("folder", MAX_TEXT);
    final String memory = given("memory-folder", () -> at.text("memory-folder", MAX_TEXT), MEMORY);
    final int hashEvery =
        given("hash-every", () -> at.whole("hash-every", Range.of(1, 1_000_000_000)), HASH_EVERY);
    final long snapshotEvery =
        given(
            "snapshot-every", () -> at.bytes("snapshot-every", "1MiB", MOST_BYTES), SNAPSHOT_EVERY);
    final long keepLog = given("keep-log", () -> at.bytes("keep-log", "0B", MOST_BYTES), KEEP_LOG);
    final long term =
        given("term-length", () -> at.bytes("term-length", "16MiB", "1GiB"), TERM_LENGTH);
    if (Long.bitCount(term) != 1) {
      at.reject("term-length", Long.toString(term), "a power of two, 16MiB to 1GiB");
    }
    final LogSync sync =
        given("sync", () -> at.choice("sync", List.of(LogSync.values())), LogSync.NONE);
    final long heartbeat =
        given(
            "heartbeat-timeout",
            () -> at.nanos("heartbeat-timeout", "200ms", "60s"),
            HEARTBEAT_TIMEOUT);
    final long session =
        given("session-timeout", () -> at.nanos("session-timeout", "1s", "10m"), SESSION_TIMEOUT);
    final long sleep =
        given("longest-sleep", () -> at.nanos("longest-sleep", "0ns", "10ms"), LONGEST_SLEEP);
    return at.make(
        () ->
            (engine) ->
                new ClusterSettings(
                    engine,
                    List.copyOf(members),
                    List.copyOf(shards),
                    Path.of(folder),
                    Path.of(memory),
                    hashEvery,
                    snapshotEvery,
                    keepLog,
                    (int) term,
                    sync,
                    heartbeat,
                    session,
                    sleep));
  }

  private <T> T given(final String key, final Supplier<T> reading, final T otherwise) {
    return at.has(key) ? reading.get() : otherwise;
  }

  private static Member member(final Section at, final List<Member> before) {
    final String host = at.text("host", 255);
    if (!host.matches("[A-Za-z0-9.:_-]*")) {
      at.reject("host", "\"" + host + "\"", "a host name or an address");
    }
    final int port = at.whole("port", PORT);
    final Member member = at.make(() -> new Member(before.size(), host, port));
    if (member != null) {
      before.add(member);
    }
    return member;
  }

  private static Shard shard(final Section at, final List<Shard> before) {
    final String name = at.text("name", 32);
    if (!name.matches("[A-Za-z0-9_-]*")) {
      at.reject("name", "\"" + name + "\"", "letters, digits, - and _");
    }
    final List<String> instruments = at.names("instruments", 1, MAX_INSTRUMENTS);
    final Shard shard = at.make(() -> new Shard(before.size(), name, List.copyOf(instruments)));
    if (shard != null) {
      if (before.stream().anyMatch((other) -> other.name().equals(name))) {
        at.reject("name", "\"" + name + "\"", "a name of its own");
      }
      before.add(shard);
    }
    return shard;
  }

  /** Each instrument has one shard. */
  private void checkInstruments(final List<Shard> shards) {
    final Map<String, String> owners = new HashMap<>();
    for (final Shard shard : shards) {
      for (final String instrument : shard.instruments()) {
        final String owner = owners.putIfAbsent(instrument, shard.name());
        if (owner != null) {
          at.reject(
              "shards",
              "\"" + instrument + "\" in " + owner + " and " + shard.name(),
              "each instrument in one shard");
        }
      }
    }
  }

  /** Members of one host don't share ports. */
  private void checkPorts(final List<Member> members, final List<Shard> shards) {
    final Set<String> taken = new HashSet<>();
    for (final Member member : members) {
      for (final Shard shard : shards) {
        for (int i = 0; i < Member.PORTS; i++) {
          final int port = member.port(shard, i);
          if (port > MAX_PORT) {
            at.reject(
                "members", "port " + port, "ports up to 65535: a shard takes ten of each member");
            return;
          }
          if (!taken.add(member.host() + ":" + port)) {
            at.reject(
                "members",
                "port " + port + " of " + member.host() + " twice",
                "first ports at least "
                    + shards.size() * Member.PORTS_APART
                    + " apart on one host");
            return;
          }
        }
      }
    }
  }
}
