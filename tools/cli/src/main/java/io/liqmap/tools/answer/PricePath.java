package io.liqmap.tools.answer;

import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.structure.TrendReading;
import io.liqmap.engine.feed.FeedConvention;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.market.MapWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an instrument's prices were made from, and so what its volatility, impact, trends and
 * reactions rest on.
 *
 * @param madeFrom what the feed says
 * @param volatility how price moves
 * @param prices what they were made from, in words
 * @param origin what the feed says
 */
record PricePath(
    MadeFrom madeFrom,
    Volatility volatility,
    @Json.TextOnly String prices,
    @Json.TextOnly FeedOrigin origin) {
  /** A trend over fewer bars than this is one of the assumed path. */
  private static final int LEAST_TREND_BARS = 4;

  private static final double SECOND_NANOS = 1e9;

  /**
   * What the feed says.
   *
   * @param source whose data, null where it doesn't say
   * @param tradeBarSeconds length of the bars, 0 for single trades, NaN where it doesn't say
   * @param markBarSeconds length of the bars, 0 for ticks, NaN where it doesn't say
   * @param orderInsideBarsAssumed whether prices are a path through bars
   * @param conventions how bars became prices
   */
  record MadeFrom(
      String source,
      double tradeBarSeconds,
      double markBarSeconds,
      boolean orderInsideBarsAssumed,
      List<String> conventions) {}

  /**
   * How price moves.
   *
   * @param perHour standard deviation of the log price over one hour, NaN while unknown
   * @param estimator parkinson or minute_returns
   * @param barSeconds length of the bars that it is measured by
   * @param text in words
   */
  record Volatility(
      double perHour, String estimator, double barSeconds, @Json.TextOnly String text) {}

  static PricePath of(final MapWriter writer, final int instrument) {
    final ClusterTracker clusters = writer.tracker(instrument);
    final FeedOrigin origin = writer.origin(instrument);
    final long bars = clusters.measuredBars();
    return new PricePath(
        new MadeFrom(
            origin.source().isEmpty() ? null : origin.source(),
            seconds(origin.tradeBarNanos()),
            seconds(origin.markBarNanos()),
            isAssumed(origin),
            origin.namedConventions().stream().map(Format::lower).toList()),
        new Volatility(
            clusters.volatility(),
            bars > 0 ? "parkinson" : "minute_returns",
            bars > 0 ? bars / SECOND_NANOS : 60,
            volatility(clusters.volatility(), bars)),
        prices(origin),
        origin);
  }

  private static double seconds(final long nanos) {
    return nanos == FeedOrigin.UNSTATED ? Double.NaN : nanos / SECOND_NANOS;
  }

  /** Whether prices are a path through bars, whose order inside a bar isn't known. */
  private static boolean isAssumed(final FeedOrigin origin) {
    return origin.priceBarNanos() > 0;
  }

  boolean isKnown(final TrendReading trend) {
    return trend.windowNanos() >= LEAST_TREND_BARS * origin.priceBarNanos();
  }

  private static String prices(final FeedOrigin origin) {
    if (!origin.isStated()) {
      return "not stated by the feed, taken for ticks";
    }
    final List<String> known = new ArrayList<>();
    if (!origin.source().isEmpty()) {
      known.add(origin.source());
    }
    origin.namedConventions().stream().map(FeedConvention::toString).forEach(known::add);
    return (isAssumed(origin) ? "bars of " + Format.barLength(origin.priceBarNanos()) : "ticks")
        + (known.isEmpty() ? "" : " (" + String.join("; ", known) + ")")
        + (isAssumed(origin) ? ": order of prices inside a bar is assumed" : "");
  }

  private static String volatility(final double perHour, final long barNanos) {
    final String bars = "bars of " + Format.barLength(barNanos);
    return Double.isNaN(perHour)
        ? "unknown (fewer than 10 " + (barNanos > 0 ? bars : "minutes with prices") + ")"
        : String.format(
            Locale.ROOT,
            "%.4g an hour (%s)",
            perHour,
            barNanos > 0 ? "range of " + bars + ", Parkinson" : "returns of minutes");
  }

  void print(final Lines to) {
    to.line("prices", "%s", prices);
    to.line("volatility", "%s", volatility.text);
  }
}
