package io.liqmap.tools.importer;

import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/** An import report as JSON has it: times are ISO-8601 UTC, null where there is none. */
record ReportJson(
    String feed,
    String format,
    String symbol,
    String firstTime,
    String lastTime,
    Events events,
    List<Input> files,
    List<Series> series,
    List<String> notes) {

  record Events(long total, @Json.Inlined ImportReport.EventCounts kinds) {}

  record Input(
      String file,
      String kind,
      boolean checksumChecked,
      String firstTime,
      String lastTime,
      long rowsRead,
      long rowsUsed,
      long rowsDropped,
      long rowsLost,
      List<ImportReport.DroppedRows> dropped,
      long rowsReordered,
      boolean isNewestFirst,
      long rowsOutOfOrder,
      long labelsShifted,
      List<String> conventions,
      List<String> notes) {}

  record Series(
      String name,
      long values,
      String firstTime,
      String lastTime,
      BigDecimal rhythmSeconds,
      long holes,
      long missing,
      BigDecimal missingShare,
      List<Gap> largestHoles) {}

  record Gap(String from, String to, long missing, Optional<Long> firstId, Optional<Long> lastId) {}

  static ReportJson of(final ImportReport report) {
    return new ReportJson(
        report.feed().toString(),
        report.format().toString(),
        report.symbol(),
        Format.timeOrNull(report.firstTime()),
        Format.timeOrNull(report.lastTime()),
        new Events(report.events().total(), report.events()),
        report.files().stream().map(ReportJson::input).toList(),
        report.series().stream().map(ReportJson::series).toList(),
        report.notes());
  }

  private static Input input(final ImportReport.InputReport file) {
    return new Input(
        file.file().toString(),
        file.kind(),
        file.isChecked(),
        Format.timeOrNull(file.firstTime()),
        Format.timeOrNull(file.lastTime()),
        file.rowsRead(),
        file.rowsUsed(),
        file.dropped(),
        file.lost(),
        file.droppedRows(),
        file.rowsReordered(),
        file.isNewestFirst(),
        file.rowsOutOfOrder(),
        file.labelsShifted(),
        file.conventions(),
        file.notes());
  }

  private static Series series(final ImportReport.SeriesReport series) {
    return new Series(
        series.name(),
        series.values(),
        Format.timeOrNull(series.firstTime()),
        Format.timeOrNull(series.lastTime()),
        series.rhythm() > 0 ? seconds(series.rhythm()) : null,
        series.holes(),
        series.missing(),
        new BigDecimal(series.missingShare()).round(new MathContext(6)),
        series.largest().stream().map(ReportJson::gap).toList());
  }

  private static Gap gap(final ImportReport.Hole hole) {
    final Optional<Long> firstId = Optional.of(hole.firstId()).filter((id) -> id >= 0);
    return new Gap(
        Format.timeOrNull(hole.from()),
        Format.timeOrNull(hole.to()),
        hole.missing(),
        firstId,
        firstId.map((id) -> hole.lastId()));
  }

  private static BigDecimal seconds(final long nanos) {
    final BigDecimal seconds = BigDecimal.valueOf(nanos, 9).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }
}
