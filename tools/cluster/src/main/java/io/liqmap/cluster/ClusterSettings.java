package io.liqmap.cluster;

import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.tools.hashes.HashLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * The section {@code cluster} of the settings, and the engine's beside it. Immutable.
 *
 * @param engine of every replica
 * @param members of each shard
 * @param shards in the order of the settings, which their ports follow from
 * @param folder logs, snapshots and hashes, a folder a shard and member
 * @param memory files of the transport, and of readers: best in memory
 * @param hashEvery events between two hashes of the state
 * @param snapshotEvery bytes of the log between two snapshots
 * @param keepLog bytes of the log that are kept before the last snapshot
 * @param termLength bytes of a term and of a file of the log, a power of two
 * @param sync of the log
 * @param heartbeatTimeoutNanos silence of a leader after which the others elect another
 * @param sessionTimeoutNanos silence of a client after which its connection ends
 * @param longestSleepNanos of a thread without work; 0 if it spins
 */
record ClusterSettings(
    LiqmapConfig engine,
    List<Member> members,
    List<Shard> shards,
    Path folder,
    Path memory,
    int hashEvery,
    long snapshotEvery,
    long keepLog,
    int termLength,
    LogSync sync,
    long heartbeatTimeoutNanos,
    long sessionTimeoutNanos,
    long longestSleepNanos) {

  private static final int SPINS = 10;
  private static final int YIELDS = 10;
  private static final long SHORTEST_SLEEP_NANOS = 10_000L;

  /** Reads them from a file, over the defaults of a folder; null for those of the engine's jar. */
  static ClusterSettings load(final Path file, final Path defaults) {
    return ClusterReading.load(file, defaults);
  }

  Path folder(final Shard shard, final int member) {
    return folder.resolve(shard.name()).resolve(Integer.toString(member));
  }

  Path transport(final Shard shard, final int member) {
    return memory.resolve(shard.name()).resolve(member + "-aeron");
  }

  /** View, events and counters of a member, as an engine's. */
  Path share(final Shard shard, final int member) {
    return memory.resolve(shard.name()).resolve(Integer.toString(member));
  }

  Path hashes(final Shard shard, final int member) {
    return folder(shard, member).resolve(HashLog.FILE);
  }

  /** How a thread of a member, or of a client that feeds it, waits for work; not shared. */
  IdleStrategy idle() {
    return longestSleepNanos == 0
        ? new BusySpinIdleStrategy()
        : new BackoffIdleStrategy(
            SPINS, YIELDS, Math.min(SHORTEST_SLEEP_NANOS, longestSleepNanos), longestSleepNanos);
  }

  boolean isOnLoopback() {
    return members.stream().allMatch(Member::isLoopback);
  }

  /** The shard that has an instrument; empty if none has. */
  Optional<Shard> shardOf(final InstrumentName instrument) {
    final Optional<Shard> named =
        shards.stream().filter((shard) -> shard.has(instrument)).findFirst();
    return named.isPresent() ? named : shards.stream().filter(Shard::isRest).findFirst();
  }

  /** A shard by its name; the only one where the name is null. */
  Optional<Shard> shard(final String name) {
    if (name == null) {
      return shards.size() == 1 ? Optional.of(shards.get(0)) : Optional.empty();
    }
    return shards.stream().filter((shard) -> shard.name().equals(name)).findFirst();
  }

  String shardNames() {
    return shards.stream().map(Shard::name).collect(Collectors.joining(", "));
  }
}
