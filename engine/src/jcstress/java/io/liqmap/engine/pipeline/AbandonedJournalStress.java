package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.shared.counters.EngineCounters;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** An abandoned journal appends whole events, and none that came afterwards. */
@JCStressTest
@Outcome(id = "nothing", expect = Expect.ACCEPTABLE, desc = "abandoned before the first append")
@Outcome(id = "whole", expect = Expect.ACCEPTABLE, desc = "abandoned after an append, or not yet")
@Outcome(expect = Expect.FORBIDDEN, desc = "an event from behind the abandonment, or half of one")
@State
public class AbandonedJournalStress {
  private static final EngineCounters COUNTERS = EngineCounters.inProcess(1, 4);
  private static final SnapshotSlot NO_SNAPSHOT = new SnapshotSlot(1, 1, 1);
  private static final int APPENDS = 200;

  private final FeedAdapter adapter = new FeedAdapter(1);
  private final FeedEvent slot = new FeedEvent();
  private final StressedJournal journal = new StressedJournal();
  private final JournalHandler handler = new JournalHandler(journal, NO_SNAPSHOT, COUNTERS, 1);

  /** Hands over the first event. */
  public AbandonedJournalStress() {
    handOver(1);
  }

  private void handOver(final long number) {
    slot.trade(number, number, number, 0, -2, -3, number, number, FeedEvent.BUY);
    handler.take(adapter, slot);
    handler.handOver(number);
  }

  /** Appends what is there. */
  @Actor
  public void append(final L_Result result) {
    for (int i = 0; i < APPENDS; i++) {
      handler.append(Long.MAX_VALUE);
      handler.flush();
    }
    result.r1 =
        !journal.isWhole()
            ? "a mixture"
            : journal.lastSequence() == 0 ? "nothing" : journal.lastSequence() == 1 ? "whole" : "2";
  }

  /** Abandons the journal; more events come. */
  @Actor
  public void abandon() {
    handler.abandon(1, 1);
    handOver(2);
  }
}
