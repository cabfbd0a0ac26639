package io.liqmap.benchmarks.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** Figures of two stages beside each other, each made within a round. */
final class Ratios {
  /**
   * A ratio.
   *
   * @param key its name in JSON
   * @param title what is over what
   * @param spread over the rounds
   * @param target what it should be, in words; empty where none was set
   */
  record Ratio(String key, String title, Spread spread, String target) {}

  private final Results results;

  Ratios(final Results results) {
    this.results = results;
  }

  /** Those whose stages were measured. */
  List<Ratio> all() {
    final List<Ratio> ratios = new ArrayList<>();
    slower(ratios, "inlineOverDecode", "ns, inline over bare decode", "inline", "decode", "≤ 2.5");
    faster(
        ratios,
        "pipelinedOverBareRing",
        "events/s, pipelined over bare decode + ring",
        "pipelined",
        "bareRing",
        "≥ 0.75");
    faster(
        ratios,
        "journaledOverAppendPerEvent",
        "events/s, pipelined + journal over decode + a document each",
        "pipelinedJournal",
        "appendPerEvent",
        "≥ 2.5");
    faster(
        ratios,
        "inlineJournaledOverAppendPerEvent",
        "events/s, inline + journal over the same",
        "inlineJournal",
        "appendPerEvent",
        "");
    faster(
        ratios,
        "journaledOverDocumentPath",
        "events/s, pipelined + journal over inline + a document each",
        "pipelinedJournal",
        "documentPath",
        "");
    faster(
        ratios,
        "journaledOverMmapAppend",
        "events/s, pipelined + journal over decode + mapped file",
        "pipelinedJournal",
        "mmapAppend",
        "≥ 0.65");
    faster(ratios, "replayOverInline", "events/s, replay over inline", "replay", "inline", "≥ 0.5");
    addLatencies(ratios);
    slower(ratios, "updateOverArrayAdd", "ns, trade over array add", "update", "arrayAdd", "≤ 2");
    slower(
        ratios,
        "fortyTiersOverFive",
        "ns, trade with 40 tiers over 5",
        "updateFortyTiers",
        "updateFiveTiers",
        "≤ 1.2");
    slower(
        ratios,
        "fortyTiersOverFiveSweeping",
        "ns, trade and mark that sweeps, 40 tiers over 5",
        "sweepFortyTiers",
        "sweepFiveTiers",
        "≤ 2");
    slower(
        ratios,
        "thousandInstrumentsOverOne",
        "ns, trade of 1,000 instruments in turn over 1",
        "thousandInstruments",
        "oneInstrument",
        "≤ 2.5");
    slower(
        ratios,
        "thousandInstrumentsOverOneEvents",
        "ns, trade event of 1,000 instruments in turn over 1",
        "thousandInstrumentsEvents",
        "oneInstrumentEvents",
        "");
    faster(ratios, "overNaiveMap", "events/s, map over naive map", "mapFlow", "naiveMap", "≥ 50");
    faster(
        ratios,
        "inlineOverNaivePath",
        "events/s, inline over decode + naive map",
        "inline",
        "naivePath",
        "");
    return ratios;
  }

  private void addLatencies(final List<Ratio> ratios) {
    ratios.add(latency("viewP50OverHopP50", "pipelinedView", 50, "≤ 1.5"));
    ratios.add(latency("viewP90OverHopP90", "pipelinedView", 90, "≤ 1.5"));
    ratios.add(latency("inlineViewP50OverHopP50", "inlineView", 50, ""));
    ratios.add(latency("inlineViewP90OverHopP90", "inlineView", 90, ""));
    if (results.has("sharedRing", Plan.COMPARED_RATE)) {
      ratios.add(
          latency("sharedRingViewP50OverRingP50", "sharedRingView", "sharedRing", 50, "≤ 1.5"));
    }
  }

  /** Time that the map's thread is held up by a snapshot of one instrument, µs. */
  Spread snapshotPauseMicros() {
    return results.spread(results.of("snapshot"), (round) -> round.nanos() / 1e3);
  }

  /** Bytes for each event on feed's, map's and journal's thread together. */
  Spread allocatedBytesPerEvent() {
    return results.spread(
        results.of("pipelinedJournal"),
        (round) -> round.allocated().stream().mapToDouble(Double::doubleValue).sum());
  }

  private void slower(
      final List<Ratio> ratios,
      final String key,
      final String title,
      final String first,
      final String second,
      final String target) {
    add(
        ratios,
        key,
        title,
        first,
        second,
        (mine, theirs) -> mine.nanosPerEvent() / theirs.nanosPerEvent(),
        target);
  }

  private void faster(
      final List<Ratio> ratios,
      final String key,
      final String title,
      final String first,
      final String second,
      final String target) {
    add(
        ratios,
        key,
        title,
        first,
        second,
        (mine, theirs) -> mine.eventsPerSecond() / theirs.eventsPerSecond(),
        target);
  }

  /** A quick run leaves some stages out, and their ratios with them. */
  private void add(
      final List<Ratio> ratios,
      final String key,
      final String title,
      final String first,
      final String second,
      final ToDoubleBiFunction<Passage, Passage> figure,
      final String target) {
    if (results.has(first) && results.has(second)) {
      ratios.add(
          new Ratio(
              key, title, results.spread(results.of(first), results.of(second), figure), target));
    }
  }

  private Ratio latency(
      final String key, final String stage, final double percentile, final String target) {
    return latency(key, stage, "hop", percentile, target);
  }

  private Ratio latency(
      final String key,
      final String stage,
      final String bare,
      final double percentile,
      final String target) {
    final List<Passage> mine = results.of(stage, Plan.COMPARED_RATE);
    final List<Passage> hop = results.of(bare, Plan.COMPARED_RATE);
    return new Ratio(
        key,
        "p"
            + (int) percentile
            + " at 1 M events/s, "
            + (stage.equals("pipelinedView") ? "pipelined" : "inline")
            + " to the view over bare "
            + (bare.equals("hop") ? "hop" : "ring in memory"),
        results.spread(
            mine,
            hop,
            (a, b) ->
                a.latency().getValueAtPercentile(percentile)
                    / (double) b.latency().getValueAtPercentile(percentile)),
        target);
  }
}
