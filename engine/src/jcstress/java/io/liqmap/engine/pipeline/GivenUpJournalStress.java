package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.shared.counters.EngineCounters;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A journal that was given up appends nothing of a slot that was filled anew. */
@JCStressTest
@Outcome(id = "nothing", expect = Expect.ACCEPTABLE, desc = "given up before the first")
@Outcome(id = "whole", expect = Expect.ACCEPTABLE, desc = "given up behind one, or not yet")
@Outcome(expect = Expect.FORBIDDEN, desc = "what came into the slot afterwards")
@State
public class GivenUpJournalStress {
  private static final EngineCounters HEALTH = EngineCounters.inProcess(1);
  private static final SnapshotSlot NO_SNAPSHOT = new SnapshotSlot(1, 1, 1);
  private static final int APPENDS = 200;

  private final FeedEvent slot = new FeedEvent();
  private final StressedJournal journal = new StressedJournal();
  private final JournalHandler feed = new JournalHandler(journal, NO_SNAPSHOT, HEALTH);

  /** Fills the slot for the first time. */
  public GivenUpJournalStress() {
    fill(1);
  }

  private void fill(final long number) {
    slot.trade(number, number, number, 0, -2, -3, number, number, FeedEvent.BUY);
  }

  /** Reads the slot and appends it. */
  @Actor
  public void append(final L_Result result) {
    for (int i = 0; i < APPENDS; i++) {
      feed.append(slot);
      feed.flush();
    }
    result.r1 =
        !journal.isWhole()
            ? "a mixture"
            : journal.lastSequence() == 0 ? "nothing" : journal.lastSequence() == 1 ? "whole" : "2";
  }

  /** Gives the journal up, and fills the slot anew. */
  @Actor
  public void giveUp() {
    feed.abandon(1, 1);
    fill(2);
  }
}
