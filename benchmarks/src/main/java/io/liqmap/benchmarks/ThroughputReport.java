package io.liqmap.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The rounds of a throughput run, and how they are shown. */
final class ThroughputReport {
  private final ThroughputOptions options;
  private final List<Map<Route, Passage>> rounds = new ArrayList<>();
  private long stateHash;

  ThroughputReport(final ThroughputOptions options) {
    this.options = options;
  }

  void add(final Map<Route, Passage> round) {
    rounds.add(round);
  }

  void stateHash(final long hash) {
    stateHash = hash;
  }

  List<Map<Route, Passage>> rounds() {
    return rounds;
  }

  void print(final PrintStream out) {
    out.println(
        "settings ring of "
            + options.ringSize()
            + ", claims of "
            + options.claim()
            + ", wait = "
            + options.waitMode().name().toLowerCase(Locale.ROOT)
            + ", "
            + options.tiers()
            + " tiers, blocks of 64 KiB in the journal, its folder in "
            + options.folder());
    out.println(
        "flow     "
            + options.events()
            + " events of one instrument, "
            + options.rounds()
            + " rounds behind "
            + options.warmUps()
            + " warm-ups");
    out.println();
    out.printf(
        Locale.ROOT,
        "%-30s %26s %12s %32s%n",
        "route",
        "M events/s (min-max)",
        "ns/event",
        "B/event on feed, map, journal");
    for (final Route route : Route.values()) {
      final Spread rate = spread((round) -> options.events() * 1e3 / round.get(route).nanos());
      out.printf(
          Locale.ROOT,
          "%-30s %26s %12.1f %32s%n",
          route.title(),
          rate.text(2),
          1e3 / rate.median(),
          bytes(Passage::feedBytes, route)
              + "  "
              + bytes(Passage::mapBytes, route)
              + "  "
              + bytes(Passage::journalBytes, route));
    }
    out.println();
    out.println("ratios, each of one round: median (min-max)");
    ratio(out, "time, inline / bare decode", Route.BARE_DECODE, Route.INLINE);
    ratio(out, "rate, pipelined / bare decode + ring", Route.PIPELINED, Route.BARE_RING);
    ratio(
        out,
        "rate, inline + journal / a document each",
        Route.INLINE_JOURNAL,
        Route.DOCUMENT_PER_EVENT);
    ratio(
        out,
        "rate, pipelined + journal / a document each",
        Route.PIPELINED_JOURNAL,
        Route.DOCUMENT_PER_EVENT);
    ratio(out, "rate, replay / inline", Route.REPLAY, Route.INLINE);
    out.println();
    out.println("state    " + Long.toHexString(stateHash) + " in every round of every route");
  }

  /** How much faster the first is than the second. */
  private void ratio(
      final PrintStream out, final String title, final Route first, final Route second) {
    final Spread ratio =
        spread((round) -> (double) round.get(second).nanos() / round.get(first).nanos());
    out.printf(Locale.ROOT, "%-46s %s%n", title, ratio.text(2));
  }

  private String bytes(final ToDoubleFunction<Passage> of, final Route route) {
    return String.format(
        Locale.ROOT,
        "%.4f",
        spread((round) -> of.applyAsDouble(round.get(route)) / options.events()).median());
  }

  private Spread spread(final ToDoubleFunction<Map<Route, Passage>> figure) {
    return Spread.of(rounds.stream().mapToDouble(figure).toArray());
  }

  private record Spread(double min, double median, double max) {
    static Spread of(final double[] values) {
      Arrays.sort(values);
      final int half = values.length / 2;
      final double median =
          values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
      return new Spread(values[0], median, values[values.length - 1]);
    }

    String text(final int digits) {
      final String format = "%." + digits + "f";
      return String.format(
          Locale.ROOT, format + " (" + format + "-" + format + ")", median, min, max);
    }
  }
}
