package io.liqmap.tools.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration such as 30m as nanoseconds. */
public final class DurationConverter implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,10})(s|m|h|d)");
  private static final long MOST_SECONDS = 36_500L * 86_400;

  @Override
  public Long convert(final String text) {
    final Matcher matcher = FORM.matcher(text);
    final long seconds = matcher.matches() ? seconds(matcher) : 0;
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new TypeConversionException(
          "'" + text + "' is no duration of 1s to 36500d; give one as 30m, 4h or 1d");
    }
    return seconds * 1_000_000_000L;
  }

  private static long seconds(final Matcher matcher) {
    final long unit =
        switch (matcher.group(2)) {
          case "s" -> 1;
          case "m" -> 60;
          case "h" -> 3_600;
          default -> 86_400;
        };
    return Long.parseLong(matcher.group(1)) * unit;
  }
}
