package io.liqmap.engine.shared.counters;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** For the flight recorder: the feed waited for a full ring. */
@Name("liqmap.BackPressure")
@Label("Back-Pressure")
@Description("The feed waited for a full ring.")
@Category("liqmap")
@StackTrace(false)
@Threshold("1 ms")
public final class BackPressureEvent extends Event {
  private static final BackPressureEvent PROBE = new BackPressureEvent();

  BackPressureEvent() {}

  static boolean isRecorded() {
    return PROBE.isEnabled();
  }
}
