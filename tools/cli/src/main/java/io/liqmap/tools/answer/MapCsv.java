package io.liqmap.tools.answer;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.liqmap.engine.core.margin.Side;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a map as CSV: a row per bucket that isn't empty, longs outward from mark, then shorts. */
public final class MapCsv {
  private static final List<String> NAMES =
      List.of(
          "instrument",
          "time",
          "sequence",
          "side",
          "price_low",
          "price_high",
          "quantity",
          "notional",
          "cumulative_notional");

  private MapCsv() {}

  /** Writes a map; the writer stays open. */
  public static void write(final MapAnswer answer, final PrintWriter out) throws IOException {
    final CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.PLATFORM).build(out);
    final List<String> names = new ArrayList<>(NAMES);
    if (answer.isConsensus()) {
      names.addAll(List.of("least", "most"));
    }
    answer.leverages().forEach((leverage) -> names.add("quantity_" + leverage + "x"));
    answer
        .members()
        .ifPresent((all) -> all.forEach((member) -> names.add("notional_" + member.name())));
    csv.writeRecord(names);
    for (final Side side : Side.values()) {
      double sum = 0;
      for (final MapAnswer.Bucket bucket : answer.outward(side)) {
        sum += bucket.notional();
        csv.writeRecord(row(answer, bucket, sum));
      }
    }
    csv.flush();
  }

  private static List<String> row(
      final MapAnswer answer, final MapAnswer.Bucket bucket, final double sum) {
    final List<String> row = new ArrayList<>();
    row.add(answer.label());
    row.add(answer.time());
    row.add(Long.toString(answer.sequence()));
    row.add(bucket.side());
    row.add(fixed(8, bucket.priceLow()));
    row.add(fixed(8, bucket.priceHigh()));
    row.add(fixed(8, bucket.quantity()));
    row.add(fixed(2, bucket.notional()));
    row.add(fixed(2, sum));
    bucket
        .spread()
        .ifPresent(
            (spread) -> {
              row.add(fixed(8, spread.least()));
              row.add(fixed(8, spread.most()));
            });
    for (final String leverage : answer.leverages()) {
      row.add(fixed(8, bucket.tiers().getOrDefault(leverage, 0.0)));
    }
    final Map<String, Double> byMember = bucket.members().orElse(Map.of());
    answer
        .members()
        .ifPresent(
            (all) ->
                all.forEach(
                    (member) -> row.add(fixed(2, byMember.getOrDefault(member.name(), 0.0)))));
    return row;
  }

  private static String fixed(final int decimals, final double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
