package io.liqmap.tools.answer;

import java.util.ArrayList;
import java.util.List;

/** What has to be said beside a picture of a map, in few words. */
public final class MapWords {
  private MapWords() {}

  /** Whose map it is: symbol and venue. */
  public static String whose(final MapAnswer answer) {
    return answer.members().isPresent()
        ? answer.instrument() + "  group"
        : answer.instrument() + "  " + answer.venue();
  }

  /** Which map it is, what of open interest it covers, and what its data lacks. */
  public static String which(final MapAnswer answer) {
    final List<String> words = new ArrayList<>();
    words.add("model " + answer.assumptions().model());
    words.add(answer.since().isPresent() ? "opened within " + answer.window() : "all positions");
    if (answer.measured().isEmpty()) {
      words.add(
          String.format(
              "%s of long and %s of short open interest",
              Format.percent(answer.coverage().longs()),
              Format.percent(answer.coverage().shorts())));
    }
    if (answer.quality().markMissing()) {
      words.add("mark: last price");
    }
    if (answer.quality().openInterestStale()) {
      words.add("open interest STALE");
    }
    if (answer.quality().gaps() > 0) {
      words.add(Format.count(answer.quality().gaps()) + " gaps");
    }
    return String.join(" · ", words);
  }

  /** What it is not. */
  public static String caveat(final MapAnswer answer) {
    return answer.measured().isPresent()
        ? "Known positions as of their last reports, not a forecast."
        : "An estimate from open interest, volume and assumed leverage, not a forecast.";
  }
}
