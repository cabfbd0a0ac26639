package io.liqmap.tools.answer;

import io.liqmap.tools.score.ClassScore;
import io.liqmap.tools.score.Scope;
import io.liqmap.tools.score.ScoreCard;
import io.liqmap.tools.score.SideScore;
import io.liqmap.tools.score.Week;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Drawings of a score as SVG. */
final class ScoreDrawing {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 400;
  private static final int LEFT = 62;
  private static final int RIGHT = WIDTH - 14;
  private static final int TOP = 14;
  private static final int BOTTOM = HEIGHT - 48;
  private static final double WITHIN = 2;
  private static final List<Scope> SIDES = List.of(Scope.LONG, Scope.SHORT);

  private final StringBuilder svg = new StringBuilder();

  private ScoreDrawing(final String title) {
    add(
        "<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>%n",
        WIDTH, HEIGHT, ScoreHtml.escaped(title));
  }

  private void add(final String format, final Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  private String end() {
    add("</svg>%n");
    return svg.toString();
  }

  /** Expected and realised notional of a window by class of excursion, with their ranges. */
  static String reliability(final ScoreCard card) {
    final ScoreDrawing drawing = new ScoreDrawing("Expected against realised notional");
    final List<Double> values = new ArrayList<>();
    for (final Scope scope : SIDES) {
      for (final ClassScore of : card.rows().get(0).of(scope).classes()) {
        final double realised = realised(card, of);
        values.add(realised);
        values.add(realised * of.ratio().low());
        values.add(realised * of.ratio().high());
      }
    }
    final LogAxis x = LogAxis.of(values, LEFT, RIGHT);
    final LogAxis y = LogAxis.of(values, BOTTOM, TOP);
    drawing.add(
        "<polygon class='band' points='%s'/>%n", drawing.corners(x, y, x.least(), x.most()));
    drawing.line(
        "even", x.place(x.least()), y.place(x.least()), x.place(x.most()), y.place(x.most()));
    drawing.axes(x, y, "realised, " + card.quoteAsset(), "expected");
    for (final Scope scope : SIDES) {
      drawing.points(x, y, card, scope);
    }
    return drawing.end();
  }

  /** The band of a factor of 2 around the diagonal. */
  private String corners(final LogAxis x, final LogAxis y, final double least, final double most) {
    return String.format(
        Locale.ROOT,
        "%.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f",
        x.place(least),
        y.place(least),
        x.place(least),
        y.place(least * WITHIN),
        x.place(most / WITHIN),
        y.place(most),
        x.place(most),
        y.place(most),
        x.place(most),
        y.place(most / WITHIN),
        x.place(least * WITHIN),
        y.place(least));
  }

  /** Of a window. */
  private static double realised(final ScoreCard card, final ClassScore of) {
    return of.reported() * card.correction() / of.sideWindows();
  }

  private void points(final LogAxis x, final LogAxis y, final ScoreCard card, final Scope scope) {
    final SideScore side = card.rows().get(0).of(scope);
    for (final ClassScore of : side.classes()) {
      final double realised = realised(card, of);
      final double expected = of.expected() / of.sideWindows();
      if (LogAxis.isShown(realised) && LogAxis.isShown(expected)) {
        final double at = x.place(realised);
        line(
            side.side(),
            at,
            y.place(realised * of.ratio().low()),
            at,
            y.place(realised * of.ratio().high()));
        add(
            "<circle class='%s' cx='%.1f' cy='%.1f' r='4.5'><title>%s</title></circle>%n",
            side.side(),
            at,
            y.place(expected),
            ScoreHtml.escaped(
                side.side() + " " + of.excursion() + ": " + ScoreFormat.figure(of.ratio())));
        add(
            "<text class='%s' x='%.1f' y='%.1f' text-anchor='%s'>%s</text>%n",
            side.side(),
            at + (scope == Scope.LONG ? -8 : 8),
            y.place(expected) + 4,
            scope == Scope.LONG ? "end" : "start",
            ScoreHtml.escaped(of.excursion()));
      }
    }
  }

  /** Expected over realised notional by week, both sides. */
  static String weeks(final ScoreCard card) {
    final ScoreDrawing drawing = new ScoreDrawing("Expected over realised notional by week");
    final List<Double> values = new ArrayList<>(List.of(1 / WITHIN, WITHIN));
    card.weeks().forEach((week) -> values.add(week.ratio()));
    final LogAxis y = LogAxis.of(values, BOTTOM, TOP);
    drawing.add(
        "<rect class='band' x='%d' y='%.1f' width='%d' height='%.1f'/>%n",
        LEFT, y.place(WITHIN), RIGHT - LEFT, y.place(1 / WITHIN) - y.place(WITHIN));
    drawing.line("even", LEFT, y.place(1), RIGHT, y.place(1));
    drawing.ticks(y);
    for (final Scope scope : SIDES) {
      drawing.path(
          y, card.weeks().stream().filter((week) -> week.side().equals(scope.text())).toList());
    }
    return drawing.end();
  }

  private void path(final LogAxis y, final List<Week> weeks) {
    final StringBuilder line = new StringBuilder();
    final double step = (RIGHT - LEFT) / (double) weeks.size();
    for (int i = 0; i < weeks.size(); i++) {
      final Week week = weeks.get(i);
      final double at = LEFT + (i + 0.5) * step;
      if (LogAxis.isShown(week.ratio())) {
        line.append(String.format(Locale.ROOT, "%.1f,%.1f ", at, y.place(week.ratio())));
        add(
            "<circle class='%s' cx='%.1f' cy='%.1f' r='4'><title>%s</title></circle>%n",
            week.side(),
            at,
            y.place(week.ratio()),
            ScoreHtml.escaped(
                week.side()
                    + ", week from "
                    + week.from()
                    + ": "
                    + ScoreFormat.figure(week.ratio())));
      }
      // Labels of ten characters.
      if (week.side().equals(Scope.LONG.text()) && i % Math.max(1, 1 + weeks.size() / 7) == 0) {
        add(
            "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>%n",
            at, BOTTOM + 18, ScoreHtml.escaped(week.from().toString().substring(0, 10)));
      }
    }
    if (!weeks.isEmpty()) {
      add("<polyline class='%s' points='%s'/>%n", weeks.get(0).side(), line.toString().strip());
    }
  }

  private void axes(final LogAxis x, final LogAxis y, final String across, final String up) {
    ticks(y);
    for (final double tick : x.ticks()) {
      line("grid", x.place(tick), TOP, x.place(tick), BOTTOM);
      add(
          "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>%n",
          x.place(tick), BOTTOM + 18, label(tick));
    }
    add(
        "<text x='%d' y='%d' text-anchor='end'>%s</text>%n",
        RIGHT, BOTTOM + 38, ScoreHtml.escaped(across));
    add("<text x='%d' y='%d'>%s</text>%n", LEFT + 6, TOP + 14, ScoreHtml.escaped(up));
  }

  private void ticks(final LogAxis y) {
    for (final double tick : y.ticks()) {
      line("grid", LEFT, y.place(tick), RIGHT, y.place(tick));
      add(
          "<text x='%d' y='%.1f' text-anchor='end'>%s</text>%n",
          LEFT - 8, y.place(tick) + 4, label(tick));
    }
  }

  private static String label(final double tick) {
    return tick >= 1_000
        ? Format.amount(tick).replaceFirst("\\.0+ ", " ")
        : Format.plain(Double.parseDouble(String.format(Locale.ROOT, "%.3g", tick)));
  }

  private void line(
      final String kind, final double x1, final double y1, final double x2, final double y2) {
    add("<line class='%s' x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f'/>%n", kind, x1, y1, x2, y2);
  }
}
