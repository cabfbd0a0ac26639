package io.liqmap.tools.answer;

import io.liqmap.tools.score.ClassScore;
import io.liqmap.tools.score.Estimate;
import io.liqmap.tools.score.LogScore;
import io.liqmap.tools.score.Scope;
import io.liqmap.tools.score.ScoreCard;
import io.liqmap.tools.score.ScoreRow;
import io.liqmap.tools.score.SideScore;
import io.liqmap.tools.score.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes a score as a page of its own, which needs no script and requests nothing. */
public final class ScoreHtml {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --back: #fff; --text: #1b1f24; --soft: #57606a;
        --edge: #d0d7de; --band: #e6f2e6; --long: #0969a2; --short: #b35900; }
      @media (prefers-color-scheme: dark) { :root { --back: #15181c; --text: #e3e6ea;
        --soft: #9aa4af; --edge: #3a424b; --band: #1e3324; --long: #5ab0f0; --short: #f0a050; } }
      body { background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif;
        max-width: 1180px; margin: 0 auto; padding: 1.5rem; }
      h1, h2, h3 { line-height: 1.25; } h2 { border-top: 1px solid var(--edge); padding-top: 1rem; }
      p, dd { color: var(--soft); max-width: 75ch; } dt { font-weight: 600; } dd { margin: 0 0 .6rem; }
      .drawings { display: flex; flex-wrap: wrap; gap: 1.5rem; } figure { margin: 0; flex: 1 1 460px; }
      figcaption { color: var(--soft); } svg { width: 100%; height: auto; }
      svg text { font: 12px system-ui, sans-serif; fill: var(--soft); stroke: none; }
      .grid { stroke: var(--edge); stroke-width: .6; } .even { stroke: var(--soft); stroke-dasharray: 4 4; }
      .band { fill: var(--band); } polyline { fill: none; stroke-width: 1.8; }
      .long { stroke: var(--long); } .short { stroke: var(--short); }
      circle.long, svg text.long { fill: var(--long); } circle.short, svg text.short { fill: var(--short); }
      svg text.long, svg text.short { stroke: none; }
      b.long { color: var(--long); } b.short { color: var(--short); }
      .table { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { text-align: right; padding: .25rem .7rem; border-bottom: 1px solid var(--edge); white-space: nowrap; }
      th:first-child, td:first-child { text-align: left; } caption { text-align: left; color: var(--soft); padding: .4rem 0; }
      """;

  private final ScoreAnswer answer;
  private final PrintWriter out;

  private ScoreHtml(final ScoreAnswer answer, final PrintWriter out) {
    this.answer = answer;
    this.out = out;
  }

  /** Writes the page. */
  public static void write(final ScoreAnswer answer, final PrintWriter out) {
    new ScoreHtml(answer, out).page();
  }

  /** A text from outside as part of a page, in an attribute's value too. */
  static String escaped(final String text) {
    return Format.printable(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private void element(final String name, final String text) {
    out.println("<" + name + ">" + escaped(text) + "</" + name + ">");
  }

  private void page() {
    out.println("<!DOCTYPE html>");
    out.println("<html lang='en'><head><meta charset='utf-8'>");
    out.println("<meta name='viewport' content='width=device-width, initial-scale=1'>");
    element("title", "Score of a liquidation map");
    out.println("<style>\n" + STYLE + "</style></head><body>");
    element("h1", "Score of a liquidation map");
    element("p", ScoreWords.WHAT);
    for (final ScoreCard card : answer.instruments()) {
      card(card);
    }
    if (!answer.notScored().isEmpty()) {
      element("h2", "Not scored");
      answer.notScored().forEach((reason) -> element("p", reason));
    }
    element(
        "p",
        "Journal to "
            + answer.time()
            + ", sequence "
            + answer.sequence()
            + ", state "
            + answer.stateHash()
            + "; seed "
            + answer.seed()
            + ". All times are UTC.");
    out.println("</body></html>");
  }

  private void card(final ScoreCard card) {
    element("h2", card.instrument() + ", " + card.venue());
    element("p", card.from() + " to " + card.to() + ", model " + card.model());
    out.println("<ul>");
    for (final Verdict verdict : card.verdicts()) {
      out.printf(
          "<li><b class='%s'>%s</b>: %s; %s; %s</li>%n",
          verdict.side(),
          verdict.side(),
          escaped(verdict.level()),
          escaped(verdict.excursion()),
          escaped(verdict.distances()));
    }
    out.println("</ul>");
    element("p", ScoreWords.VERDICTS);
    out.println("<div class='drawings'>");
    figure(
        ScoreDrawing.reliability(card),
        "Expected against realised notional of a window by excursion, with 95 % ranges. On the"
            + " dashed line both are equal; the band is a factor of 2.");
    figure(
        ScoreDrawing.weeks(card), "Expected over realised notional by week. The band is ½ to 2.");
    out.println("</div>");
    out.println("<dl>");
    described("Windows", ScoreWords.windows(card));
    described("Left out", ScoreWords.leftOut(card.leftOut()));
    described("Reports", ScoreWords.reports(card));
    out.println("</dl>");
    classes(card);
    controls(card);
  }

  private void figure(final String svg, final String caption) {
    out.println("<figure>");
    out.print(svg);
    out.println(
        "<figcaption><b class='long'>long</b> <b class='short'>short</b> "
            + escaped(caption)
            + "</figcaption></figure>");
  }

  private void described(final String term, final String text) {
    element("dt", term);
    element("dd", text);
  }

  private void classes(final ScoreCard card) {
    for (final Scope scope : List.of(Scope.LONG, Scope.SHORT)) {
      final List<ClassScore> first = card.rows().get(0).of(scope).classes();
      final List<List<String>> rows = new ArrayList<>();
      rows.add(cells("windows", first, (of) -> Format.count(of.sideWindows())));
      rows.add(cells("reported", first, (of) -> Format.amount(of.reported())));
      for (final ScoreRow row : card.rows()) {
        rows.add(
            cells(row.name(), row.of(scope).classes(), (of) -> ScoreFormat.figure(of.ratio())));
      }
      table(
          "Expected over realised notional by excursion, " + scope.text() + ", corrected",
          cells("", first, ClassScore::excursion),
          rows);
    }
  }

  private static List<String> cells(
      final String name, final List<ClassScore> classes, final Function<ClassScore, String> cell) {
    final List<String> cells = new ArrayList<>(List.of(name));
    classes.forEach((of) -> cells.add(cell.apply(of)));
    return cells;
  }

  private void controls(final ScoreCard card) {
    final List<List<String>> ratios = new ArrayList<>();
    final List<List<String>> scores = new ArrayList<>();
    for (final ScoreRow row : card.rows()) {
      final SideScore both = row.of(Scope.BOTH);
      ratios.add(
          List.of(
              row.name(),
              ScoreFormat.figure(row.of(Scope.LONG).ratio()),
              ScoreFormat.figure(row.of(Scope.SHORT).ratio()),
              ScoreFormat.figure(row.of(Scope.LONG).ratioAsReported()),
              ScoreFormat.figure(row.of(Scope.SHORT).ratioAsReported()),
              ScoreFormat.figure(both.calibrationError())));
      both.logScore()
          .ifPresent(
              (score) ->
                  scores.add(
                      List.of(
                          row.name(),
                          ScoreFormat.nats(score.overExcursion()),
                          ScoreFormat.nats(score.overExcursionVolume()),
                          ScoreFormat.nats(score.overTurnover()),
                          power(row, Scope.LONG),
                          power(row, Scope.SHORT))));
    }
    table(
        ScoreWords.RATIO
            + " "
            + ScoreWords.ERROR
            + " "
            + ScoreWords.ranges(answer.draws(), answer.controls()),
        List.of(
            "",
            "long, corrected",
            "short, corrected",
            "long, as reported",
            "short, as reported",
            "calibration error"),
        ratios);
    table(
        ScoreWords.LOG_SCORE,
        List.of(
            "", "over excursion", "over excursion × volume", "over turnover", "p long", "p short"),
        scores);
  }

  private static String power(final ScoreRow row, final Scope scope) {
    return ScoreFormat.figure(
        row.of(scope)
            .logScore()
            .map(LogScore::power)
            .orElse(new Estimate(Double.NaN, 0, 0))
            .value());
  }

  private void table(final String caption, final List<String> head, final List<List<String>> rows) {
    out.println("<div class='table'><table>");
    element("caption", caption);
    row("th", head);
    rows.forEach((cells) -> row("td", cells));
    out.println("</table></div>");
  }

  private void row(final String cell, final List<String> texts) {
    out.print("<tr>");
    for (final String text : texts) {
      out.print("<" + cell + ">" + escaped(text) + "</" + cell + ">");
    }
    out.println("</tr>");
  }
}
