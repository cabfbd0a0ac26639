package io.liqmap.engine.shared.counters;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For the flight recorder: a snapshot was due and wasn't taken. */
@Name("liqmap.SnapshotPassedBy")
@Label("Snapshot Passed By")
@Description("A snapshot was due and wasn't taken.")
@Category("liqmap")
@StackTrace(false)
final class SnapshotPassedByEvent extends Event {
  private static final SnapshotPassedByEvent PROBE = new SnapshotPassedByEvent();

  @Label("Sequence")
  long sequence;

  @Label("Passed By So Far")
  long passedBy;

  @Label("Too Large So Far")
  long tooLarge;

  static boolean isRecorded() {
    return PROBE.isEnabled();
  }
}
