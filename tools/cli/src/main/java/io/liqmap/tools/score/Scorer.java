package io.liqmap.tools.score;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Scores what a replay saw of one instrument. */
final class Scorer {
  private static final long DAY = 86_400_000_000_000L;
  private static final long WEEK = 7 * DAY;
  private static final double NANOS_PER_MINUTE = 60e9;

  /** With fewer blocks the bootstrap has nothing to draw from. */
  private static final int LEAST_BLOCKS = 2;

  private final CollectedWindows collected;
  private final ScoreOptions options;
  private final ScoredWindows scored;
  private final LogScores logScores;
  private final List<ScoreRow> rows = new ArrayList<>();

  private Scorer(final CollectedWindows collected, final ScoreOptions options, final int from) {
    this.collected = collected;
    this.options = options;
    scored = new ScoredWindows(collected, from, options.seed());
    logScores = new LogScores(scored);
  }

  /**
   * Scores an instrument.
   *
   * @throws ScoreException if it has too little to score
   */
  static ScoreCard score(final CollectedWindows collected, final ScoreOptions options)
      throws ScoreException {
    final Scorer scorer = new Scorer(collected, options, first(collected, options));
    scorer.addRows();
    return scorer.card();
  }

  /** First window to score: after the warm-up, and with enough on each side to learn from. */
  private static int first(final CollectedWindows collected, final ScoreOptions options)
      throws ScoreException {
    final List<ScoreWindow> windows = collected.windows();
    final String symbol = collected.label();
    if (windows.isEmpty()) {
      throw new ScoreException(
          collected.all() == 0
              ? symbol
                  + ": has no two updates of open interest a minute apart, so it has no windows;"
                  + " score a feed that has open interest"
              : symbol
                  + ": none of its "
                  + collected.all()
                  + " windows can be scored: "
                  + reasons(collected.leftOut())
                  + "; score a feed with liquidations, and open interest at least hourly");
    }
    final long end = windows.get(windows.size() - 1).end();
    final long start = options.scoredFrom(windows.get(0).start(), end);
    final int[] positive = new int[ScoredWindows.SIDES];
    int from = 0;
    while (from < windows.size()
        && (windows.get(from).start() < start
            || Math.min(positive[0], positive[1]) < GammaRegression.LEAST_POSITIVE)) {
      positive[0] += windows.get(from).longs().reported() > 0 ? 1 : 0;
      positive[1] += windows.get(from).shorts().reported() > 0 ? 1 : 0;
      from++;
    }
    if (Math.min(positive[0], positive[1]) < GammaRegression.LEAST_POSITIVE) {
      throw new ScoreException(
          String.format(
              Locale.ROOT,
              "%s: of %d windows only %d have reported liquidations of longs and %d of shorts, and"
                  + " the controls learn from %d of each before the score begins; score a longer"
                  + " feed, with liquidations",
              symbol,
              windows.size(),
              positive[0],
              positive[1],
              GammaRegression.LEAST_POSITIVE));
    }
    if (from == windows.size() || end - windows.get(from).start() < LEAST_BLOCKS * DAY) {
      throw new ScoreException(
          String.format(
              Locale.ROOT,
              "%s: of %.1f days %.1f are left to score, and %d or more are needed; score a longer"
                  + " journal, or name an earlier --from or a shorter --warm-up",
              symbol,
              (end - windows.get(0).start()) / (double) DAY,
              from == windows.size() ? 0 : (end - windows.get(from).start()) / (double) DAY,
              LEAST_BLOCKS));
    }
    return from;
  }

  private static String reasons(final LeftOut leftOut) {
    return String.format(
        Locale.ROOT,
        "%d without report data, %d longer than an hour or with messages missing, %d with stale"
            + " open interest",
        leftOut.noReports(),
        leftOut.gaps(),
        leftOut.staleOpenInterest());
  }

  private void addRows() {
    final ScoreRows make = new ScoreRows(scored, collected.correction());
    for (int model = 0; model < collected.models().size(); model++) {
      final double[][] expected = expected(model);
      rows.add(
          make.row(
              collected.models().get(model), ScoreRow.MODEL, expected, logScores.of(expected)));
    }
    for (int model = 0; model < collected.models().size(); model++) {
      if (collected.learning().contains(collected.models().get(model))) {
        final double[][] all = withBackground(model);
        rows.add(
            make.row(
                ScoreRow.withBackground(collected.models().get(model)),
                ScoreRow.WITH_BACKGROUND,
                all,
                logScores.of(all)));
      }
    }
    if (!collected.tiers().isEmpty()) {
      final RandomRows random = new RandomRows(scored, make, logScores);
      random.draw(new RandomProfiles(collected.tiers(), options.seed()), options.controls());
      rows.add(random.sameMass());
      rows.add(random.levelFitted());
      rows.add(random.withBackground());
    }
    final double[][] last = new double[ScoredWindows.SIDES][];
    for (int side = 0; side < ScoredWindows.SIDES; side++) {
      last[side] = new double[scored.size()];
      System.arraycopy(scored.realised(side), 0, last[side], 1, scored.size() - 1);
    }
    rows.add(make.row("persistence", ScoreRow.CONTROL, last, logScores.of(last)));
    rows.add(
        make.row(
            "excursion only", ScoreRow.CONTROL, logScores.byExcursion(), logScores.ofExcursion()));
  }

  private double[][] expected(final int model) {
    return new double[][] {scored.series(0).expected[model], scored.series(1).expected[model]};
  }

  /** What a model expected on its map and beside it. */
  private double[][] withBackground(final int model) {
    final double[][] all = new double[ScoredWindows.SIDES][scored.size()];
    for (int side = 0; side < ScoredWindows.SIDES; side++) {
      final SideSeries series = scored.series(side);
      for (int i = 0; i < all[side].length; i++) {
        all[side][i] = series.expected[model][i] + series.background[model][i];
      }
    }
    return all;
  }

  private ScoreCard card() {
    final List<ScoreWindow> windows =
        collected.windows().subList(scored.from(), collected.windows().size());
    final LeftOut leftOut = collected.leftOut();
    return new ScoreCard(
        collected.name().symbol(),
        collected.name().venue(),
        collected.quoteAsset(),
        instant(windows.get(0).start()),
        instant(windows.get(windows.size() - 1).end()),
        collected.models().get(0),
        Quantiles.of(windows.stream().mapToDouble(ScoreWindow::nanos).sorted().toArray(), 0.5)
            / NANOS_PER_MINUTE,
        counts(),
        new LeftOut(
            scored.from(),
            leftOut.noReports(),
            leftOut.gaps(),
            leftOut.staleOpenInterest(),
            leftOut.throttledSeconds(),
            leftOut.throttledNotional()),
        collected.reports(),
        collected.forcedPerReported(),
        collected.correction(),
        moments(),
        verdicts(),
        rows,
        weeks());
  }

  private List<Verdict> verdicts() {
    final List<Verdict> verdicts = new ArrayList<>();
    final String first = rows.get(0).name();
    final boolean hasBackground = collected.learning().contains(first);
    for (final Scope scope : Scope.values()) {
      verdicts.add(
          Verdict.of(
              rows.get(0).of(scope),
              error(hasBackground ? ScoreRow.withBackground(first) : first, scope),
              error(hasBackground ? RandomRows.WITH_BACKGROUND : RandomRows.LEVEL_FITTED, scope)));
    }
    return verdicts;
  }

  /** Calibration error of a row, unknown where there is none. */
  private Estimate error(final String name, final Scope scope) {
    return rows.stream()
        .filter((row) -> row.name().equals(name))
        .map((row) -> row.of(scope).calibrationError())
        .findFirst()
        .orElse(Estimate.UNKNOWN);
  }

  private ScoreCounts counts() {
    long withSweeps = 0;
    long withReports = 0;
    for (int side = 0; side < ScoredWindows.SIDES; side++) {
      for (int i = scored.from(); i < scored.size(); i++) {
        withSweeps += scored.series(side).expected[0][i] > 0 ? 1 : 0;
        withReports += scored.realised(side)[i] > 0 ? 1 : 0;
      }
    }
    final long windows = (long) scored.size() - scored.from();
    return new ScoreCounts(
        collected.all(),
        windows,
        ScoredWindows.SIDES * windows,
        withSweeps,
        withReports,
        logScores.windows(Scope.BOTH),
        scored.blockCount());
  }

  private List<Moments> moments() {
    final List<Moments> moments = new ArrayList<>();
    for (int side = 0; side < ScoredWindows.SIDES; side++) {
      final String name = Scope.values()[side].text();
      moments.add(Moments.of(name, "reported", cut(scored.series(side).reported)));
      moments.add(
          Moments.of(name, collected.models().get(0), cut(scored.series(side).expected[0])));
    }
    return moments;
  }

  private double[] cut(final double[] values) {
    return Arrays.copyOfRange(values, scored.from(), values.length);
  }

  private List<Week> weeks() {
    final long first = scored.series(0).start[scored.from()];
    final List<Week> weeks = new ArrayList<>();
    int from = scored.from();
    while (from < scored.size()) {
      final long week = (scored.series(0).start[from] - first) / WEEK;
      int to = from;
      while (to < scored.size() && (scored.series(0).start[to] - first) / WEEK == week) {
        to++;
      }
      for (int side = 0; side < ScoredWindows.SIDES; side++) {
        final double expected = Arrays.stream(scored.series(side).expected[0], from, to).sum();
        final double realised = Arrays.stream(scored.realised(side), from, to).sum();
        weeks.add(
            new Week(
                instant(first + week * WEEK),
                Scope.values()[side].text(),
                expected,
                realised,
                expected / realised));
      }
      from = to;
    }
    return weeks;
  }

  private static Instant instant(final long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }
}
