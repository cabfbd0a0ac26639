package io.liqmap.engine.journal;

/**
 * The settings text that each run puts in the journal: first what decides the state, then what has
 * no influence on it and may differ from run to run.
 */
public final class RunSettings {
  /** The line between the two parts; without it, all of a text decides. */
  public static final String NO_INFLUENCE = "# What follows has no influence on the state.";

  private RunSettings() {}

  /** How the deciding parts differ, in words; null if they don't. */
  static String difference(final String old, final String now) {
    if (decisive(old).equals(decisive(now))) {
      return null;
    }
    final String[] oldLines = decisive(old).split("\n", -1);
    final String[] lines = decisive(now).split("\n", -1);
    int at = 0;
    while (at < Math.min(oldLines.length, lines.length) && oldLines[at].equals(lines[at])) {
      at++;
    }
    return "'" + lineAt(oldLines, at) + "' then, '" + lineAt(lines, at) + "' now";
  }

  private static String lineAt(final String[] lines, final int at) {
    return at < lines.length ? lines[at].strip() : "";
  }

  /** The part of a text that decides the state. */
  public static String decisive(final String text) {
    final int end = text.indexOf(NO_INFLUENCE);
    return end < 0 ? text : text.substring(0, end);
  }
}
