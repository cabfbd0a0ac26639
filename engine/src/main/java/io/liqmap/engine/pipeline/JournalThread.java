package io.liqmap.engine.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.EventProcessor;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;

/**
 * The journal's work: appends the frames of the events that are on the ring, whose slots it doesn't
 * read, and flushes what is due when there is nothing to append.
 */
final class JournalThread implements EventProcessor {
  private final JournalHandler journal;
  private final SequenceBarrier barrier;
  private final Sequence sequence = new Sequence();
  private volatile boolean isHalted;

  JournalThread(final JournalHandler journal, final SequenceBarrier barrier) {
    this.journal = journal;
    this.barrier = barrier;
  }

  @Override
  public void run() {
    while (!isHalted) {
      try {
        append(barrier.waitFor(sequence.get() + 1));
      } catch (final TimeoutException e) {
        journal.flush();
      } catch (final AlertException e) {
        // Halted.
      } catch (final InterruptedException e) {
        throw new IllegalStateException("the journal's wait, which only parks, was interrupted", e);
      }
    }
  }

  private void append(final long available) {
    while (journal.append(available)) {
      // The feed needn't wait for all of it. Whoever waits for the last waits for the flush, too.
      sequence.set(Math.min(journal.lastSlot(), available - 1));
    }
    journal.flush();
    sequence.set(available);
  }

  @Override
  public Sequence getSequence() {
    return sequence;
  }

  @Override
  public void halt() {
    isHalted = true;
    barrier.alert();
  }

  @Override
  public boolean isRunning() {
    return !isHalted;
  }
}
