package io.liqmap.benchmarks.bench;

import io.liqmap.engine.settings.WaitMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a run measures, in the order of a round. */
final class Plan {
  static final double COMPARED_RATE = 1_000_000;
  static final double WARM_UP_RATE = 3_000_000;

  private static final int TIERS = 10;
  private static final int FEW_TIERS = 5;
  private static final int MANY_TIERS = 40;
  private static final int MANY_INSTRUMENTS = 1000;
  private static final double RESOLUTION_BPS = 5;
  private static final int MOST_WARM_UPS = 25;
  private static final long SCALE_EVENTS = 5_000_000;

  /** Left out of a quick run: no ratio that has a target needs them. */
  private static final Set<String> NOT_QUICK =
      Set.of(
          "adapter",
          "inlineJournal",
          "documentPath",
          "naivePath",
          "pyLiquidationMap",
          "oneInstrumentEvents",
          "thousandInstrumentsEvents");

  private final BenchOptions options;
  private final Task task;

  Plan(final BenchOptions options, final Path feed) {
    this.options = options;
    task =
        new Task(
            Work.DECODE,
            feed,
            options.events(),
            TIERS,
            1,
            RESOLUTION_BPS,
            1,
            options.waitMode(),
            options.folder(),
            MOST_WARM_UPS);
  }

  /** Rates of the latency measurements, events per second. */
  double[] rates() {
    return options.quick()
        ? new double[] {COMPARED_RATE}
        : new double[] {100_000, COMPARED_RATE, WARM_UP_RATE};
  }

  /** The whole path, its parts, and the peers of both. */
  List<Leg> path() {
    return chosen(
        new Leg("decode", "bare SBE decode", task),
        new Leg("adapter", "feed adapter alone", task.of(Work.ADAPTER)),
        new Leg("bareRing", "bare SBE decode + bare ring", task.of(Work.RING)),
        new Leg("inline", "**inline**", task.of(Work.INLINE)),
        new Leg("pipelined", "**pipelined**", task.of(Work.PIPELINED)),
        new Leg("inlineJournal", "**inline + journal**", task.of(Work.INLINE_JOURNAL)),
        new Leg("pipelinedJournal", "**pipelined + journal**", task.of(Work.PIPELINED_JOURNAL)),
        new Leg("replay", "**replay of that journal**", task.of(Work.REPLAY)),
        new Leg(
            "appendPerEvent",
            "bare SBE decode + a Chronicle document each",
            task.of(Work.DOCUMENTS)),
        new Leg("documentPath", "inline + a Chronicle document each", task.of(Work.DOCUMENT_PATH)),
        new Leg("mmapAppend", "bare SBE decode + mapped file", task.of(Work.MAPPED_FILE)),
        new Leg("naivePath", "bare SBE decode + naive map", task.of(Work.NAIVE_PATH)),
        new Leg(
            "pyLiquidationMap",
            "bare SBE decode + map of py-liquidation-map, drawn once",
            task.of(Work.PY_PATH)));
  }

  /** Updates of a map by themselves, and their peers. */
  List<Leg> updates() {
    final Task update = task.of(Work.UPDATE);
    return chosen(
        new Leg("arrayAdd", "one array add of the walk", task.of(Work.ARRAY_ADD)),
        new Leg("update", "**trade**, 10 tiers", update),
        new Leg("updateFiveTiers", "**trade**, 5 tiers", update.withTiers(FEW_TIERS)),
        new Leg("updateFortyTiers", "**trade**, 40 tiers", update.withTiers(MANY_TIERS)),
        new Leg(
            "sweepFiveTiers",
            "**trade and mark**, sweeping, 5 tiers",
            task.of(Work.SWEEP).withTiers(FEW_TIERS)),
        new Leg(
            "sweepFortyTiers",
            "**trade and mark**, sweeping, 40 tiers",
            task.of(Work.SWEEP).withTiers(MANY_TIERS)),
        new Leg("oneInstrument", "**trade**, round robin over 1", task.of(Work.INTERLEAVED)),
        new Leg(
            "thousandInstruments",
            "**trade**, round robin over 1,000",
            task.of(Work.INTERLEAVED).withInstruments(MANY_INSTRUMENTS)),
        new Leg(
            "oneInstrumentEvents",
            "**trade event**, round robin over 1",
            task.of(Work.INTERLEAVED_EVENTS)),
        new Leg(
            "thousandInstrumentsEvents",
            "**trade event**, round robin over 1,000",
            task.of(Work.INTERLEAVED_EVENTS).withInstruments(MANY_INSTRUMENTS)),
        new Leg("mapFlow", "**trades, marks, open interest**", task.of(Work.MAP_FLOW)),
        new Leg("naiveMap", "trades, marks, open interest, naive map", task.of(Work.NAIVE_FLOW)),
        new Leg("snapshot", "**snapshot**, the map's thread's part of it", task.of(Work.SNAPSHOT)));
  }

  private List<Leg> chosen(final Leg... legs) {
    return Stream.of(legs)
        .filter((leg) -> !options.quick() || !NOT_QUICK.contains(leg.key()))
        .toList();
  }

  /** Latencies, open loop. */
  List<Leg> latencies() {
    final Task spinning = task.waiting(WaitMode.SPIN);
    final List<Leg> legs = new ArrayList<>();
    legs.add(new Leg("hop", "bare hop", spinning.of(Work.HOP)));
    legs.add(
        new Leg("pipelinedView", "**pipelined**, to the view", spinning.of(Work.PIPELINED_VIEW)));
    legs.add(new Leg("inlineView", "**inline**, to the view", spinning.of(Work.INLINE_VIEW)));
    if (!options.quick()) {
      legs.add(
          new Leg(
              "journaledView",
              "**pipelined + journal**, to the view",
              spinning.of(Work.JOURNALED_VIEW)));
      legs.add(
          new Leg(
              "pipelinedReader",
              "**pipelined**, to a reader's own copy",
              spinning.of(Work.READER_VIEW)));
      legs.add(new Leg("sharedRing", "bare ring in memory", spinning.of(Work.SHARED_RING_HOP)));
      legs.add(
          new Leg(
              "sharedRingView",
              "**ring in memory, inline**, to the view",
              spinning.of(Work.SHARED_RING_VIEW)));
      legs.add(new Leg("counter", "bare counter, second process", spinning.of(Work.COUNTER)));
      legs.add(
          new Leg(
              "processReader",
              "**inline**, to a copy in a second process",
              spinning.of(Work.PROCESS_VIEW)));
    }
    return legs;
  }

  /** Long flows: once each, whatever the rounds. */
  List<Leg> scale() {
    final List<Leg> legs = new ArrayList<>();
    for (final int instruments : new int[] {1, 10, 100, 1000}) {
      legs.add(scale(instruments, TIERS, RESOLUTION_BPS, 1));
    }
    for (final int tiers : new int[] {5, 40}) {
      legs.add(scale(1, tiers, RESOLUTION_BPS, 1));
    }
    for (final double bps : new double[] {1, 20}) {
      legs.add(scale(1, TIERS, bps, 1));
    }
    legs.add(scale(1, TIERS, RESOLUTION_BPS, 30));
    return legs;
  }

  private Leg scale(final int instruments, final int tiers, final double bps, final int days) {
    final String title =
        Spread.number(instruments)
            + " | "
            + tiers
            + " | "
            + Spread.number(bps)
            + " | "
            + (days == 1 ? "a day" : days + " days");
    return new Leg(
        "scale",
        title,
        task.withTiers(tiers).withInstruments(instruments).scale(SCALE_EVENTS, bps, days));
  }
}
