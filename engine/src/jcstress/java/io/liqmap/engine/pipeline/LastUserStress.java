package io.liqmap.engine.pipeline;

import io.liqmap.engine.shared.counters.EngineCounters;
import java.io.IOException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Engine and journal thread release the journal at once: one of them closes it. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "closed once")
@Outcome(expect = Expect.FORBIDDEN, desc = "never closed, or closed twice")
@State
public class LastUserStress {
  private static final EngineCounters COUNTERS = EngineCounters.inProcess(1, 4);
  private static final SnapshotSlot NO_SNAPSHOT = new SnapshotSlot(1, 1, 1);

  private final StressedJournal journal = new StressedJournal();
  private final JournalHandler handler = new JournalHandler(journal, NO_SNAPSHOT, COUNTERS, 1);

  /** Both use the journal. */
  public LastUserStress() {
    handler.retain();
  }

  /** The engine finishes. */
  @Actor
  public void finish() {
    try {
      handler.release();
    } catch (final IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The journal's thread ends. */
  @Actor
  public void end() {
    handler.releaseAtEnd();
  }

  /** Counts. */
  @Arbiter
  public void judge(final I_Result result) {
    result.r1 = journal.closed();
  }
}
