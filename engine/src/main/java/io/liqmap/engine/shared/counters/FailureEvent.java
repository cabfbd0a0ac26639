package io.liqmap.engine.shared.counters;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For the flight recorder: a failure that the engine survived or ended by. */
@Name("liqmap.Failure")
@Label("Failure")
@Description("A failure that the engine survived or ended by.")
@Category("liqmap")
@StackTrace(true)
final class FailureEvent extends Event {
  private static final FailureEvent PROBE = new FailureEvent();

  @Label("Error")
  String error;

  static boolean isRecorded() {
    return PROBE.isEnabled();
  }
}
