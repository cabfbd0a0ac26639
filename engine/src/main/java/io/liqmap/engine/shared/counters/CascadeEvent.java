package io.liqmap.engine.shared.counters;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For the flight recorder: a shock to the price would reach much farther than itself. */
@Name("liqmap.Cascade")
@Label("Cascade Warning")
@Description("A shock to the price would reach much farther than itself.")
@Category("liqmap")
@StackTrace(false)
final class CascadeEvent extends Event {
  private static final CascadeEvent PROBE = new CascadeEvent();

  @Label("Instrument")
  int instrument;

  @Label("Side")
  String side;

  @Label("Reach Price")
  double reachPrice;

  @Label("Notional")
  double notional;

  static boolean isRecorded() {
    return PROBE.isEnabled();
  }
}
