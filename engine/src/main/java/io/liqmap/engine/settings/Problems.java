package io.liqmap.engine.settings;

import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Collects all problems of settings, to report them together. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();
  private final List<UnknownKey> unknown = new ArrayList<>();
  private final Set<String> paths = new TreeSet<>();

  /** A value that isn't what it has to be. */
  void add(final ConfigOrigin origin, final String key, final String got, final String expected) {
    add(origin, key + ": got " + got + ", expected " + expected);
  }

  /** A key that has to be there. */
  void addMissing(final ConfigOrigin origin, final String key, final String expected) {
    add(origin, key + ": missing, expected " + expected);
  }

  /** Anything else, in words of its own. */
  void add(final ConfigOrigin origin, final String text) {
    found.add(new Problem(file(origin), line(origin), text));
  }

  /** An unknown key; {@link #raise} suggests the nearest of all known keys. */
  void addUnknown(
      final ConfigOrigin origin,
      final String section,
      final String key,
      final Set<String> siblings) {
    unknown.add(new UnknownKey(origin, section, key, new TreeSet<>(siblings)));
  }

  void addPath(final String path) {
    paths.add(path);
  }

  int count() {
    return found.size() + unknown.size();
  }

  /**
   * Ends the collection.
   *
   * @throws ConfigException if there is a problem
   */
  void raise() {
    if (count() == 0) {
      return;
    }
    for (final UnknownKey key : unknown) {
      add(key.origin(), key.text(paths));
    }
    unknown.clear();
    found.sort(Comparator.comparing(Problem::file).thenComparingInt(Problem::line));
    throw new ConfigException(found.stream().map(Problem::text).distinct().toList());
  }

  /** File and line of a value. */
  static String place(final ConfigOrigin origin) {
    return line(origin) > 0 ? file(origin) + ":" + line(origin) : file(origin);
  }

  private static String file(final ConfigOrigin origin) {
    if (origin.filename() != null) {
      return origin.filename();
    }
    // Texts and environment variables have no file, only a description that ends in the line.
    return origin.description().replaceFirst(": \\d+(-\\d+)?$", "");
  }

  private static int line(final ConfigOrigin origin) {
    return origin.lineNumber();
  }

  private record Problem(String file, int line, String text) {
    Problem {
      text = (line > 0 ? file + ":" + line : file) + ": " + text;
    }
  }

  private record UnknownKey(ConfigOrigin origin, String section, String key, Set<String> siblings) {
    String text(final Set<String> paths) {
      final String path = Section.join(section, key);
      String meant = Spelling.nearest(key, siblings);
      if (meant.isEmpty()) {
        meant = Spelling.sameEnd(key, paths);
      } else {
        meant = Section.join(section, meant);
      }
      if (!meant.isEmpty()) {
        return path + ": unknown key, did you mean " + meant + "?";
      }
      return path + ": unknown key, expected one of " + String.join(", ", siblings);
    }
  }
}
