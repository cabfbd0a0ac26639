package io.liqmap.tools.answer;

import io.liqmap.tools.score.ClassScore;
import io.liqmap.tools.score.Estimate;
import io.liqmap.tools.score.LogScore;
import io.liqmap.tools.score.Moments;
import io.liqmap.tools.score.RankScores;
import io.liqmap.tools.score.Scope;
import io.liqmap.tools.score.ScoreCard;
import io.liqmap.tools.score.ScoreRow;
import io.liqmap.tools.score.SideScore;
import io.liqmap.tools.score.Verdict;
import java.io.PrintWriter;
import java.util.List;

/** Prints a score for people. */
public final class ScoreText {
  private static final int LABEL = 15;
  private static final int NAME = 26;
  private static final int FIGURE = 19;
  private static final int WIDE = 24;
  private static final int NATS = 26;
  private static final int RANK = 12;

  private final ScoreAnswer answer;
  private final ScoreCard card;
  private final PrintWriter out;
  private final Lines lines;

  private ScoreText(final ScoreAnswer answer, final ScoreCard card, final PrintWriter out) {
    this.answer = answer;
    this.card = card;
    this.out = out;
    lines = new Lines(out, LABEL);
  }

  /** Prints a page for each instrument. */
  public static void print(final ScoreAnswer answer, final PrintWriter out) {
    for (final ScoreCard card : answer.instruments()) {
      new ScoreText(answer, card, out).print();
      out.println();
    }
    final Lines lines = new Lines(out, LABEL);
    answer.notScored().forEach((reason) -> lines.line("not scored", "%s", reason));
    out.flush();
  }

  private void print() {
    lines.text(0, "%s  %s  %s to %s", card.instrument(), card.venue(), card.from(), card.to());
    lines.text(0, "%s", ScoreWords.WHAT);
    lines.blank();
    for (final Verdict verdict : card.verdicts()) {
      lines.line(
          verdict.side().equals(Scope.LONG.text()) ? "verdict" : "",
          "%-6s %s; %s; %s",
          verdict.side(),
          verdict.level(),
          verdict.excursion(),
          verdict.distances());
    }
    lines.line("", "%s", ScoreWords.VERDICTS);
    lines.line("windows", "%s", ScoreWords.windows(card));
    lines.line("left out", "%s", ScoreWords.leftOut(card.leftOut()));
    lines.line("reports", "%s", ScoreWords.reports(card));
    for (final Moments moments : card.moments()) {
      lines.line(
          moments.equals(card.moments().get(0)) ? "moments" : "",
          "%-5s %-12s mean %s, deviation %s, skewness %s, largest %s %s",
          moments.side(),
          moments.of(),
          Format.amount(moments.mean()),
          Format.amount(moments.deviation()),
          ScoreFormat.figure(moments.skewness()),
          Format.amount(moments.largest()),
          card.quoteAsset());
    }
    printRatios();
    printClasses();
    printErrors();
    printLogScores();
    printRanks();
  }

  private void heading(final String text) {
    lines.blank();
    lines.text(0, "%s", text);
  }

  private void row(final int width, final String name, final List<String> cells) {
    final StringBuilder line = new StringBuilder(pad(name, NAME));
    cells.forEach((cell) -> line.append(pad(cell, width)));
    out.println(line.toString().stripTrailing());
  }

  /** At least a blank behind it; padded by characters. */
  private static String pad(final String text, final int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private void printRatios() {
    heading(ScoreWords.RATIO + " " + ScoreWords.ranges(answer.draws(), answer.controls()));
    row(
        WIDE,
        "",
        List.of("long, corrected", "long, as reported", "short, corrected", "short, as reported"));
    for (final ScoreRow row : card.rows()) {
      final SideScore longs = row.of(Scope.LONG);
      final SideScore shorts = row.of(Scope.SHORT);
      row(
          WIDE,
          row.name(),
          List.of(
              ScoreFormat.figure(longs.ratio()),
              ScoreFormat.figure(longs.ratioAsReported()),
              ScoreFormat.figure(shorts.ratio()),
              ScoreFormat.figure(shorts.ratioAsReported())));
    }
    final ScoreRow first = card.rows().get(0);
    row(
        WIDE,
        first.name() + ", correction ×½",
        List.of(
            ScoreFormat.figure(first.of(Scope.LONG).ratioAtHalfCorrection()),
            "",
            ScoreFormat.figure(first.of(Scope.SHORT).ratioAtHalfCorrection())));
    row(
        WIDE,
        first.name() + ", correction ×2",
        List.of(
            ScoreFormat.figure(first.of(Scope.LONG).ratioAtDoubleCorrection()),
            "",
            ScoreFormat.figure(first.of(Scope.SHORT).ratioAtDoubleCorrection())));
  }

  private void printClasses() {
    heading("By excursion, corrected:");
    final ScoreRow first = card.rows().get(0);
    row(FIGURE, "", first.of(Scope.LONG).classes().stream().map(ClassScore::excursion).toList());
    for (final Scope scope : List.of(Scope.LONG, Scope.SHORT)) {
      row(
          FIGURE,
          scope.text() + ", windows",
          first.of(scope).classes().stream().map((of) -> Format.count(of.sideWindows())).toList());
      for (final ScoreRow row : card.rows()) {
        if (!row.kind().equals(ScoreRow.WITH_BACKGROUND)
            || row.name().equals(ScoreRow.withBackground(card.model()))) {
          row(
              FIGURE,
              row.name(),
              row.of(scope).classes().stream()
                  .map((of) -> ScoreFormat.figure(of.ratio()))
                  .toList());
        }
      }
    }
  }

  private void printErrors() {
    heading(ScoreWords.ERROR);
    row(WIDE, "", List.of("both sides", "long", "short"));
    for (final ScoreRow row : card.rows()) {
      row(
          WIDE,
          row.name(),
          List.of(
              ScoreFormat.figure(row.of(Scope.BOTH).calibrationError()),
              ScoreFormat.figure(row.of(Scope.LONG).calibrationError()),
              ScoreFormat.figure(row.of(Scope.SHORT).calibrationError())));
    }
    final SideScore first = card.rows().get(0).of(Scope.BOTH);
    row(
        WIDE,
        card.rows().get(0).name(),
        List.of(
            "correction ×½ "
                + ScoreFormat.figure(
                    first.calibrationErrorAtHalfCorrection().orElse(first.calibrationError())),
            "",
            "×2 "
                + ScoreFormat.figure(
                    first.calibrationErrorAtDoubleCorrection().orElse(first.calibrationError()))));
  }

  private void printLogScores() {
    heading(ScoreWords.LOG_SCORE);
    row(
        NATS,
        "",
        List.of("over excursion", "over excursion × volume", "over turnover", "p long, short"));
    for (final ScoreRow row : card.rows()) {
      row.of(Scope.BOTH)
          .logScore()
          .ifPresent(
              (both) ->
                  row(
                      NATS,
                      row.name(),
                      List.of(
                          ScoreFormat.nats(both.overExcursion()),
                          ScoreFormat.nats(both.overExcursionVolume()),
                          ScoreFormat.nats(both.overTurnover()),
                          power(row, Scope.LONG) + ", " + power(row, Scope.SHORT))));
    }
  }

  private static String power(final ScoreRow row, final Scope scope) {
    return ScoreFormat.figure(
        row.of(scope).logScore().map(LogScore::power).map(Estimate::value).orElse(Double.NaN));
  }

  private void printRanks() {
    heading(ScoreWords.RANKS);
    row(RANK, "", List.of("long rank", "top tenth", "area", "short rank", "top tenth", "area"));
    for (final ScoreRow row : card.rows()) {
      if (row.of(Scope.LONG).ranks().isPresent()) {
        final RankScores longs = row.of(Scope.LONG).ranks().get();
        final RankScores shorts = row.of(Scope.SHORT).ranks().orElse(longs);
        row(
            RANK,
            row.name(),
            List.of(
                ScoreFormat.range(longs.partialCorrelation()),
                ScoreFormat.range(longs.topDecilePrecision()),
                ScoreFormat.range(longs.areaUnderCurve()),
                ScoreFormat.range(shorts.partialCorrelation()),
                ScoreFormat.range(shorts.topDecilePrecision()),
                ScoreFormat.range(shorts.areaUnderCurve())));
      }
    }
  }
}
