package io.liqmap.engine.shared.counters;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For the flight recorder: a snapshot has been journaled. */
@Name("liqmap.SnapshotTaken")
@Label("Snapshot Taken")
@Description("A snapshot has been journaled.")
@Category("liqmap")
@StackTrace(false)
final class SnapshotTakenEvent extends Event {
  private static final SnapshotTakenEvent PROBE = new SnapshotTakenEvent();

  @Label("Snapshots So Far")
  long snapshots;

  @Label("Events Journaled")
  long journalEvents;

  static boolean isRecorded() {
    return PROBE.isEnabled();
  }
}
