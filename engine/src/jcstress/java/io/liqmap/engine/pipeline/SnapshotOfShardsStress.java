package io.liqmap.engine.pipeline;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The parts of a snapshot are of one cut, however far the shards are apart. */
@JCStressTest
@Outcome(id = "all taken", expect = Expect.ACCEPTABLE, desc = "the shards kept together")
@Outcome(id = "some skipped", expect = Expect.ACCEPTABLE, desc = "one was ahead")
@Outcome(expect = Expect.FORBIDDEN, desc = "a snapshot of two moments, or one that got lost")
@State
public class SnapshotOfShardsStress {
  private final StressedSnapshots snapshots = new StressedSnapshots();

  /** Copies its part. */
  @Actor
  public void first() {
    for (int i = 0; i < StressedSnapshots.CUTS; i++) {
      snapshots.cut(0);
    }
  }

  /** Copies its part, and is the journal too: two processors are enough. */
  @Actor
  public void second() {
    for (int i = 0; i < StressedSnapshots.CUTS; i++) {
      snapshots.cut(1);
      snapshots.drain();
    }
  }

  /** Looks at what was appended. */
  @Arbiter
  public void judge(final L_Result result) {
    result.r1 = snapshots.verdict();
  }
}
