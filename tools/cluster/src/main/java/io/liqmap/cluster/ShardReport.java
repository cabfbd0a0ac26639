package io.liqmap.cluster;

/** What a feed client did for a shard. One thread. */
final class ShardReport {
  final String shard;

  /** Acknowledged, of the session. */
  long frames;

  /** Applied before this client sent them. */
  long before;

  /** Commands that were sent more than once. */
  long resent;

  /** Times that the cluster missed frames before a command. */
  long gaps;

  long failovers;

  /** From the last acknowledgement before one to the first after it, ns. */
  long longestFailoverNanos;

  long sequence;
  long events;

  /** At the session's end, 0 before it. */
  long stateHash;

  /** The last problem of the connection; null for none. */
  String trouble;

  ShardReport(final String shard) {
    this.shard = shard;
  }
}
