package io.liqmap.benchmarks.chaos;

import java.util.SplittableRandom;

/** A fault that is injected into an engine. */
enum Fault {
  KILL("killed", 6),
  STOP("stopped in order", 2),
  PAUSE("paused", 3),
  LONG_PAUSE("paused for more than 30 s", 0),
  CLOCK("clock stepped", 4),
  DISK("disk filled", 3),
  COPY("journal copied", 3),
  LOCK("lock removed, second engine", 2);

  private static final int SUM = sum();

  private final String words;
  private final int weight;

  Fault(final String words, final int weight) {
    this.words = words;
    this.weight = weight;
  }

  private static int sum() {
    int sum = 0;
    for (final Fault fault : values()) {
      sum += fault.weight;
    }
    return sum;
  }

  String words() {
    return words;
  }

  /** Draws one, each as often as its weight says. */
  static Fault draw(final SplittableRandom random) {
    int left = random.nextInt(SUM);
    for (final Fault fault : values()) {
      left -= fault.weight;
      if (left < 0) {
        return fault;
      }
    }
    throw new IllegalStateException("the weights don't sum up");
  }
}
