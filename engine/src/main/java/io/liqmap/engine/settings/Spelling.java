package io.liqmap.engine.settings;

import java.util.Collection;
import java.util.Locale;

/** Finds what was meant by a word that isn't known. */
public final class Spelling {
  private Spelling() {}

  /** The nearest of some words, ignoring case, dashes and underscores; empty if none is near. */
  public static String nearest(final String word, final Collection<String> words) {
    final String plain = plain(word);
    String best = "";
    int least = Math.max(1, plain.length() / 3) + 1;
    for (final String candidate : words) {
      final int distance = distance(plain, plain(candidate));
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  /** A path whose last key is near to the last key of another; empty if there is none. */
  static String sameEnd(final String key, final Collection<String> paths) {
    final String end = plain(key.substring(key.lastIndexOf('.') + 1));
    for (final String path : paths) {
      if (plain(path.substring(path.lastIndexOf('.') + 1)).equals(end)) {
        return path;
      }
    }
    return "";
  }

  private static String plain(final String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** Levenshtein's. */
  private static int distance(final String left, final String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      final int[] next = new int[right.length() + 1];
      next[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        final int replaced = row[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        next[j] = Math.min(replaced, 1 + Math.min(row[j], next[j - 1]));
      }
      row = next;
    }
    return row[right.length()];
  }
}
