package io.liqmap.tools.command;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Side;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a map as CSV: a row per bucket that isn't empty, longs outward from mark, then shorts. */
final class MapCsv {
  private MapCsv() {}

  static void write(final MapAnswer answer, final PrintWriter out) throws IOException {
    final MapSnapshot image = answer.image();
    final CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.PLATFORM).build(out);
    final List<String> names =
        new ArrayList<>(
            List.of(
                "instrument",
                "time",
                "sequence",
                "side",
                "price_low",
                "price_high",
                "quantity",
                "notional",
                "cumulative_notional"));
    if (image.isConsensus()) {
      names.addAll(List.of("least", "most"));
    }
    for (int leverage = 0; leverage < image.leverages(); leverage++) {
      names.add("quantity_" + MapJson.plain(image.leverage(leverage)) + "x");
    }
    csv.writeRecord(names);
    for (final Side side : Side.values()) {
      write(answer, side, answer.outward(side), csv);
    }
    csv.flush();
  }

  private static void write(
      final MapAnswer answer, final Side side, final List<Integer> buckets, final CsvWriter csv) {
    final MapSnapshot image = answer.image();
    double sum = 0;
    for (final int bucket : buckets) {
      sum += image.notional(side, bucket);
      final List<String> row = new ArrayList<>();
      row.add(image.instrument().symbol());
      row.add(Moment.print(answer.time()));
      row.add(Long.toString(answer.sequence()));
      row.add(MapJson.name(side));
      row.add(fixed(8, image.priceLow(bucket)));
      row.add(fixed(8, image.priceHigh(bucket)));
      row.add(fixed(8, image.quantity(side, bucket)));
      row.add(fixed(2, image.notional(side, bucket)));
      row.add(fixed(2, sum));
      if (image.isConsensus()) {
        row.add(fixed(8, image.least(side, bucket)));
        row.add(fixed(8, image.most(side, bucket)));
      }
      for (int leverage = 0; leverage < image.leverages(); leverage++) {
        row.add(fixed(8, image.quantity(side, leverage, bucket)));
      }
      csv.writeRecord(row);
    }
  }

  private static String fixed(final int decimals, final double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
