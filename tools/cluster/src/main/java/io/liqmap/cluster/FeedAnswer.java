package io.liqmap.cluster;

import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Lines;
import java.io.PrintWriter;
import java.util.List;

/**
 * What a feed client did.
 *
 * @param session number of the feed session
 * @param elapsedSeconds of the whole command
 * @param shards what it did for each
 */
record FeedAnswer(long session, double elapsedSeconds, List<OfShard> shards) {
  private static final int LABEL = 14;
  private static final double SECOND = 1e9;

  /**
   * What it did for a shard.
   *
   * @param frames of the session, all acknowledged
   * @param before frames that were applied before this client sent them
   * @param resent commands that were sent more than once
   * @param gaps times that the cluster missed frames before a command
   * @param failovers changes of leader, and connections that were lost
   * @param longestFailoverSeconds without an acknowledgement
   * @param sequence of the shard's last message
   * @param events of the shard
   * @param stateHash at the session's end; null where it didn't end
   */
  record OfShard(
      String shard,
      long frames,
      long before,
      long resent,
      long gaps,
      long failovers,
      double longestFailoverSeconds,
      long sequence,
      long events,
      String stateHash) {
    static OfShard of(final ShardReport report) {
      return new OfShard(
          report.shard,
          report.frames,
          report.before,
          report.resent,
          report.gaps,
          report.failovers,
          report.longestFailoverNanos / SECOND,
          report.sequence,
          report.events,
          report.stateHash == 0 ? null : Format.hash(report.stateHash));
    }
  }

  static FeedAnswer of(final long session, final List<ShardReport> reports, final long nanos) {
    return new FeedAnswer(session, nanos / SECOND, reports.stream().map(OfShard::of).toList());
  }

  void print(final PrintWriter out) {
    final Lines lines = new Lines(out, LABEL);
    lines.line("session", "%d", session);
    for (final OfShard one : shards) {
      lines.line("shard", "%s", one.shard());
      lines.line(
          "frames",
          "%s acknowledged, %s of them applied before",
          Format.count(one.frames()),
          Format.count(one.before()));
      lines.line(
          "sent again",
          "%s commands; %s gaps, %s failovers, the longest %.2f s",
          Format.count(one.resent()),
          Format.count(one.gaps()),
          Format.count(one.failovers()),
          one.longestFailoverSeconds());
      lines.line("events", "%s, up to sequence %d", Format.count(one.events()), one.sequence());
      lines.line(
          "state hash", "%s", one.stateHash() == null ? "session not ended" : one.stateHash());
    }
    lines.line("elapsed", "%.2f s", elapsedSeconds);
  }
}
