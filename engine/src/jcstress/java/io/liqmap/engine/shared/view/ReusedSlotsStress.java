package io.liqmap.engine.shared.view;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A reader sees whole states, in order, while the writer comes round to every slot again. */
@JCStressTest
@Outcome(id = "whole, whole", expect = Expect.ACCEPTABLE, desc = "each look shows one state")
@Outcome(id = "nothing, whole", expect = Expect.ACCEPTABLE, desc = "lapped, then one state")
@Outcome(id = "nothing, nothing", expect = Expect.ACCEPTABLE, desc = "lapped twice")
@Outcome(expect = Expect.FORBIDDEN, desc = "a mixture, or back")
@State
public class ReusedSlotsStress {
  private static final int SLOTS = 2 * ViewLayout.HEADER_SLOTS;

  private final StressedView view = new StressedView();

  /** Fills every slot. */
  public ReusedSlotsStress() {
    for (int i = 0; i < SLOTS; i++) {
      view.publish();
    }
  }

  /** Fills every slot again. */
  @Actor
  public void write() {
    for (int i = 0; i < SLOTS; i++) {
      view.publish();
    }
  }

  /** Looks twice. */
  @Actor
  public void read(final LL_Result result) {
    result.r1 = view.look();
    result.r2 = view.look();
  }
}
