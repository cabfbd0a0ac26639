package io.liqmap.tools.importer;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The clock that the times of one file are written in.
 *
 * <p>At the end of summer time an hour comes twice. A first pass over the file finds where its
 * second pass begins: at the first row whose time goes back by half of the hour or more, or has
 * come in this hour already with other values. If there is no such row the hour comes once, and is
 * read as the first pass. The hour that spring skips is rejected.
 */
final class LocalClock {
  private static final int REMEMBERED = 128;
  private static final Duration HOUR = Duration.ofHours(1);

  private final ZoneId zone;
  private final int column;
  private final ZoneRules rules;
  private final boolean newestFirst;
  private final boolean isEpoch;
  private final Map<ZoneOffsetTransition, Overlap> overlaps;

  private LocalClock(
      final ZoneId of,
      final int timeColumn,
      final boolean isNewestFirst,
      final Map<ZoneOffsetTransition, Overlap> found,
      final boolean hasOnlyEpochs) {
    zone = of;
    column = timeColumn;
    isEpoch = hasOnlyEpochs;
    rules = of.getRules();
    newestFirst = isNewestFirst;
    overlaps = found;
  }

  /** A row in an hour that comes twice. */
  private record Repeated(long number, LocalDateTime time, String content) {}

  /**
   * Where the second pass of an hour begins.
   *
   * @param boundary number of its row that is nearest to the first pass; −1 if there is no second
   * @param first rows of the first pass
   * @param second rows of the second
   */
  private record Overlap(long boundary, long first, long second) {}

  /**
   * Reads a file's times.
   *
   * @param column where they are
   * @throws ImportException if the file changes its clock and the zone doesn't
   */
  static LocalClock of(final ZoneId zone, final CsvRows rows, final int column) throws IOException {
    final ZoneRules rules = zone.getRules();
    final Map<ZoneOffsetTransition, List<Repeated>> repeated =
        new TreeMap<>(ZoneOffsetTransition::compareTo);
    final Map<LocalDateTime, String> remembered = recent();
    LocalDateTime last = null;
    Duration step = Duration.ZERO;
    long epochs = 0;
    long locals = 0;
    long rises = 0;
    long falls = 0;
    for (long number = 1; rows.next(); number++) {
      final Row row = rows.row();
      if (row.isEpoch(column)) {
        epochs++;
        continue;
      }
      final LocalDateTime time = row.localDateTime(column);
      locals++;
      final ZoneOffsetTransition transition = rules.getTransition(time);
      if (transition != null && transition.isGap()) {
        throw row.bad(
            column,
            "is no time of "
                + zone
                + ", whose clocks went from "
                + transition.getDateTimeBefore()
                + " to "
                + transition.getDateTimeAfter(),
            "find out what clock the file is written in and give that as --time-zone");
      }
      if (transition != null) {
        repeated
            .computeIfAbsent(transition, (t) -> new ArrayList<>())
            .add(new Repeated(number, time, row.content()));
      }
      final Duration next = last == null ? Duration.ZERO : Duration.between(last, time);
      if (rules.isFixedOffset()
          && next.isNegative() != step.isNegative()
          && step.minus(next).abs().equals(HOUR)
          && remembered.containsKey(time)
          && !Row.areSame(remembered.get(time), row.content())) {
        throw row.bad(
            column,
            "comes a second time, with other values: this clock went back by an hour",
            "name its zone, as --time-zone Europe/Berlin, instead of an offset");
      }
      rises += next.compareTo(Duration.ZERO) > 0 ? 1 : 0;
      falls += next.isNegative() ? 1 : 0;
      step = next.isZero() ? step : next;
      remembered.put(time, row.content());
      last = time;
    }
    final boolean newestFirst = falls > rises;
    final Map<ZoneOffsetTransition, Overlap> overlaps = new TreeMap<>();
    repeated.forEach((t, passes) -> overlaps.put(t, overlap(t, passes, newestFirst)));
    return new LocalClock(zone, column, newestFirst, overlaps, epochs > 0 && locals == 0);
  }

  private static Map<LocalDateTime, String> recent() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(final Map.Entry<LocalDateTime, String> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  private static Overlap overlap(
      final ZoneOffsetTransition transition, final List<Repeated> rows, final boolean newestFirst) {
    final Duration half = transition.getDuration().abs().dividedBy(2);
    final Map<LocalDateTime, String> seen = new HashMap<>();
    LocalDateTime last = null;
    for (int i = 0; i < rows.size(); i++) {
      final Repeated row = rows.get(newestFirst ? rows.size() - 1 - i : i);
      final String before = seen.put(row.time, row.content);
      final boolean comesAgain = before != null && !Row.areSame(before, row.content);
      if (comesAgain || (last != null && Duration.between(row.time, last).compareTo(half) >= 0)) {
        return new Overlap(row.number, i, rows.size() - i);
      }
      last = row.time;
    }
    return new Overlap(-1, rows.size(), 0);
  }

  /** Times of rows in ns, for one reading of the file from its start. */
  RowKey times() {
    return new RowKey() {
      private long number;

      @Override
      public long of(final Row row) throws ImportException {
        number++;
        if (row.isEpoch(column)) {
          return row.time(column, ZoneOffset.UTC);
        }
        final LocalDateTime time = row.localDateTime(column);
        final ZoneOffsetTransition transition =
            overlaps.isEmpty() ? null : rules.getTransition(time);
        return row.nanos(
            column,
            time,
            transition == null
                ? rules.getOffset(time)
                : isSecondPass(overlaps.get(transition), number)
                    ? transition.getOffsetAfter()
                    : transition.getOffsetBefore());
      }
    };
  }

  private boolean isSecondPass(final Overlap overlap, final long number) {
    return overlap.boundary >= 0
        && (newestFirst ? number <= overlap.boundary : number >= overlap.boundary);
  }

  /** Says what clock it is, and what became of hours that come twice. */
  void noteOn(final Tally tally) {
    tally.convention(isEpoch ? "times since 1970, in UTC" : "clock read as " + text(zone));
    overlaps.forEach(
        (transition, overlap) ->
            tally.note(
                "the time from "
                    + transition.getDateTimeAfter()
                    + " to "
                    + transition.getDateTimeBefore()
                    + (overlap.boundary >= 0
                        ? " comes twice: "
                            + overlap.first
                            + " rows read as its first pass, "
                            + overlap.second
                            + " as its second"
                        : " is there once in "
                            + zone
                            + "'s two: ambiguous, "
                            + overlap.first
                            + " rows taken for the first pass (UTC"
                            + transition.getOffsetBefore()
                            + ")")));
  }

  static String text(final ZoneId zone) {
    if (!zone.getRules().isFixedOffset()) {
      return zone.getId();
    }
    final String offset = zone.getRules().getOffset(Instant.EPOCH).getId();
    return "UTC" + (offset.equals("Z") ? "+00:00" : offset);
  }
}
