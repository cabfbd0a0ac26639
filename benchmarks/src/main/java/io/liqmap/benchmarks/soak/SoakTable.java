package io.liqmap.benchmarks.soak;

import java.util.Locale;

/** The minutes as lines of a table in Markdown. */
final class SoakTable {
  static final String HEAD =
      "| s | events | events/s | CPU | heap KiB | direct KiB | JDK mapped KiB | mapped MiB | mappings | files | threads"
          + " | B/event feed, map, journal | p50 µs | p90 | p99 | p99.9 | max"
          + " | journal MiB | days | lag map, journal |\n"
          + "|"
          + "---:|".repeat(20)
          + "\n";

  private static final double MICROS = 1e3;

  private SoakTable() {}

  static String line(final Minute minute) {
    final Footprint footprint = minute.footprint();
    final StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "| %.0f | %,d | %,.0f | %.2f | %,d | %,d | %,d | %,d | %d | %d | %d |",
            minute.second(),
            minute.events(),
            minute.eventsPerSecond(),
            minute.cpu(),
            footprint.heap() >> 10,
            footprint.direct() >> 10,
            footprint.pooled() >> 10,
            footprint.mapped() >> 20,
            footprint.mappings(),
            footprint.files(),
            footprint.threads()));
    line.append(
        String.format(
            Locale.ROOT,
            " %.4f, %.4f, %.4f |",
            minute.allocated().get(0),
            minute.allocated().get(1),
            minute.allocated().get(2)));
    for (final long latency : minute.latencies()) {
      line.append(String.format(Locale.ROOT, " %,.0f |", latency / MICROS));
    }
    line.append(
        String.format(
            Locale.ROOT,
            " %,d | %d | %d, %d |%n",
            minute.journalBytes() >> 20,
            minute.journalFiles(),
            minute.mapLag(),
            minute.journalLag()));
    return line.toString();
  }
}
