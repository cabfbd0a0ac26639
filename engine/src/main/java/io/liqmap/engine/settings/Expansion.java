package io.liqmap.engine.settings;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Checks HOCON before it is parsed, and rejects what can grow or take time beyond its size: each
 * substitution may double what it names, and an object that is written in many pieces is copied for
 * each.
 */
final class Expansion {
  /** What settings may grow to, in characters. */
  private static final double MOST = 64 << 20;

  /** Substitutions of one text, whatever its size. */
  private static final int MOST_SUBSTITUTIONS = 24;

  /** Keys of one object. */
  private static final int MOST_KEYS = 4_096;

  private final String text;
  private final int most;
  private final Deque<int[]> keys = new ArrayDeque<>();
  private int line = 1;
  private int at;
  private int substitutions;

  /** Where a text goes too far, and how. */
  record Excess(int line, String text) {}

  private Expansion(final String text) {
    this.text = text;
    // Of n substitutions in a chain, three a step make most of what there is: 3^(n/3).
    most =
        (int)
            Math.min(
                MOST_SUBSTITUTIONS, 3 * Math.log(MOST / Math.max(1, text.length())) / Math.log(3));
    keys.push(new int[1]);
  }

  /** The first place where a text goes too far; null if it doesn't. */
  static Excess of(final String text) {
    return new Expansion(text).find();
  }

  private Excess find() {
    while (at < text.length()) {
      final char next = text.charAt(at);
      if (next == '\n') {
        line++;
        at++;
      } else if (next == '#' || text.startsWith("//", at)) {
        skipTo("\n");
      } else if (text.startsWith("\"\"\"", at)) {
        at += 3;
        skipTo("\"\"\"");
        at += 3;
      } else if (next == '"') {
        skipString();
      } else {
        final Excess excess = scan(next);
        if (excess != null) {
          return excess;
        }
        at++;
      }
    }
    return null;
  }

  private Excess scan(final char next) {
    if (text.startsWith("${", at) || text.startsWith("+=", at)) {
      substitutions++;
      if (substitutions > most) {
        return new Excess(
            line,
            "more than "
                + most
                + " substitutions (${…} or +=), as many as settings of this size may have: write"
                + " the values out");
      }
      // Its brace belongs to it.
      at++;
      skipTo(next == '$' ? "}" : "");
      return next == '$' ? null : count();
    }
    switch (next) {
      case '{', '[' -> {
        if (next == '{' && isBehindKey()) {
          final Excess excess = count();
          keys.push(new int[1]);
          return excess;
        }
        keys.push(new int[1]);
      }
      case '}', ']' -> {
        if (keys.size() > 1) {
          keys.pop();
        }
      }
      case '=', ':' -> {
        return count();
      }
      default -> {}
    }
    return null;
  }

  /**
   * Whether a brace opens the object of a key, as in {@code map { … }}, and no sign comes before.
   */
  private boolean isBehindKey() {
    int before = at - 1;
    while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
      before--;
    }
    return before >= 0 && "=:[{,}\n\r".indexOf(text.charAt(before)) < 0;
  }

  private Excess count() {
    keys.peek()[0]++;
    return keys.peek()[0] > MOST_KEYS
        ? new Excess(line, "more than " + MOST_KEYS + " keys in one object")
        : null;
  }

  private void skipTo(final String end) {
    if (end.isEmpty()) {
      return;
    }
    while (at < text.length() && !text.startsWith(end, at)) {
      line += text.charAt(at) == '\n' ? 1 : 0;
      at++;
    }
  }

  private void skipString() {
    at++;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at += at < text.length() && text.charAt(at) == '"' ? 1 : 0;
  }
}
