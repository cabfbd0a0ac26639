package io.liqmap.engine.shared.counters;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For the flight recorder: a snapshot was due and wasn't taken. */
@Name("liqmap.SnapshotSkipped")
@Label("Snapshot Skipped")
@Description("A snapshot was due and wasn't taken.")
@Category("liqmap")
@StackTrace(false)
final class SnapshotSkippedEvent extends Event {
  private static final SnapshotSkippedEvent PROBE = new SnapshotSkippedEvent();

  @Label("Sequence")
  long sequence;

  @Label("Skipped So Far")
  long passedBy;

  @Label("Too Large So Far")
  long tooLarge;

  static boolean isRecorded() {
    return PROBE.isEnabled();
  }
}
