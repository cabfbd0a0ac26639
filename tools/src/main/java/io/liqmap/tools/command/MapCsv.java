package io.liqmap.tools.command;

import io.liqmap.engine.map.MapImage;
import io.liqmap.engine.margin.Side;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Writes a map as CSV: a row per bucket that isn't empty, longs outward from mark, then shorts. */
final class MapCsv {
  private MapCsv() {}

  static void write(final MapAnswer answer, final PrintWriter out) {
    final MapImage image = answer.image();
    out.print(
        "instrument,time,sequence,side,price_low,price_high,quantity,notional,cumulative_notional");
    if (image.isConsensus()) {
      out.print(",least,most");
    }
    for (int leverage = 0; leverage < image.leverages(); leverage++) {
      out.print(",quantity_" + MapJson.plain(image.leverage(leverage)) + "x");
    }
    out.println();
    for (final Side side : Side.values()) {
      write(answer, side, answer.outward(side), out);
    }
  }

  private static void write(
      final MapAnswer answer, final Side side, final List<Integer> buckets, final PrintWriter out) {
    final MapImage image = answer.image();
    double sum = 0;
    for (final int bucket : buckets) {
      sum += image.notional(side, bucket);
      out.printf(
          Locale.ROOT,
          "%s,%s,%d,%s,%.8f,%.8f,%.8f,%.2f,%.2f",
          image.instrument().symbol(),
          Moment.print(answer.time()),
          answer.sequence(),
          MapJson.name(side),
          image.priceLow(bucket),
          image.priceHigh(bucket),
          image.quantity(side, bucket),
          image.notional(side, bucket),
          sum);
      if (image.isConsensus()) {
        out.printf(Locale.ROOT, ",%.8f,%.8f", image.least(side, bucket), image.most(side, bucket));
      }
      for (int leverage = 0; leverage < image.leverages(); leverage++) {
        out.printf(Locale.ROOT, ",%.8f", image.quantity(side, leverage, bucket));
      }
      out.println();
    }
  }
}
