package io.liqmap.tools.command;

import io.liqmap.tools.answer.Moment;
import io.liqmap.tools.export.PriceRange;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of the commands that write the maps of many times. */
final class ColumnOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "Time of the first map, or shortly before it (default: start of journal).")
  private Moment from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "Time of the last map, or shortly after it (default: end of journal).")
  private Moment to;

  @Option(
      names = "--low",
      paramLabel = "PRICE",
      description = "Lowest price (default: of data all, of npy and png some below the lowest mark).")
  private Double low;

  @Option(
      names = "--high",
      paramLabel = "PRICE",
      description =
          "Highest price (default: of data all, of npy and png some above the highest mark).")
  private Double high;

  @Option(
      names = "--group",
      paramLabel = "N",
      description = "Buckets of the map in a row (default: 1; of a png as many as it needs).")
  private Integer group;

  /** Null for the start. */
  Moment from() {
    return time("--from", from);
  }

  /** Null for the end. */
  Moment to() {
    return time("--to", to);
  }

  private Moment time(final String option, final Moment moment) {
    if (moment != null && moment.isSequence()) {
      throw wrong(option + " " + moment + " is a sequence; give a time as 2024-08-05T12:00:00Z");
    }
    return moment;
  }

  /** Buckets in a row; 0 where none are given. */
  int group() {
    if (group != null && (group < 1 || group > 10_000)) {
      throw wrong("--group has to be 1 to 10000, was " + group);
    }
    return group == null ? 0 : group;
  }

  /** Whether both ends of the prices are given. */
  boolean hasPrices() {
    return low != null && high != null;
  }

  /** Prices that are given, and of another range what isn't. */
  PriceRange prices(final PriceRange otherwise) {
    final double from = low == null ? otherwise.low() : low;
    final double to = high == null ? otherwise.high() : high;
    if (!(from >= 0 && from < to) || (low != null && low <= 0)) {
      throw wrong(
          "--low "
              + (low == null ? "" : low + " ")
              + "and --high"
              + (high == null ? "" : " " + high)
              + " have to be prices above 0, the lower one first");
    }
    return new PriceRange(from, to);
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
