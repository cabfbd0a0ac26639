package io.liqmap.tools.importer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;

/** Writes an import report as one JSON object; times are ISO-8601 UTC, null where there is none. */
final class ReportJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final JsonGenerator json;

  private ReportJson(final JsonGenerator generator) {
    json = generator;
  }

  static String of(final ImportReport report) {
    final StringWriter text = new StringWriter();
    try (JsonGenerator generator =
        FACTORY.createGenerator(text).setPrettyPrinter(new DefaultPrettyPrinter())) {
      new ReportJson(generator).write(report);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private void write(final ImportReport report) throws IOException {
    json.writeStartObject();
    json.writeStringField("feed", report.feed().toString());
    json.writeStringField("format", report.format().toString());
    json.writeStringField("symbol", report.symbol());
    time("firstTime", report.firstTime());
    time("lastTime", report.lastTime());
    events(report.events());
    json.writeArrayFieldStart("files");
    for (final ImportReport.InputReport file : report.files()) {
      file(file);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("series");
    for (final ImportReport.SeriesReport series : report.series()) {
      series(series);
    }
    json.writeEndArray();
    texts("notes", report.notes());
    json.writeEndObject();
  }

  private void events(final ImportReport.EventCounts events) throws IOException {
    json.writeObjectFieldStart("events");
    json.writeNumberField("total", events.total());
    json.writeNumberField("instruments", events.instruments());
    json.writeNumberField("markPrices", events.markPrices());
    json.writeNumberField("trades", events.trades());
    json.writeNumberField("liquidations", events.liquidations());
    json.writeNumberField("openInterests", events.openInterests());
    json.writeNumberField("accountRatios", events.accountRatios());
    json.writeNumberField("bestBidOffers", events.bestBidOffers());
    json.writeEndObject();
  }

  private void file(final ImportReport.InputReport file) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", file.file().toString());
    json.writeStringField("kind", file.kind());
    json.writeBooleanField("checksumChecked", file.isChecked());
    time("firstTime", file.firstTime());
    time("lastTime", file.lastTime());
    json.writeNumberField("rowsRead", file.rowsRead());
    json.writeNumberField("rowsUsed", file.rowsUsed());
    json.writeNumberField("rowsDropped", file.dropped());
    json.writeNumberField("rowsLost", file.lost());
    json.writeArrayFieldStart("dropped");
    for (final ImportReport.DroppedRows dropped : file.droppedRows()) {
      json.writeStartObject();
      json.writeStringField("reason", dropped.reason());
      json.writeNumberField("rows", dropped.rows());
      json.writeNumberField("lost", dropped.lost());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("rowsReordered", file.rowsReordered());
    json.writeBooleanField("isNewestFirst", file.isNewestFirst());
    json.writeNumberField("rowsOutOfOrder", file.rowsOutOfOrder());
    json.writeNumberField("labelsShifted", file.labelsShifted());
    texts("conventions", file.conventions());
    texts("notes", file.notes());
    json.writeEndObject();
  }

  private void series(final ImportReport.SeriesReport series) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", series.name());
    json.writeNumberField("values", series.values());
    time("firstTime", series.firstTime());
    time("lastTime", series.lastTime());
    if (series.rhythm() > 0) {
      json.writeNumberField("rhythmSeconds", seconds(series.rhythm()));
    } else {
      json.writeNullField("rhythmSeconds");
    }
    json.writeNumberField("holes", series.holes());
    json.writeNumberField("missing", series.missing());
    json.writeNumberField(
        "missingShare", new BigDecimal(series.missingShare()).round(new MathContext(6)));
    json.writeArrayFieldStart("largestHoles");
    for (final ImportReport.Hole hole : series.largest()) {
      json.writeStartObject();
      time("from", hole.from());
      time("to", hole.to());
      json.writeNumberField("missing", hole.missing());
      if (hole.firstId() >= 0) {
        json.writeNumberField("firstId", hole.firstId());
        json.writeNumberField("lastId", hole.lastId());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void texts(final String name, final List<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (final String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private void time(final String name, final long nanos) throws IOException {
    if (nanos == 0) {
      json.writeNullField(name);
    } else {
      json.writeStringField(
          name,
          Instant.ofEpochSecond(
                  Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND))
              .toString());
    }
  }

  private static BigDecimal seconds(final long nanos) {
    final BigDecimal seconds = BigDecimal.valueOf(nanos, 9).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }
}
