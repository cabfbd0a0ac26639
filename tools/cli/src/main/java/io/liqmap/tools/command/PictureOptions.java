package io.liqmap.tools.command;

import io.liqmap.tools.picture.MoneyScale;
import io.liqmap.tools.picture.Palette;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a heatmap's picture shows amounts. */
final class PictureOptions {
  private static final Pattern RANGE =
      Pattern.compile("(\\d+(?:\\.\\d+)?)([kMB]?):(\\d+(?:\\.\\d+)?)([kMB]?)");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--palette",
      defaultValue = "inferno",
      paramLabel = "inferno|viridis|cividis",
      description =
          "Colours of a png, all legible to the colour-blind (default: ${DEFAULT-VALUE}).")
  private String palette;

  @Option(
      names = "--intensity",
      paramLabel = "LOW:HIGH",
      description =
          "Amounts with the first and the last colour, as 50k:5M; smaller ones aren't shown"
              + " (default: by what there is).")
  private String intensity;

  @Option(names = "--linear", description = "Colours by the amount, not by its logarithm.")
  private boolean isLinear;

  boolean isLinear() {
    return isLinear;
  }

  Palette palette() {
    final Palette found = Palette.of(palette);
    if (found == null) {
      throw wrong("--palette " + palette + ": there are " + String.join(", ", Palette.names()));
    }
    return found;
  }

  /** Null where none is given. */
  MoneyScale scale() {
    if (intensity == null) {
      return null;
    }
    final Matcher matcher = RANGE.matcher(intensity);
    final double low = matcher.matches() ? amount(matcher, 1) : 0;
    final double high = matcher.matches() ? amount(matcher, 3) : 0;
    if (!(low > 0 && low < high)) {
      throw wrong(
          "--intensity "
              + intensity
              + ": give two amounts above 0, the lower one first, as 50k:5M");
    }
    return new MoneyScale(low, high, isLinear);
  }

  private static double amount(final Matcher matcher, final int group) {
    final double factor =
        switch (matcher.group(group + 1)) {
          case "k" -> 1e3;
          case "M" -> 1e6;
          case "B" -> 1e9;
          default -> 1;
        };
    return Double.parseDouble(matcher.group(group)) * factor;
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
