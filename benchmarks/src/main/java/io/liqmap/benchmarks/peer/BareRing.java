package io.liqmap.benchmarks.peer;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.pipeline.PacedSource;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.WaitMode;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A Disruptor ring with the engine's slots, claims and way of waiting, whose consumer only reads
 * the slots: the least that a pipeline of two threads does.
 */
public final class BareRing implements AutoCloseable {
  private final int claim;
  private final RingBuffer<FeedEvent> ring;
  private final BatchEventProcessor<FeedEvent> processor;
  private final Thread consumer;
  private final BareDecoder decoder = new BareDecoder();
  private long sum;

  public BareRing(final PipelineSettings settings) {
    claim = settings.claim();
    ring =
        RingBuffer.createSingleProducer(
            FeedEvent::new, settings.ringSize(), waiting(settings.waitMode()));
    processor =
        new BatchEventProcessorBuilder()
            .build(
                ring,
                ring.newBarrier(),
                (slot, sequence, endOfBatch) ->
                    sum += slot.sequence() ^ slot.exchangeTime() ^ slot.price());
    ring.addGatingSequences(processor.getSequence());
    consumer = new Thread(processor, "bare-ring");
    consumer.setDaemon(true);
    consumer.start();
  }

  private static WaitStrategy waiting(final WaitMode mode) {
    return switch (mode) {
      case PARK -> new SleepingWaitStrategy(200, 50_000);
      case YIELD -> new YieldingWaitStrategy();
      case SPIN -> new BusySpinWaitStrategy();
    };
  }

  /**
   * Sends a feed through, decoded into the slots.
   *
   * @return sum over all events of what the consumer read
   */
  public long carry(final PreparedFeed feed) {
    while (feed.nextBlock()) {
      produce(feed.buffer(), feed.blockEvents());
    }
    while (processor.getSequence().get() < ring.getCursor()) {
      Thread.onSpinWait();
    }
    return sum;
  }

  private void produce(final UnsafeBuffer buffer, final int events) {
    int frame = 0;
    for (int left = events; left > 0; ) {
      final int wanted = Math.min(left, claim);
      final long last = ring.next(wanted);
      for (long sequence = last - wanted + 1; sequence <= last; sequence++) {
        decoder.fill(buffer, frame, ring.get(sequence));
        frame = decoder.after(buffer, frame);
      }
      ring.publish(last - wanted + 1, last);
      left -= wanted;
    }
  }

  /** Sends a paced feed through, three numbers to a slot instead of the message. */
  public void carryPaced(final PacedSource feed) throws IOException {
    while (feed.nextBlock()) {
      for (int left = feed.count(); left > 0; ) {
        final int wanted = Math.min(left, claim);
        final long last = ring.next(wanted);
        for (long sequence = last - wanted + 1; sequence <= last; sequence++) {
          ring.get(sequence).heartbeat(sequence, 0, 0);
        }
        ring.publish(last - wanted + 1, last);
        left -= wanted;
      }
    }
  }

  /** Sequence of the last event that the consumer has read, counted from 1. */
  public long consumed() {
    return processor.getSequence().get() + 1;
  }

  @Override
  public void close() {
    processor.halt();
    try {
      consumer.join();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
