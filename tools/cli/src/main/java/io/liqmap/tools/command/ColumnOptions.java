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
      description = "First of many maps: at this time or soon after (default: start of journal).")
  private Moment from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "Last of many maps: at this time or soon before (default: end of journal).")
  private Moment to;

  @Option(
      names = "--low",
      paramLabel = "PRICE",
      description = "Lowest price of a picture or of many maps (default: of csv and parquet all).")
  private Double low;

  @Option(
      names = "--high",
      paramLabel = "PRICE",
      description = "Highest price of a picture or of many maps (default: of csv and parquet all).")
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

  /** Complains of values that no journal can have. */
  void check() {
    from();
    to();
    group();
    prices(PriceRange.ALL);
  }

  boolean hasTimes() {
    return from != null || to != null;
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
