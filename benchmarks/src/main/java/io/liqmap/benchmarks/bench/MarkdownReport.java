package io.liqmap.benchmarks.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/** A run as tables, to be read in a terminal and pasted into a page. */
final class MarkdownReport {
  private final BenchOptions options;
  private final Results results;
  private final List<Leg> scale;
  private final StringBuilder text = new StringBuilder();

  MarkdownReport(final BenchOptions options, final Results results, final List<Leg> scale) {
    this.options = options;
    this.results = results;
    this.scale = scale;
  }

  String text() {
    Machine.facts().forEach((name, value) -> line("* " + name + ": " + value));
    line("* settings: " + settings(options));
    line("");
    throughput();
    latencies();
    ratios();
    line("");
    scale();
    line(
        results.areAnswersEqual()
            ? "State "
                + Long.toHexString(results.stateHash())
                + " in every round of every stage that ends with a map."
            : "**STATES DIFFER: no figure above counts.**");
    return text.toString();
  }

  static String settings(final BenchOptions options) {
    return String.format(
        Locale.ROOT,
        "%d rounds in each of %d JVMs a stage, steady before the first; %,d events, 10 tiers, 5 bp, %s, wait %s"
            + " (latencies: spin), journal of 64 KiB blocks in %s",
        options.rounds(),
        options.jvms(),
        options.events(),
        Task.describePipeline(),
        options.waitMode().name().toLowerCase(Locale.ROOT),
        options.folder());
  }

  private void line(final String line) {
    text.append(line).append('\n');
  }

  private void throughput() {
    line("| stage | M events/s | ns per event | ns, each JVM | B per event: feed, map, journal |");
    line("|---|---|---|---|---|");
    for (final Leg leg : results.legs()) {
      if (leg.task().work() != Work.SCALE) {
        final List<Passage> rounds = results.of(leg);
        line(
            "| "
                + leg.title()
                + " | "
                + results.spread(rounds, (round) -> round.eventsPerSecond() / 1e6).text()
                + " | "
                + results.spread(rounds, Passage::nanosPerEvent).text()
                + " | "
                + results.spread(rounds, Passage::nanosPerEvent).jvmsText()
                + " | "
                + allocated(rounds)
                + " |");
      }
    }
    line("");
    results.of("snapshot").stream()
        .limit(1)
        .forEach(
            (round) ->
                line(
                    String.format(
                        Locale.ROOT,
                        "Snapshot: %,.0f bytes of state, prices over %.0f buckets, a month of"
                            + " updates of open interest each five minutes.",
                        round.notes().get("stateBytes"),
                        round.notes().get("entryBuckets"))));
    line("");
  }

  private String allocated(final List<Passage> rounds) {
    if (rounds.get(0).allocated().isEmpty()) {
      return "";
    }
    final double[] medians = new double[3];
    for (int i = 0; i < medians.length; i++) {
      final int thread = i;
      medians[i] = results.spread(rounds, (round) -> round.allocated().get(thread)).median();
    }
    return Arrays.stream(medians)
        .mapToObj((bytes) -> String.format(Locale.ROOT, "%.4f", bytes))
        .collect(Collectors.joining(", "));
  }

  private void latencies() {
    for (final double rate : results.rates()) {
      line(
          "| µs at "
              + String.format(Locale.ROOT, "%,.0f", rate)
              + " events/s | "
              + DoubleStream.of(JsonReport.PERCENTILES)
                  .mapToObj((percentile) -> JsonReport.name(percentile))
                  .collect(Collectors.joining(" | "))
              + " |");
      line("|---|" + "---|".repeat(JsonReport.PERCENTILES.length));
      for (final Leg leg : results.legs(rate)) {
        final List<Passage> rounds = results.of(leg, rate);
        line(
            "| "
                + leg.title()
                + " | "
                + DoubleStream.of(JsonReport.PERCENTILES)
                    .mapToObj(
                        (percentile) ->
                            Spread.number(results.latency(rounds, percentile).median() / 1e3))
                    .collect(Collectors.joining(" | "))
                + " |");
      }
      final Histogram hiccups = results.hiccups(rate);
      line(
          "| hiccups of an idle thread | "
              + DoubleStream.of(JsonReport.PERCENTILES)
                  .mapToObj(
                      (percentile) -> Spread.number(hiccups.getValueAtPercentile(percentile) / 1e3))
                  .collect(Collectors.joining(" | "))
              + " |");
      line("");
    }
  }

  private void ratios() {
    final Ratios ratios = new Ratios(results);
    line("| ratio | median (min – max) of the rounds | each JVM | target |");
    line("|---|---|---|---|");
    for (final Ratios.Ratio ratio : ratios.all()) {
      line(
          "| "
              + ratio.title()
              + " (`"
              + ratio.key()
              + "`) | "
              + ratio.spread().text()
              + " | "
              + ratio.spread().jvmsText()
              + " | "
              + ratio.target()
              + " |");
    }
    line(
        "| snapshot of one instrument, pause of the map's thread, µs (`snapshotPauseMicros`) | "
            + ratios.snapshotPauseMicros().text()
            + " | "
            + ratios.snapshotPauseMicros().jvmsText()
            + " | ≤ 20 |");
    line(
        "| bytes allocated per event, feed + map + journal (`allocatedBytesPerEvent`) | "
            + ratios.allocatedBytesPerEvent().text()
            + " | "
            + ratios.allocatedBytesPerEvent().jvmsText()
            + " | 0 |");
  }

  private void scale() {
    if (scale.isEmpty()) {
      return;
    }
    line(
        "| instruments | tiers | bp | flow | s | ns per event | heap MiB | direct MiB | journal B per event | snapshots, too large |");
    line("|---|---|---|---|---|---|---|---|---|---|");
    for (final Leg leg : scale) {
      final Passage passage = results.of(leg).get(0);
      line(
          String.format(
              Locale.ROOT,
              "| %s, %,d events | %.2f | %.0f | %.0f | %.1f | %.1f | %.0f, %.0f |",
              leg.title(),
              passage.events(),
              passage.nanos() / 1e9,
              passage.nanosPerEvent(),
              passage.notes().get("heapMiB"),
              passage.notes().get("directMiB"),
              passage.notes().get("journalBytesPerEvent"),
              passage.notes().get("snapshots"),
              passage.notes().get("snapshotsTooLarge")));
    }
    line("");
  }
}
