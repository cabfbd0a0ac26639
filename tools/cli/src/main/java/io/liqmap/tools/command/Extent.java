package io.liqmap.tools.command;

import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Moment;
import java.util.Locale;

/** First and last event of a journal or a feed. */
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

  boolean endsBefore(final Moment moment) {
    return moment.value() > (moment.isSequence() ? lastSequence : lastTime);
  }

  String after(final String option, final Moment moment) {
    return outside(option, moment, "is after the last event") + hint(moment);
  }

  String before(final String option, final Moment moment) {
    return outside(option, moment, "is before the first event") + hint(moment);
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

  /** Warns that a number without a unit is a sequence where it looks like a time. */
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
