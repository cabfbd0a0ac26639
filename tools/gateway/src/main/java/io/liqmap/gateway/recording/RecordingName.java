package io.liqmap.gateway.recording;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of recordings: {@code okx-20261130T16.frames.gz}. */
public final class RecordingName {
  static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final long SECOND_NANOS = 1_000_000_000L;
  static final String ENDING = ".frames.gz";

  private static final Pattern NAME =
      Pattern.compile("([a-z0-9-]+)-\\d{8}T\\d{2}" + Pattern.quote(ENDING));
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HH", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RecordingName() {}

  static String of(final String venue, final long hour) {
    return venue + "-" + HOUR.format(instant(hour * HOUR_NANOS)) + ENDING;
  }

  /**
   * Name of the settings that a session keeps beside its frames: that of the second of its start,
   * or of the next that no other session has taken.
   */
  public static String ofSession(final Path folder, final long start) {
    long time = start;
    while (Files.exists(folder.resolve(ofSession(time)))) {
      time += SECOND_NANOS;
    }
    return ofSession(time);
  }

  private static String ofSession(final long time) {
    return "session-" + SECOND.format(instant(time)) + ".conf";
  }

  private static Instant instant(final long nanos) {
    return Instant.ofEpochSecond(nanos / SECOND_NANOS, nanos % SECOND_NANOS);
  }

  /** Venue of a file of this name; empty if it isn't a recording's. */
  public static Optional<String> venue(final Path file) {
    final Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
  }
}
