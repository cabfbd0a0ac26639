package io.liqmap.engine.shared.counters;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For the flight recorder: the journal takes nothing more. */
@Name("liqmap.JournalFailed")
@Label("Journal Failed")
@Description("The journal takes nothing more.")
@Category("liqmap")
@StackTrace(false)
final class JournalFailedEvent extends Event {
  private static final JournalFailedEvent PROBE = new JournalFailedEvent();

  @Label("Cause")
  String cause;

  static boolean isRecorded() {
    return PROBE.isEnabled();
  }
}
