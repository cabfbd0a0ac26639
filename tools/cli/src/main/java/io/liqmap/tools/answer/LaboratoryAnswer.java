package io.liqmap.tools.answer;

import io.liqmap.tools.laboratory.Findings;
import io.liqmap.tools.laboratory.MedianRange;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Maps beside the true positions of simulated venues.
 *
 * @param days that a run simulated
 * @param seeds runs of each scenario
 * @param draws random profiles of each run
 */
public record LaboratoryAnswer(int days, int seeds, int draws, List<Findings> scenarios) {
  private static final String ROW = "%-20s %-21s %-21s %-21s %-21s %-21s";

  /** Prints a table for each scenario. */
  public void print(final PrintWriter out) {
    final Lines lines = new Lines(out, 13);
    lines.text(
        0,
        "%d days, %d seeds, %d random profiles a seed. Median, and 95 %% range over seeds, of"
            + " controls over draws, too.",
        days,
        seeds,
        draws);
    for (final Findings findings : scenarios) {
      print(findings, out);
    }
    lines.blank();
    lines.text(
        0,
        "Error: area between the cumulative quantities of map and truth, outward from mark, over"
            + " the truth's: 0 is exact, 1 an empty map. Shape: how far the map's quantity within"
            + " 10 %% would have to be moved, %% of mark. Expected: liquidations that the map"
            + " expected over those that were, after the first third; the rest is of the last"
            + " third. Simulated markets: nothing follows for a real venue.");
  }

  private static void print(final Findings findings, final PrintWriter out) {
    final Findings.Market market = findings.market();
    final Lines lines = new Lines(out, 13);
    lines.blank();
    lines.line(
        findings.scenario(),
        "return %s %%, open interest %s, liquidated a day %s %% of longs, %s %% of shorts, %s %%"
            + " of it reported",
        range(market.returnPercent(), "%.0f"),
        Format.amount(market.openInterest().median()),
        range(market.liquidatedLong(), "%.2f"),
        range(market.liquidatedShort(), "%.2f"),
        String.format(Locale.ROOT, "%.0f", 100 * market.reported().median()));
    out.println(
        String.format(
                ROW,
                "",
                "error within 3 %",
                "error within 10 %",
                "shape, %",
                "expected long",
                "expected short")
            .stripTrailing());
    for (final Findings.Model model : findings.models()) {
      out.println(
          String.format(
                  ROW,
                  model.name(),
                  range(model.within3(), "%.2f"),
                  range(model.within10(), "%.2f"),
                  range(model.shape(), "%.2f"),
                  range(model.expectedLong(), "%.2f"),
                  range(model.expectedShort(), "%.2f"))
              .stripTrailing());
    }
  }

  private static String range(final MedianRange figure, final String format) {
    return String.format(
        Locale.ROOT,
        format + " [" + format + ", " + format + "]",
        figure.median(),
        figure.low(),
        figure.high());
  }
}
