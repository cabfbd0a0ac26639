package io.liqmap.tools.history;

/**
 * A place in a journal to go to.
 *
 * @param sequence feed sequence
 * @param time exchange time, ns since 1970
 */
public record Step(long sequence, long time) {
  /** What to go by. */
  public enum By {
    /** Each event of the feed. */
    EVENT,
    /** Snapshots of the journal. */
    SNAPSHOT,
    /** Clusters that were born or cleared. */
    CLUSTER
  }
}
