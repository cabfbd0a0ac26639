package io.liqmap.engine.core.state;

/** Counts faults of a feed. One thread; allocates nothing. */
public final class FaultTally extends FaultCounts {
  /** Starts at zero. */
  public FaultTally() {}

  /** Starts with the counts of another. */
  public FaultTally(final FaultCounts other) {
    add(other);
  }

  /** Replaces the counts by those of one gap. */
  public FaultTally set(
      final long newMissing,
      final long newDuplicates,
      final long newReordered,
      final long newRejected,
      final long newUnknown) {
    gaps = newMissing > 0 ? 1 : 0;
    missing = newMissing;
    duplicates = newDuplicates;
    reordered = newReordered;
    rejected = newRejected;
    unknown = newUnknown;
    return this;
  }

  /** Adds one run of missing sequences; none if it is 0 long. */
  public void addMissing(final long sequences) {
    gaps += sequences > 0 ? 1 : 0;
    missing += sequences;
  }

  /** Adds messages whose sequence had been seen. */
  public void addDuplicates(final long messages) {
    duplicates += messages;
  }

  /** Adds messages that came after a later one. */
  public void addReordered(final long messages) {
    reordered += messages;
  }

  public void addRejected(final long messages) {
    rejected += messages;
  }

  /** Adds messages of an unknown template or instrument. */
  public void addUnknown(final long messages) {
    unknown += messages;
  }

  public void add(final FaultCounts other) {
    gaps += other.gaps;
    missing += other.missing;
    duplicates += other.duplicates;
    reordered += other.reordered;
    rejected += other.rejected;
    unknown += other.unknown;
  }

  public void subtract(final FaultCounts other) {
    gaps -= other.gaps;
    missing -= other.missing;
    duplicates -= other.duplicates;
    reordered -= other.reordered;
    rejected -= other.rejected;
    unknown -= other.unknown;
  }

  /** Goes back to zero. */
  public void clear() {
    subtract(this);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalStateException if the state has ended
   */
  public void decode(final StateReader in) {
    gaps = in.getLong();
    missing = in.getLong();
    duplicates = in.getLong();
    reordered = in.getLong();
    rejected = in.getLong();
    unknown = in.getLong();
  }
}
