package io.liqmap.tools.answer;

import io.liqmap.engine.replay.Until;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in a feed: a time, or the sequence of an event.
 *
 * @param isSequence whether the value is a sequence
 * @param value ns since 1970, or the sequence
 */
public record Moment(boolean isSequence, long value) {
  private static final long NEAR_END = 60_000_000_000L;

  private static final Pattern EPOCH = Pattern.compile("(\\d{1,19})(ns|us|ms|s)");
  private static final Pattern SEQUENCE = Pattern.compile("\\d{1,18}");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  /**
   * Reads one: a time as ISO-8601, a day or a number with a unit, or a sequence.
   *
   * @throws IllegalArgumentException if it is neither, saying what to write
   */
  public static Moment of(final String text) {
    try {
      final Matcher epoch = EPOCH.matcher(text);
      if (epoch.matches()) {
        return new Moment(
            false, Math.multiplyExact(Long.parseLong(epoch.group(1)), unit(epoch.group(2))));
      }
      if (SEQUENCE.matcher(text).matches()) {
        return new Moment(true, Long.parseLong(text));
      }
      final Instant instant =
          DATE.matcher(text).matches()
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant();
      return new Moment(
          false,
          Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano()));
    } catch (final DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is neither a time nor a sequence; give a time as 2024-08-05T12:00:00Z or 1722859200s (ms, us, ns),"
              + " or a sequence as 12345",
          e);
    }
  }

  private static long unit(final String suffix) {
    return switch (suffix) {
      case "s" -> 1_000_000_000L;
      case "ms" -> 1_000_000L;
      case "us" -> 1_000L;
      default -> 1L;
    };
  }

  /** Where a replay up to it ends. */
  public Until until() {
    return isSequence ? Until.sequence(value) : Until.time(value);
  }

  /** Whether an event is at this moment or after it. */
  public boolean isReachedBy(final long sequence, final long time) {
    return (isSequence ? sequence : time) >= value;
  }

  /** Whether an event is after this moment. */
  public boolean isBefore(final long sequence, final long time) {
    return (isSequence ? sequence : time) > value;
  }

  /**
   * Whether it is beyond the last event: after its sequence, or more than a minute after its time,
   * so that the end of a day is the end of a feed of that day.
   */
  public boolean isBeyond(final long sequence, final long time) {
    return isSequence ? value > sequence : value - time > NEAR_END;
  }

  @Override
  public String toString() {
    return isSequence ? Long.toString(value) : Format.time(value);
  }
}
