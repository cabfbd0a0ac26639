package io.liqmap.tools.command;

import io.liqmap.tools.answer.Format;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** How much is written at most, and what to change where it is more. */
final class ExportLimits {
  private static final long MOST_COLUMNS = 2_000_000;
  private static final long MOST_VALUES = 1L << 30;

  private final CommandSpec spec;

  ExportLimits(final CommandSpec spec) {
    this.spec = spec;
  }

  void columns(final long columns, final long every, final long from, final long to) {
    if (columns < 1) {
      throw wrong(
          "no interval of --every %s ends from %s to %s",
          Format.duration(every), Format.time(from), Format.time(to));
    }
    if (columns > MOST_COLUMNS) {
      throw wrong(
          "that is %,d columns, and %,d are the most: give a longer --every, or less time",
          columns, MOST_COLUMNS);
    }
  }

  /** Of an array of two sides, which holds its empty cells too. */
  void values(final long columns, final long rows, final long leverages) {
    final long values = Math.max(0, columns) * rows * 2 * leverages;
    if (values > MOST_VALUES) {
      throw wrong(
          "%,d columns of %,d rows, 2 sides%s are %,d values, %,d MiB, and %,d values are the"
              + " most: give a longer --every or less time, a larger --group, or --low and"
              + " --high nearer to each other",
          columns,
          rows,
          leverages == 1 ? "" : " and " + leverages + " leverages",
          values,
          (values * Double.BYTES) >> 20,
          MOST_VALUES);
    }
  }

  private ParameterException wrong(final String format, final Object... values) {
    return new ParameterException(spec.commandLine(), String.format(Locale.ROOT, format, values));
  }
}
