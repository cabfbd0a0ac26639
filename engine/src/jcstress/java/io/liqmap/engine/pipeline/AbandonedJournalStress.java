package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.shared.counters.EngineCounters;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** An abandoned journal appends nothing of a slot that was refilled. */
@JCStressTest
@Outcome(id = "nothing", expect = Expect.ACCEPTABLE, desc = "abandoned before the first append")
@Outcome(id = "whole", expect = Expect.ACCEPTABLE, desc = "abandoned after an append, or not yet")
@Outcome(expect = Expect.FORBIDDEN, desc = "an event that refilled the slot")
@State
public class AbandonedJournalStress {
  private static final EngineCounters COUNTERS = EngineCounters.inProcess(1);
  private static final SnapshotSlot NO_SNAPSHOT = new SnapshotSlot(1, 1, 1);
  private static final int APPENDS = 200;

  private final FeedEvent slot = new FeedEvent();
  private final StressedJournal journal = new StressedJournal();
  private final JournalHandler handler = new JournalHandler(journal, NO_SNAPSHOT, COUNTERS);

  /** Fills the slot for the first time. */
  public AbandonedJournalStress() {
    fill(1);
  }

  private void fill(final long number) {
    slot.trade(number, number, number, 0, -2, -3, number, number, FeedEvent.BUY);
  }

  /** Reads the slot and appends it. */
  @Actor
  public void append(final L_Result result) {
    for (int i = 0; i < APPENDS; i++) {
      handler.append(slot);
      handler.flush();
    }
    result.r1 =
        !journal.isWhole()
            ? "a mixture"
            : journal.lastSequence() == 0 ? "nothing" : journal.lastSequence() == 1 ? "whole" : "2";
  }

  /** Abandons the journal and refills the slot. */
  @Actor
  public void abandon() {
    handler.abandon(1, 1);
    fill(2);
  }
}
