package io.liqmap.benchmarks.chaos;

import java.util.SplittableRandom;

/** What befalls an engine. */
enum Disturbance {
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

  Disturbance(final String words, final int weight) {
    this.words = words;
    this.weight = weight;
  }

  private static int sum() {
    int sum = 0;
    for (final Disturbance disturbance : values()) {
      sum += disturbance.weight;
    }
    return sum;
  }

  /** What happened, for reports. */
  String words() {
    return words;
  }

  /** One of them, each as often as its weight says. */
  static Disturbance draw(final SplittableRandom random) {
    int left = random.nextInt(SUM);
    for (final Disturbance disturbance : values()) {
      left -= disturbance.weight;
      if (left < 0) {
        return disturbance;
      }
    }
    throw new IllegalStateException("the weights don't sum up");
  }
}
