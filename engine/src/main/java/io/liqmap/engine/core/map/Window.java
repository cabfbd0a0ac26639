package io.liqmap.engine.core.map;

import java.util.Locale;

/** Only positions that were opened within this time are on a map. */
public enum Window {
  H12("12h", 12),
  D1("1d", 24),
  D3("3d", 3 * 24),
  D7("7d", 7 * 24),
  D30("30d", 30 * 24),
  ALL("all", 0);

  private static final long HOUR = 3_600_000_000_000L;

  private final String label;
  private final long hours;

  Window(final String label, final long hours) {
    this.label = label;
    this.hours = hours;
  }

  /** As commands and answers write it. */
  public String label() {
    return label;
  }

  /** Its length, ns; 0 for {@link #ALL}. */
  public long nanos() {
    return hours * HOUR;
  }

  /** Window of a label, null if there is none. */
  public static Window of(final String label) {
    for (final Window window : values()) {
      if (window.label.equals(label.toLowerCase(Locale.ROOT))) {
        return window;
      }
    }
    return null;
  }
}
