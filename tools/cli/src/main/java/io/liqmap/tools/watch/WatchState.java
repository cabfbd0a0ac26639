package io.liqmap.tools.watch;

import java.util.Locale;

/**
 * How a map comes.
 *
 * @param kind whether it is kept up to date
 * @param ageSeconds since the map last changed
 * @param progress share of the journal that is read, 0 to 1
 * @param problem what is wrong, for a person; null if nothing is
 */
record WatchState(Kind kind, double ageSeconds, double progress, String problem) {
  private static final double STALE_SECONDS = 10;

  /** Whether a map is kept up to date. */
  enum Kind {
    WAITING,
    READING,
    LIVE,
    FINISHED,
    BROKEN
  }

  /** Whether an engine runs, and has said nothing for too long. */
  boolean isStale() {
    return kind == Kind.LIVE && ageSeconds > STALE_SECONDS;
  }

  /** Whether it is to be worried about. */
  boolean isBad() {
    return isStale() || kind == Kind.BROKEN;
  }

  /** In a few words. */
  String text() {
    return switch (kind) {
      case WAITING -> "waiting for a map";
      case READING -> String.format(Locale.ROOT, "reading, %.0f %%", 100 * progress);
      case FINISHED -> "finished";
      case BROKEN -> "BROKEN";
      case LIVE ->
          (isStale() ? "STALE, nothing new for " : "live, ")
              + (ageSeconds < 10
                  ? String.format(Locale.ROOT, "%.1f s", ageSeconds)
                  : String.format(Locale.ROOT, "%,.0f s", ageSeconds))
              + (isStale() ? "" : " old");
    };
  }
}
