package io.liqmap.benchmarks.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** A run as one JSON object. */
final class JsonReport {
  static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 99.999, 100};

  private final BenchOptions options;
  private final Results results;

  JsonReport(final BenchOptions options, final Results results) {
    this.options = options;
    this.results = results;
  }

  /** p50 … p99.999, max. */
  static String name(final double percentile) {
    if (percentile == 100) {
      return "max";
    }
    return percentile == Math.rint(percentile) ? "p" + (int) percentile : "p" + percentile;
  }

  String text() throws IOException {
    final StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.setPrettyPrinter(new DefaultPrettyPrinter());
      out.writeStartObject();
      out.writeObjectFieldStart("machine");
      for (final Map.Entry<String, String> fact : Machine.facts().entrySet()) {
        out.writeStringField(fact.getKey(), fact.getValue());
      }
      out.writeEndObject();
      settings(out);
      stages(out);
      latencies(out);
      ratios(out);
      out.writeStringField("stateHash", Long.toHexString(results.stateHash()));
      out.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private void settings(final JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("settings");
    out.writeBooleanField("quick", options.quick());
    out.writeNumberField("jvms", options.jvms());
    out.writeNumberField("rounds", options.rounds());
    out.writeNumberField("events", options.events());
    out.writeStringField("text", MarkdownReport.settings(options));
    out.writeEndObject();
  }

  private void stages(final JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("stages");
    for (final Leg leg : results.legs()) {
      final List<Passage> rounds = results.of(leg);
      out.writeStartObject();
      out.writeStringField("stage", leg.key());
      out.writeStringField("title", plain(leg));
      out.writeNumberField("rounds", rounds.size());
      spread(out, "eventsPerSecond", rounds, Passage::eventsPerSecond);
      spread(out, "nanosPerEvent", rounds, Passage::nanosPerEvent);
      if (!rounds.get(0).allocated().isEmpty()) {
        out.writeObjectFieldStart("allocatedBytesPerEvent");
        spread(out, "feed", rounds, (round) -> round.allocated().get(0));
        spread(out, "map", rounds, (round) -> round.allocated().get(1));
        spread(out, "journal", rounds, (round) -> round.allocated().get(2));
        out.writeEndObject();
      }
      for (final String note : rounds.get(0).notes().keySet()) {
        spread(out, note, rounds, (round) -> round.notes().get(note));
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static String plain(final Leg leg) {
    return leg.title().replace("**", "");
  }

  private void spread(
      final JsonGenerator out,
      final String name,
      final List<Passage> rounds,
      final ToDoubleFunction<Passage> figure)
      throws IOException {
    spread(out, name, results.spread(rounds, figure));
  }

  private static void spread(final JsonGenerator out, final String name, final Spread spread)
      throws IOException {
    out.writeObjectFieldStart(name);
    out.writeNumberField("median", spread.median());
    out.writeNumberField("min", spread.min());
    out.writeNumberField("max", spread.max());
    out.writeArrayFieldStart("jvms");
    for (final double median : spread.jvms()) {
      out.writeNumber(median);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void latencies(final JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("latencies");
    for (final double rate : results.rates()) {
      for (final Leg leg : results.legs(rate)) {
        final List<Passage> rounds = results.of(leg, rate);
        out.writeStartObject();
        out.writeStringField("stage", leg.key());
        out.writeStringField("title", plain(leg));
        out.writeNumberField("eventsPerSecond", rate);
        out.writeNumberField("rounds", rounds.size());
        out.writeObjectFieldStart("nanos");
        for (final double percentile : PERCENTILES) {
          spread(out, name(percentile), results.latency(rounds, percentile));
        }
        out.writeEndObject();
        out.writeEndObject();
      }
      hiccups(out, rate);
    }
    out.writeEndArray();
  }

  private void hiccups(final JsonGenerator out, final double rate) throws IOException {
    final Histogram hiccups = results.hiccups(rate);
    out.writeStartObject();
    out.writeStringField("stage", "hiccups");
    out.writeStringField("title", "an idle thread of the same processes, all rounds");
    out.writeNumberField("eventsPerSecond", rate);
    out.writeNumberField("rounds", options.jvms() * options.rounds());
    out.writeObjectFieldStart("nanos");
    for (final double percentile : PERCENTILES) {
      spread(
          out, name(percentile), Spread.of(1, (double) hiccups.getValueAtPercentile(percentile)));
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  /** Medians in one object, what they lie between in another. */
  private void ratios(final JsonGenerator out) throws IOException {
    final Ratios ratios = new Ratios(results);
    out.writeObjectFieldStart("ratios");
    for (final Ratios.Ratio ratio : ratios.all()) {
      out.writeNumberField(ratio.key(), ratio.spread().median());
    }
    beside(out, ratios);
    out.writeEndObject();
    out.writeObjectFieldStart("ratioSpreads");
    for (final Ratios.Ratio ratio : ratios.all()) {
      spread(out, ratio.key(), ratio.spread());
    }
    spread(out, "snapshotPauseMicros", ratios.snapshotPauseMicros());
    spread(out, "allocatedBytesPerEvent", ratios.allocatedBytesPerEvent());
    out.writeEndObject();
    beside(out, ratios);
  }

  private void beside(final JsonGenerator out, final Ratios ratios) throws IOException {
    out.writeNumberField("snapshotPauseMicros", ratios.snapshotPauseMicros().median());
    out.writeNumberField("allocatedBytesPerEvent", ratios.allocatedBytesPerEvent().median());
    out.writeBooleanField("stateHashEqual", results.areAnswersEqual());
  }
}
