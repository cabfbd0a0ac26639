package io.liqmap.backfill;

import io.liqmap.backfill.DayResult.Outcome;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Lines;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a backfill gave.
 *
 * @param out folder of the results
 * @param instruments in the order of their names
 * @param flawed days that couldn't be computed, and why
 * @param elapsedSeconds from the start of the job
 * @param messagesPerSecond of the days that were computed
 */
record BackfillReport(
    String out,
    List<Instrument> instruments,
    List<Flawed> flawed,
    double elapsedSeconds,
    double messagesPerSecond) {
  private static final int INDENT = 12;

  /**
   * An instrument.
   *
   * @param venue empty where it isn't stated
   * @param instrument its symbol
   * @param computed days
   * @param kept days whose files were there
   * @param flawed days that couldn't be computed
   * @param notComputed days after them
   * @param lastDay the last that is there
   * @param events applied up to there
   * @param lastSequence of them
   * @param stateHash after them
   */
  record Instrument(
      String venue,
      String instrument,
      long computed,
      long kept,
      long flawed,
      long notComputed,
      String lastDay,
      long events,
      long lastSequence,
      String stateHash) {}

  /**
   * A day that couldn't be computed.
   *
   * @param instrument full name, or a file
   * @param day a dash where none is known
   * @param reason what is wrong, and what to do
   */
  record Flawed(String instrument, String day, String reason) {}

  /** Sums up the results of all days; one that came twice after a restart is the later one. */
  static BackfillReport of(
      final String out, final Collection<DayResult> results, final double seconds) {
    final TreeMap<String, TreeMap<Long, DayResult>> byName = new TreeMap<>();
    for (final DayResult result : results) {
      byName
          .computeIfAbsent(result.name().toString(), (name) -> new TreeMap<>())
          .put(result.day(), result);
    }
    final List<Instrument> instruments = new ArrayList<>();
    final List<Flawed> flawed = new ArrayList<>();
    long messages = 0;
    for (final TreeMap<Long, DayResult> days : byName.values()) {
      DayResult last = null;
      for (final DayResult day : days.values()) {
        last = day.isGood() ? day : last;
        messages += day.outcome() == Outcome.COMPUTED ? day.messages() : 0;
        if (day.outcome() == Outcome.FLAWED) {
          flawed.add(new Flawed(day.name().toString(), FileDay.text(day.day()), day.reason()));
        }
      }
      final DayResult any = days.firstEntry().getValue();
      if (any.day() != FileDay.NONE) {
        instruments.add(
            new Instrument(
                any.name().venue(),
                any.name().symbol(),
                count(days, Outcome.COMPUTED),
                count(days, Outcome.KEPT),
                count(days, Outcome.FLAWED),
                count(days, Outcome.NOT_COMPUTED),
                FileDay.text(last == null ? FileDay.NONE : last.day()),
                last == null ? 0 : last.events(),
                last == null ? 0 : last.sequence(),
                last == null ? "" : Format.hash(last.stateHash())));
      }
    }
    return new BackfillReport(
        out, instruments, flawed, seconds, seconds > 0 ? messages / seconds : 0);
  }

  private static long count(final Map<Long, DayResult> days, final Outcome outcome) {
    return days.values().stream().filter((day) -> day.outcome() == outcome).count();
  }

  void print(final PrintWriter out) {
    out.printf(
        "%-24s %8s %8s %8s %8s  %-10s %14s  %s%n",
        "instrument", "computed", "kept", "flawed", "left", "last day", "events", "state hash");
    for (final Instrument one : instruments) {
      out.printf(
          "%-24s %8d %8d %8d %8d  %-10s %,14d  %s%n",
          new InstrumentName(one.venue(), one.instrument()),
          one.computed(),
          one.kept(),
          one.flawed(),
          one.notComputed(),
          one.lastDay(),
          one.events(),
          one.stateHash());
    }
    final Lines lines = new Lines(out, INDENT);
    for (final Flawed day : flawed) {
      lines.line("flawed", "%s %s: %s", day.instrument(), day.day(), day.reason());
    }
    if (instruments.stream().anyMatch((one) -> one.notComputed() > 0)) {
      lines.line(
          "left",
          "days after a flawed one are not computed on top of it: repair its feed and start again,"
              + " or add --continue-after-flaw");
    }
    lines.line("elapsed", "%.1f s, %,.0f messages/s", elapsedSeconds, messagesPerSecond);
    lines.line("results", "%s", this.out);
    out.flush();
  }
}
