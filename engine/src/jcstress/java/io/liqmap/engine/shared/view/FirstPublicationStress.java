package io.liqmap.engine.shared.view;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A reader that comes while the first publication is made sees all of it, or nothing. */
@JCStressTest
@Outcome(id = "nothing, nothing", expect = Expect.ACCEPTABLE, desc = "too early")
@Outcome(id = "nothing, whole", expect = Expect.ACCEPTABLE, desc = "between the two looks")
@Outcome(id = "whole, whole", expect = Expect.ACCEPTABLE, desc = "before the first look")
@Outcome(expect = Expect.FORBIDDEN, desc = "a mixture, or back")
@State
public class FirstPublicationStress {
  private final StressedView view = new StressedView();

  /** Publishes once. */
  @Actor
  public void write() {
    view.publish();
  }

  /** Looks twice. */
  @Actor
  public void read(final LL_Result result) {
    result.r1 = view.look();
    result.r2 = view.look();
  }
}
