package io.liqmap.engine.settings;

/**
 * How events travel. Immutable. None of it has any influence on the state.
 *
 * @param mode threads
 * @param shards map threads, which share the instruments, 1 to 64; 1 in {@link
 *     ThreadingMode#INLINE}
 * @param ringSize slots of the ring, a power of two, 64 to 1,048,576
 * @param claim slots claimed at a time, 1 to a quarter of the ring
 * @param waitMode how the map threads wait
 * @param forced take a spinning wait even where there are too few processors for it
 */
public record PipelineSettings(
    ThreadingMode mode, int shards, int ringSize, int claim, WaitMode waitMode, boolean forced) {
  /** Most map threads. */
  public static final int MAX_SHARDS = 64;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public PipelineSettings {
    if (shards < 1 || shards > MAX_SHARDS) {
      throw new IllegalArgumentException("shards has to be 1 to " + MAX_SHARDS + ", was " + shards);
    }
    if (mode == ThreadingMode.INLINE && shards > 1) {
      throw new IllegalArgumentException(
          "shards needs mode pipelined, was " + shards + " with mode inline");
    }
    if (ringSize < 64 || ringSize > 1 << 20 || Integer.bitCount(ringSize) != 1) {
      throw new IllegalArgumentException(
          "ringSize has to be a power of two from 64 to 1048576, was " + ringSize);
    }
    if (claim < 1 || claim > ringSize / 4) {
      throw new IllegalArgumentException(
          "claim has to be 1 to a quarter of ringSize, was " + claim);
    }
  }

  /** With one map thread. */
  public PipelineSettings(
      final ThreadingMode mode,
      final int ringSize,
      final int claim,
      final WaitMode waitMode,
      final boolean forced) {
    this(mode, 1, ringSize, claim, waitMode, forced);
  }
}
