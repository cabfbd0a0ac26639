package io.liqmap.engine.shared.counters;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For the flight recorder: an engine has started. */
@Name("liqmap.EngineStart")
@Label("Engine Start")
@Description("An engine has started.")
@Category("liqmap")
@StackTrace(false)
final class EngineStartEvent extends Event {
  private static final EngineStartEvent PROBE = new EngineStartEvent();

  @Label("Threading Mode")
  String mode;

  @Label("Journaled")
  boolean journaled;

  static boolean isRecorded() {
    return PROBE.isEnabled();
  }
}
