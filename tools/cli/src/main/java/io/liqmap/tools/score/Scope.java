package io.liqmap.tools.score;

import java.util.Locale;

/** What a figure is of. */
public enum Scope {
  LONG(0, 0),
  SHORT(1, 1),
  BOTH(0, 1);

  /** First and last number of the sides. */
  final int first;

  final int last;

  Scope(final int first, final int last) {
    this.first = first;
    this.last = last;
  }

  /** As answers name it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
