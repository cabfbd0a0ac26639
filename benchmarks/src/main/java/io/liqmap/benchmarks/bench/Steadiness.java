package io.liqmap.benchmarks.bench;

import java.util.Arrays;

/**
 * Whether a stage runs at the speed that it keeps: after at least {@link #LEAST} passages, when the
 * last few were hardly faster than those before them. Until then the compiler still works on it.
 */
final class Steadiness {
  static final int LEAST = 7;
  private static final int FEW = 3;
  private static final double HARDLY = 0.97;

  private double[] nanos = new double[LEAST];
  private int count;

  void add(final double nanosPerEvent) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count] = nanosPerEvent;
    count++;
  }

  int passages() {
    return count;
  }

  boolean isReached() {
    return count >= LEAST && fastest(count - FEW) >= HARDLY * fastest(count - 2 * FEW);
  }

  private double fastest(final int from) {
    double least = nanos[from];
    for (int i = from + 1; i < from + FEW; i++) {
      least = Math.min(least, nanos[i]);
    }
    return least;
  }
}
