package io.liqmap.tools.command;

import io.liqmap.tools.picture.HeatmapPicture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How large a picture is. */
final class PictureSize {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--size",
      defaultValue = "1600x900",
      paramLabel = "WxH",
      description = "Pixels of a png (default: ${DEFAULT-VALUE}).")
  private String size;

  int width() {
    return pixels(1, HeatmapPicture.LEAST_WIDTH);
  }

  int height() {
    return pixels(2, HeatmapPicture.LEAST_HEIGHT);
  }

  private int pixels(final int group, final int least) {
    final Matcher matcher = SIZE.matcher(size);
    final int pixels = matcher.matches() ? Integer.parseInt(matcher.group(group)) : 0;
    if (pixels < least || pixels > HeatmapPicture.MOST) {
      throw new ParameterException(
          spec.commandLine(),
          "--size "
              + size
              + ": give width and height as 1600x900, at least "
              + HeatmapPicture.LEAST_WIDTH
              + "x"
              + HeatmapPicture.LEAST_HEIGHT
              + ", at most "
              + HeatmapPicture.MOST
              + " each");
    }
    return pixels;
  }
}
