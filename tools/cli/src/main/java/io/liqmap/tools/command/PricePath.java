package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.structure.TrendReading;
import io.liqmap.engine.feed.FeedConvention;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.market.MapWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an instrument's prices were made from, and so what its volatility, impact, trends and
 * reactions rest on.
 *
 * @param origin what the feed says
 * @param measuredBars length of the bars that volatility and impact are measured by, ns; 0 for
 *     minutes
 * @param volatility standard deviation of the log price over one hour, NaN while unknown
 */
record PricePath(FeedOrigin origin, long measuredBars, double volatility) {
  /** A trend over fewer bars than this is one of the assumed path. */
  private static final int LEAST_TREND_BARS = 4;

  private static final double SECOND_NANOS = 1e9;

  static PricePath of(final MapWriter writer, final int instrument) {
    final ClusterTracker levels = writer.levels(instrument);
    return new PricePath(writer.origin(instrument), levels.measuredBars(), levels.volatility());
  }

  /** Whether a trend's window spans enough bars. */
  boolean isKnown(final TrendReading trend) {
    return trend.windowNanos() >= LEAST_TREND_BARS * origin.priceBarNanos();
  }

  /** Whether prices are a path through bars, whose order inside a bar isn't known. */
  private boolean isAssumed() {
    return origin.priceBarNanos() > 0;
  }

  String prices() {
    if (!origin.isStated()) {
      return "not stated by the feed, taken for ticks";
    }
    final List<String> known = new ArrayList<>();
    if (!origin.source().isEmpty()) {
      known.add(origin.source());
    }
    origin.namedConventions().forEach((convention) -> known.add(convention.toString()));
    return (isAssumed() ? "bars of " + OriginText.duration(origin.priceBarNanos()) : "ticks")
        + (known.isEmpty() ? "" : " (" + String.join("; ", known) + ")")
        + (isAssumed() ? ": order of prices inside a bar is assumed" : "");
  }

  String volatilityText() {
    return Double.isNaN(volatility)
        ? "unknown (fewer than 10 " + (measuredBars > 0 ? bars() : "minutes with prices") + ")"
        : String.format(
            Locale.ROOT,
            "%.4g an hour (%s)",
            volatility,
            measuredBars > 0 ? "range of " + bars() + ", Parkinson" : "returns of minutes");
  }

  private String bars() {
    return "bars of " + OriginText.duration(measuredBars);
  }

  void print(final PrintWriter out) {
    out.printf("prices         %s%n", prices());
    out.printf("volatility     %s%n", volatilityText());
  }

  void write(final JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("madeFrom");
    if (origin.source().isEmpty()) {
      json.writeNullField("source");
    } else {
      json.writeStringField("source", origin.source());
    }
    bars(json, "tradeBarSeconds", origin.tradeBarNanos());
    bars(json, "markBarSeconds", origin.markBarNanos());
    json.writeBooleanField("orderInsideBarsAssumed", isAssumed());
    json.writeArrayFieldStart("conventions");
    for (final FeedConvention convention : origin.namedConventions()) {
      json.writeString(convention.name().toLowerCase(Locale.ROOT));
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeObjectFieldStart("volatility");
    if (Double.isNaN(volatility)) {
      json.writeNullField("perHour");
    } else {
      json.writeNumberField("perHour", Json.plain(volatility));
    }
    json.writeStringField("estimator", measuredBars > 0 ? "parkinson" : "minute_returns");
    json.writeNumberField("barSeconds", Json.plain(measuredBars > 0 ? seconds(measuredBars) : 60));
    json.writeEndObject();
  }

  private static double seconds(final long nanos) {
    return nanos / SECOND_NANOS;
  }

  /** Null where the feed doesn't say. */
  private static void bars(final JsonGenerator json, final String name, final long nanos)
      throws IOException {
    if (nanos == FeedOrigin.UNSTATED) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, Json.plain(seconds(nanos)));
    }
  }
}
