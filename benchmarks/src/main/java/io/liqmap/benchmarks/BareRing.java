package io.liqmap.benchmarks;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.pipeline.PipelineSettings;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A ring with the engine's slots, claims and way of waiting, and a consumer that only reads.
 *
 * <p>The consumer is a loop of its own: one more handler class in {@code BatchEventProcessor} would
 * make the engine's calls there slower than they are without this benchmark.
 */
final class BareRing {
  private final PipelineSettings settings;
  private final RingBuffer<FeedEvent> ring;
  private final Sequence consumed = new Sequence();
  private final BareDecoder decoder = new BareDecoder();
  private volatile long sum;

  BareRing(final PipelineSettings settings) {
    this.settings = settings;
    ring = RingBuffer.createSingleProducer(FeedEvent::new, settings.ringSize(), waiting());
    ring.addGatingSequences(consumed);
  }

  private WaitStrategy waiting() {
    return switch (settings.waitMode()) {
      case PARK -> new SleepingWaitStrategy(200, 50_000);
      case YIELD -> new YieldingWaitStrategy();
      case SPIN -> new BusySpinWaitStrategy();
    };
  }

  /**
   * Sends a feed through.
   *
   * @param decoding whether slots are filled from the messages; otherwise with three numbers
   * @return sum over all events of what the consumer read
   */
  long carry(final PreparedFeed feed, final boolean decoding) throws InterruptedException {
    final SequenceBarrier barrier = ring.newBarrier();
    final Thread consumer = new Thread(() -> consume(barrier, feed.events()), "bare-ring-consumer");
    consumer.setDaemon(true);
    consumer.start();
    while (feed.nextBlock()) {
      produce(feed, decoding);
    }
    consumer.join();
    return sum;
  }

  /** Sequence of the last event that the consumer has read, counted from 1. */
  long consumed() {
    return consumed.get() + 1;
  }

  /** Sends a paced feed through, without decoding it, until the consumer has read it all. */
  void carryPaced(final PacedFeed feed, final long events) throws InterruptedException {
    final SequenceBarrier barrier = ring.newBarrier();
    final Thread consumer = new Thread(() -> consume(barrier, events), "bare-ring-consumer");
    consumer.setDaemon(true);
    consumer.start();
    final FeedAdapter frames = new FeedAdapter(1);
    while (feed.nextBlock()) {
      frames.wrap(feed.buffer(), feed.offset(), feed.length());
      final int wanted = frames.framesLeft(settings.claim());
      final long last = ring.next(wanted);
      for (long sequence = last - wanted + 1; sequence <= last; sequence++) {
        ring.get(sequence).heartbeat(sequence, 0, 0);
      }
      ring.publish(last - wanted + 1, last);
    }
    consumer.join();
    feed.awaitLast();
  }

  private void produce(final PreparedFeed feed, final boolean decoding) {
    final UnsafeBuffer buffer = feed.buffer();
    int frame = 0;
    for (int left = feed.blockEvents(); left > 0; ) {
      final int wanted = Math.min(left, settings.claim());
      final long last = ring.next(wanted);
      final long first = last - wanted + 1;
      for (long sequence = first; sequence <= last; sequence++) {
        if (decoding) {
          decoder.fill(buffer, frame, ring.get(sequence));
          frame = decoder.behind(buffer, frame);
        } else {
          ring.get(sequence).heartbeat(sequence, 0, 0);
        }
      }
      ring.publish(first, last);
      left -= wanted;
    }
  }

  private void consume(final SequenceBarrier barrier, final long events) {
    long read = 0;
    long next = 0;
    try {
      while (next < events) {
        final long available = barrier.waitFor(next);
        for (; next <= available; next++) {
          final FeedEvent slot = ring.get(next);
          read += slot.sequence() ^ slot.exchangeTime() ^ slot.price();
        }
        consumed.set(available);
      }
    } catch (final AlertException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sum = read;
  }
}
