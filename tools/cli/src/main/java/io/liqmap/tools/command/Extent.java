package io.liqmap.tools.command;

import io.liqmap.tools.answer.Format;
import java.util.Locale;

/** From when to when a journal or a feed has events, so that a moment outside isn't answered. */
final class Extent {
  private static final long SECOND = 1_000_000_000L;

  /** From 2000 to 2100, a number is more likely a time in this unit than a sequence. */
  private static final long EPOCH_LOW = 946_684_800L;

  private static final long EPOCH_HIGH = 4_102_444_800L;

  private static final String[] UNITS = {"s", "ms", "us", "ns"};

  private long events;
  private long firstSequence;
  private long firstTime;
  private long lastSequence;
  private long lastTime;

  /** Counts an event. */
  void add(final long sequence, final long time) {
    if (events++ == 0) {
      firstSequence = sequence;
      firstTime = time;
      lastTime = time;
      lastSequence = sequence;
    }
    lastSequence = Math.max(lastSequence, sequence);
    lastTime = Math.max(lastTime, time);
  }

  long events() {
    return events;
  }

  /** How far a time lies behind the last event, ns; 0 or less for what lies before that. */
  long nanosBehind(final Moment moment) {
    return moment.value() - lastTime;
  }

  boolean isBehind(final Moment moment) {
    return moment.value() > (moment.isSequence() ? lastSequence : lastTime);
  }

  /** Says that a moment lies behind the last event. */
  String behind(final String option, final Moment moment) {
    return outside(option, moment, "lies behind the last event") + hint(moment);
  }

  /** Says that a moment lies before the first event. */
  String before(final String option, final Moment moment) {
    return outside(option, moment, "lies before the first event") + hint(moment);
  }

  private String outside(final String option, final Moment moment, final String how) {
    if (events == 0) {
      return option + " " + moment + ": there are no events";
    }
    return String.format(
        Locale.ROOT,
        "%s %s %s: there are events from %s to %s, sequences %d to %d",
        option,
        moment,
        how,
        Format.time(firstTime),
        Format.time(lastTime),
        firstSequence,
        lastSequence);
  }

  /** A number without a unit is a sequence, which hardly anyone means who types an epoch. */
  private static String hint(final Moment moment) {
    if (!moment.isSequence()) {
      return "";
    }
    long perSecond = 1;
    for (final String unit : UNITS) {
      final long seconds = moment.value() / perSecond;
      if (seconds >= EPOCH_LOW && seconds < EPOCH_HIGH) {
        return "; a number without a unit is a sequence, as a time it would be "
            + moment.value()
            + unit
            + " ("
            + Format.time(moment.value() * (SECOND / perSecond))
            + ")";
      }
      perSecond *= 1_000;
    }
    return "";
  }
}
