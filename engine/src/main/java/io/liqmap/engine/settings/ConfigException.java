package io.liqmap.engine.settings;

import java.util.List;

/** Invalid settings: the message lists every problem, with file and line. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ConfigException(final List<String> found) {
    super(headline(found.size()) + "\n  " + String.join("\n  ", found));
    problems = List.copyOf(found);
  }

  /** The problems, one line each, ordered by file and line. */
  public List<String> problems() {
    return problems;
  }

  private static String headline(final int count) {
    return count == 1 ? "1 problem in the settings:" : count + " problems in the settings:";
  }
}
