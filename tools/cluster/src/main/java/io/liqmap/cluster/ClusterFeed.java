package io.liqmap.cluster;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.feed.MergedFeed;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.IdleStrategy;

/** Sends a feed to the shards of a cluster, until all of it is acknowledged. One thread. */
final class ClusterFeed implements AutoCloseable {
  private final ClientTransport transport;
  private final List<FeedSender> senders;
  private final FrameRouter router;
  private final long giveUpNanos;
  private final IdleStrategy idle;

  /**
   * Connects when it runs.
   *
   * @param host address of this machine that the members send answers to
   * @param session number of the feed session
   * @param giveUpNanos silence of a shard after which it fails
   */
  ClusterFeed(
      final ClusterSettings settings,
      final String host,
      final long session,
      final long giveUpNanos) {
    this.giveUpNanos = giveUpNanos;
    idle = settings.idle();
    transport = ClientTransport.launch(settings.idle());
    final String answers = Member.anyPort(host);
    senders =
        settings.shards().stream()
            .map((shard) -> new FeedSender(transport, settings, shard, answers, session))
            .toList();
    router =
        new FrameRouter(
            settings,
            (shard, block, offset, length, shift, isLast) ->
                senders.get(shard).add(block, offset, length, shift, isLast));
  }

  /**
   * Sends a source to its end, or until it is stopped; what was sent is acknowledged then.
   *
   * @throws IOException if the source fails, or a shard is silent for too long
   */
  void run(final BlockSource source, final BooleanSupplier isStopped) throws IOException {
    await(FeedSender::hasBegun);
    source.continueAfter(senders.get(0).follows());
    final boolean isRecorded = source instanceof FeedFileReader || source instanceof MergedFeed;
    senders.forEach((sender) -> sender.requireLater(isRecorded));
    boolean hasNext = true;
    try {
      while (hasNext && !isStopped.getAsBoolean()) {
        hasNext = source.nextBlock();
        if (hasNext && source.length() > 0) {
          router.route(source.buffer(), source.offset(), source.length());
          senders.forEach(FeedSender::flushIfIdle);
        } else {
          senders.forEach(FeedSender::flush);
        }
        work();
        await((sender) -> !sender.isFull());
      }
    } catch (final IOException e) {
      // What came before is whole.
      senders.forEach(FeedSender::flush);
      await(FeedSender::isAcknowledged);
      throw e;
    }
    if (hasNext) {
      senders.forEach(FeedSender::flush);
      await(FeedSender::isAcknowledged);
    } else {
      senders.forEach(FeedSender::end);
      await(FeedSender::isDone);
    }
  }

  private boolean work() throws IOException {
    boolean hasWorked = false;
    for (final FeedSender sender : senders) {
      hasWorked |= sender.work();
      if (sender.refusal() != null) {
        throw new IOException(sender.refusal());
      }
    }
    return hasWorked;
  }

  private interface Condition {
    boolean of(FeedSender sender);
  }

  private void await(final Condition condition) throws IOException {
    final long start = System.nanoTime();
    idle.reset();
    while (true) {
      FeedSender waiting = null;
      for (final FeedSender sender : senders) {
        if (!condition.of(sender)) {
          waiting = sender;
        }
      }
      if (waiting == null) {
        return;
      }
      if (work()) {
        idle.reset();
      } else if (System.nanoTime() - start > giveUpNanos && waiting.silence() > giveUpNanos) {
        final ShardReport report = waiting.report();
        throw new IOException(
            "shard "
                + report.shard
                + ": no answer for "
                + TimeUnit.NANOSECONDS.toSeconds(giveUpNanos)
                + " s, "
                + report.frames
                + " frames are acknowledged"
                + (report.trouble == null ? "" : " (" + report.trouble + ")")
                + "; see which members run with 'liqmap cluster status', then give the same feed again");
      } else {
        if (Thread.currentThread().isInterrupted()) {
          throw new IOException("interrupted");
        }
        idle.idle();
      }
    }
  }

  List<ShardReport> reports() {
    return senders.stream().map(FeedSender::report).toList();
  }

  @Override
  public void close() {
    CloseHelper.quietCloseAll(senders);
    transport.close();
  }
}
