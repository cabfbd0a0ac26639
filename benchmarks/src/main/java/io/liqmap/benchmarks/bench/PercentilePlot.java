package io.liqmap.benchmarks.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Latency over percentile as SVG, both axes logarithmic: the tail is as wide as the middle. */
final class PercentilePlot {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 480;
  private static final int LEFT = 70;
  private static final int RIGHT = 640;
  private static final int TOP = 50;
  private static final int BOTTOM = 430;
  private static final int NINES = 5;
  private static final int STEPS_PER_NINE = 20;
  private static final int LOWEST = 1;
  private static final int HIGHEST = 8;
  private static final String[] COLOURS = {
    "#666666", "#0072b2", "#009e73", "#d55e00", "#cc79a7", "#e69f00", "#56b4e9", "#bbbbbb"
  };

  private final String title;
  private final Map<String, Histogram> curves = new LinkedHashMap<>();

  PercentilePlot(final String title) {
    this.title = title;
  }

  void add(final String name, final Histogram histogram) {
    curves.put(name, histogram);
  }

  String svg() {
    final StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n",
            WIDTH,
            HEIGHT));
    svg.append(
        String.format(
            Locale.ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, HEIGHT));
    text(svg, LEFT, TOP - 20, "start", escaped(title));
    grid(svg);
    int number = 0;
    for (final Map.Entry<String, Histogram> curve : curves.entrySet()) {
      curve(svg, number, curve.getKey(), curve.getValue());
      number++;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void grid(final StringBuilder svg) {
    for (int nines = 0; nines <= NINES; nines++) {
      final double x = x(nines);
      rule(svg, x, TOP, x, BOTTOM);
      text(svg, x, BOTTOM + 18, "middle", nines == 0 ? "0 %" : percent(nines));
    }
    for (int power = LOWEST; power <= HIGHEST; power++) {
      final double y = y(Math.pow(10, power));
      rule(svg, LEFT, y, RIGHT, y);
      text(svg, LEFT - 8, y + 4, "end", nanos(power));
    }
    text(svg, (LEFT + RIGHT) / 2.0, BOTTOM + 38, "middle", "percentile");
  }

  private static String percent(final int nines) {
    return nines == 1 ? "90 %" : nines == 2 ? "99 %" : "99." + "9".repeat(nines - 2) + " %";
  }

  private static String nanos(final int power) {
    final String[] units = {"ns", "µs", "ms"};
    return (int) Math.pow(10, power % 3) + " " + units[power / 3];
  }

  private static void curve(
      final StringBuilder svg, final int number, final String name, final Histogram histogram) {
    final String colour = COLOURS[number % COLOURS.length];
    svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"").append(colour);
    svg.append("\" points=\"");
    for (int step = 0; step <= NINES * STEPS_PER_NINE; step++) {
      final double nines = step / (double) STEPS_PER_NINE;
      final double percentile = 100 * (1 - Math.pow(10, -nines));
      final double value = Math.max(1, (double) histogram.getValueAtPercentile(percentile));
      svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(nines), y(value)));
    }
    svg.append("\"/>\n");
    final int y = TOP + 10 + 20 * number;
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>%n",
            RIGHT + 12,
            y - 6,
            colour));
    text(svg, RIGHT + 32, y, "start", escaped(name));
  }

  private static double x(final double nines) {
    return LEFT + (RIGHT - LEFT) * nines / NINES;
  }

  private static double y(final double nanos) {
    final double part = (Math.log10(nanos) - LOWEST) / (HIGHEST - LOWEST);
    return BOTTOM - (BOTTOM - TOP) * Math.max(0, Math.min(1, part));
  }

  private static void rule(
      final StringBuilder svg,
      final double fromX,
      final double fromY,
      final double toX,
      final double toY) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n",
            fromX,
            fromY,
            toX,
            toY));
  }

  private static void text(
      final StringBuilder svg,
      final double x,
      final double y,
      final String anchor,
      final String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            text));
  }

  private static String escaped(final String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
