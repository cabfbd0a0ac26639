package io.liqmap.engine.shared.counters;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For the flight recorder: mark has crossed a whole cluster. */
@Name("liqmap.ClusterCleared")
@Label("Cluster Cleared")
@Description("Mark has crossed a whole cluster.")
@Category("liqmap")
@StackTrace(false)
final class ClusterClearedEvent extends Event {
  private static final ClusterClearedEvent PROBE = new ClusterClearedEvent();

  @Label("Instrument")
  int instrument;

  @Label("Side")
  String side;

  @Label("Cluster")
  long cluster;

  @Label("Notional When Last Published")
  double notional;

  static boolean isRecorded() {
    return PROBE.isEnabled();
  }
}
