package io.liqmap.cluster;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How long something took, again and again: printed, never asserted. */
final class Durations {
  private static final double NANOS_PER_MILLI = 1e6;

  private final String what;
  private final List<Long> nanos = new ArrayList<>();

  Durations(final String what) {
    this.what = what;
  }

  void add(final long took) {
    nanos.add(took);
  }

  void print() {
    if (nanos.isEmpty()) {
      return;
    }
    final List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "  %s: %d times, median %.0f ms, min %.0f, max %.0f; load of the machine %.1f%n",
        what,
        sorted.size(),
        sorted.get(sorted.size() / 2) / NANOS_PER_MILLI,
        sorted.get(0) / NANOS_PER_MILLI,
        sorted.get(sorted.size() - 1) / NANOS_PER_MILLI,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
