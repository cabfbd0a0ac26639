package io.liqmap.engine.settings;

/** How a map thread waits for the ring; the journal thread always parks. */
public enum WaitMode {
  /** Sleeps for some 50 µs at a time: leaves the processors to others. */
  PARK(false),
  /** Spins, and offers its processor to others now and then. */
  YIELD(true),
  /** Spins and never gives way: the shortest latency. */
  SPIN(true);

  private final boolean spinning;

  WaitMode(final boolean spinning) {
    this.spinning = spinning;
  }

  /** Whether a waiting thread keeps its processor busy. */
  public boolean isSpinning() {
    return spinning;
  }
}
