package io.liqmap.engine.pipeline;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The journal takes whole snapshots out of the slot while shards come to cut after cut. */
@JCStressTest
@Outcome(id = "all taken", expect = Expect.ACCEPTABLE, desc = "the journal kept up")
@Outcome(id = "some skipped", expect = Expect.ACCEPTABLE, desc = "the journal was behind")
@Outcome(expect = Expect.FORBIDDEN, desc = "a snapshot of two moments, or one that got lost")
@State
public class SnapshotSlotStress {
  private final StressedSnapshots snapshots = new StressedSnapshots();

  /** Copies. */
  @Actor
  public void map() {
    for (int i = 0; i < StressedSnapshots.CUTS; i++) {
      snapshots.cut(i % 2);
      snapshots.cut(1 - i % 2);
    }
  }

  /** Appends. */
  @Actor
  public void journal() {
    for (int i = 0; i < 8 * StressedSnapshots.CUTS; i++) {
      snapshots.drain();
    }
  }

  /** Looks at what was appended. */
  @Arbiter
  public void judge(final L_Result result) {
    result.r1 = snapshots.verdict();
  }
}
