package io.liqmap.engine.core.state;

/**
 * What a feed lost and what of it was dropped, counted by kind. {@link FaultTally} counts; here
 * they are read. One thread.
 */
public sealed class FaultCounts permits FaultTally {
  long gaps;
  long missing;
  long duplicates;
  long reordered;
  long rejected;
  long unknown;

  FaultCounts() {}

  /** Jumps of the sequence. */
  public final long gaps() {
    return gaps;
  }

  /** Sequences that never came. */
  public final long missing() {
    return missing;
  }

  /** Messages dropped because their sequence had been seen. */
  public final long duplicates() {
    return duplicates;
  }

  /** Messages dropped because they came after a later one. */
  public final long reordered() {
    return reordered;
  }

  /**
   * Messages dropped because a value, unit or length is invalid or implausible, because open
   * interest needs a price and there is none yet, or because they exceed the budget of memory.
   */
  public final long rejected() {
    return rejected;
  }

  /** Messages skipped because their template or instrument is unknown. */
  public final long unknown() {
    return unknown;
  }

  /** Messages dropped or skipped, for whatever reason. */
  public final long dropped() {
    return duplicates + reordered + rejected + unknown;
  }

  /** Sum of all counts, which grows with each fault. */
  public final long sum() {
    return gaps + missing + dropped();
  }

  public final void encode(final StateWriter out) {
    out.putLong(gaps);
    out.putLong(missing);
    out.putLong(duplicates);
    out.putLong(reordered);
    out.putLong(rejected);
    out.putLong(unknown);
  }

  @Override
  public final boolean equals(final Object other) {
    return other instanceof FaultCounts that
        && gaps == that.gaps
        && missing == that.missing
        && duplicates == that.duplicates
        && reordered == that.reordered
        && rejected == that.rejected
        && unknown == that.unknown;
  }

  @Override
  public final int hashCode() {
    return Long.hashCode(sum());
  }

  @Override
  public final String toString() {
    return gaps
        + " gaps, "
        + missing
        + " missing, "
        + duplicates
        + " duplicate, "
        + reordered
        + " reordered, "
        + rejected
        + " rejected, "
        + unknown
        + " unknown";
  }
}
