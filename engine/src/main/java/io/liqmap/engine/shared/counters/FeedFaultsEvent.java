package io.liqmap.engine.shared.counters;

import io.liqmap.engine.core.state.FaultCounts;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For the flight recorder: messages of a batch were missing, or dropped. */
@Name("liqmap.FeedFaults")
@Label("Feed Faults")
@Description("Messages of a batch were missing, or dropped.")
@Category("liqmap")
@StackTrace(false)
final class FeedFaultsEvent extends Event {
  private static final FeedFaultsEvent PROBE = new FeedFaultsEvent();

  @Label("Sequence")
  long sequence;

  @Label("Gaps")
  long gaps;

  @Label("Missing")
  long missing;

  @Label("Duplicates")
  long duplicates;

  @Label("Reordered")
  long reordered;

  @Label("Rejected")
  long rejected;

  @Label("Unknown")
  long unknown;

  /** Records the faults from some counts to later ones. */
  static void record(final long sequence, final FaultCounts before, final FaultCounts now) {
    final FeedFaultsEvent event = new FeedFaultsEvent();
    event.sequence = sequence;
    event.gaps = now.gaps() - before.gaps();
    event.missing = now.missing() - before.missing();
    event.duplicates = now.duplicates() - before.duplicates();
    event.reordered = now.reordered() - before.reordered();
    event.rejected = now.rejected() - before.rejected();
    event.unknown = now.unknown() - before.unknown();
    event.commit();
  }

  static boolean isRecorded() {
    return PROBE.isEnabled();
  }
}
