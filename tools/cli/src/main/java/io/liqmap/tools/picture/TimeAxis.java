package io.liqmap.tools.picture;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Places of times between two pixels, UTC.
 *
 * @param from time at the start, ns since 1970
 * @param to time at the end
 * @param start pixel
 * @param end pixel
 */
record TimeAxis(long from, long to, int start, int end) {
  private static final long MINUTE = 60_000_000_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] STEPS = {
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
    91 * DAY,
    364 * DAY
  };

  /** Monday, 1970-01-05. */
  private static final long MONDAY = 4 * DAY;

  int pixel(final long time) {
    return start + (int) Math.round((double) (end - start) * (time - from) / (to - from));
  }

  /** Round times, as many pixels apart as asked for or more. */
  List<Long> ticks(final int apart) {
    final double wanted = (double) (to - from) * apart / (end - start);
    long step = STEPS[STEPS.length - 1];
    for (int i = STEPS.length - 1; i >= 0 && STEPS[i] >= wanted; i--) {
      step = STEPS[i];
    }
    final long offset = step > DAY ? MONDAY : 0;
    final List<Long> ticks = new ArrayList<>();
    for (long time = offset + -Math.floorDiv(offset - from, step) * step;
        time <= to;
        time += step) {
      ticks.add(time);
    }
    return ticks;
  }

  /** The day at midnight, the time otherwise. */
  static String label(final long time) {
    final OffsetDateTime at =
        Instant.ofEpochSecond(Math.floorDiv(time, 1_000_000_000L)).atOffset(ZoneOffset.UTC);
    return DateTimeFormatter.ofPattern(time % DAY == 0 ? "d MMM" : "HH:mm", Locale.ENGLISH)
        .format(at);
  }
}
