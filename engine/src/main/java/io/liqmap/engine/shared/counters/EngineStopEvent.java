package io.liqmap.engine.shared.counters;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For the flight recorder: an engine has ended. */
@Name("liqmap.EngineStop")
@Label("Engine Stop")
@Description("An engine has ended.")
@Category("liqmap")
@StackTrace(false)
final class EngineStopEvent extends Event {
  private static final EngineStopEvent PROBE = new EngineStopEvent();

  @Label("Failed")
  boolean failed;

  static boolean isRecorded() {
    return PROBE.isEnabled();
  }
}
