package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.venue.VenueMix;
import io.liqmap.engine.settings.WaitMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Venues' frames, in one process, after passes that don't count: what each costs on its way to the
 * map, beside a bare parse; how long it takes from a WebSocket on loopback to the view, beside a
 * bare echo.
 */
public final class FrameRun {
  private static final int[] RATES = {20_000, 100_000};
  private static final double[] PERCENTILES = {50, 90, 99, 99.9};
  private static final int WARM_UPS = 4;
  private static final int ROUNDS = 5;
  private static final int COSTED = 5_000;
  private static final int COST_WARM_UPS = 300;
  private static final int COST_ROUNDS = 5;

  private FrameRun() {}

  /**
   * Runs it; returns 0.
   *
   * @param args {@code --rounds N}, {@code --seconds S} of each passage, {@code --folder DIR}
   * @throws IllegalArgumentException if an argument is unknown
   */
  public static int execute(final String... args) throws Exception {
    int rounds = ROUNDS;
    int seconds = 1;
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    for (int i = 0; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--rounds" -> rounds = Integer.parseInt(args[i + 1]);
        case "--seconds" -> seconds = Integer.parseInt(args[i + 1]);
        case "--folder" -> folder = Path.of(args[i + 1]);
        default -> throw new IllegalArgumentException(args[i] + " isn't known");
      }
    }
    Machine.facts().forEach((name, fact) -> System.out.println(name + ": " + fact));
    System.out.println(
        "\n| ns of a processor per frame | bare parse | parser alone | decode | to messages"
            + " | to the map | to the map over bare parse |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (final VenueMix mix : VenueMix.values()) {
      cost(mix, rounds, folder);
    }
    for (final int rate : RATES) {
      run(rate, rate * seconds, rounds, folder);
    }
    return 0;
  }

  private static void cost(final VenueMix mix, final int rounds, final Path folder)
      throws Exception {
    final int bare = FrameCost.Way.BARE_PARSE.ordinal();
    final List<double[]> costs = new ArrayList<>();
    try (FrameCost cost = new FrameCost(task(folder), mix, COSTED)) {
      for (int round = -COST_WARM_UPS; round < COST_ROUNDS * rounds; round++) {
        final double[] nanos = cost.round();
        if (round >= 0) {
          costs.add(nanos);
        }
      }
    }
    final StringBuilder row = new StringBuilder("| " + mix.name().toLowerCase(Locale.ROOT));
    for (final FrameCost.Way way :
        List.of(
            FrameCost.Way.BARE_PARSE,
            FrameCost.Way.PARSER,
            FrameCost.Way.DECODE,
            FrameCost.Way.TO_FEED,
            FrameCost.Way.TO_MAP)) {
      row.append(" | ").append(spread(costs.stream().mapToDouble((of) -> of[way.ordinal()])));
    }
    row.append(" | ")
        .append(
            spread(
                costs.stream().mapToDouble((of) -> of[FrameCost.Way.TO_MAP.ordinal()] / of[bare])));
    System.out.println(row.append(" |"));
  }

  private static void run(final int rate, final int frames, final int rounds, final Path folder)
      throws Exception {
    final FrameLatency latency = new FrameLatency(task(folder), frames, rate);
    final List<Passage> echo = new ArrayList<>();
    final List<Passage> view = new ArrayList<>();
    for (int round = -WARM_UPS; round < rounds; round++) {
      final Passage echoed = latency.echo();
      final Passage viewed = latency.view();
      if (round >= 0) {
        echo.add(echoed);
        view.add(viewed);
      }
    }
    print(rate, echo, view);
  }

  static Task task(final Path folder) {
    return new Task(Work.INLINE_VIEW, folder, 0, 10, 1, 5, 1, WaitMode.PARK, folder, 0);
  }

  private static void print(final int rate, final List<Passage> echo, final List<Passage> view) {
    System.out.printf(Locale.ROOT, "%n| µs at %,d frames/s | p50 | p90 | p99 | p99.9 |%n", rate);
    System.out.println("|---|---|---|---|---|");
    row("bare echo", echo, false);
    row("to the view", view, false);
    row("an idle thread meanwhile", view, true);
    for (final double percentile : new double[] {50, 99}) {
      final DoubleStream ratios =
          IntStream.range(0, echo.size())
              .mapToDouble(
                  (i) -> micros(view.get(i), percentile) / micros(echo.get(i), percentile));
      System.out.printf("view over echo, p%.0f: %s%n", percentile, spread(ratios));
    }
  }

  private static void row(final String title, final List<Passage> passages, final boolean isIdle) {
    final StringBuilder row = new StringBuilder("| " + title);
    for (final double percentile : PERCENTILES) {
      row.append(" | ")
          .append(
              spread(
                  passages.stream()
                      .mapToDouble(
                          (of) ->
                              (isIdle ? of.hiccups() : of.latency())
                                      .getValueAtPercentile(percentile)
                                  / 1e3)));
    }
    System.out.println(row.append(" |"));
  }

  private static double micros(final Passage of, final double percentile) {
    return of.latency().getValueAtPercentile(percentile) / 1e3;
  }

  private static String spread(final DoubleStream values) {
    final double[] rounds = values.toArray();
    return Spread.of(rounds.length, rounds).text();
  }
}
