package io.liqmap.engine.margin;

import java.util.List;

/** A venue's rules for one kind of contract, each with the time from which it holds. Immutable. */
public final class DatedRules {
  private final long[] from;
  private final List<MarginRule> rules;

  /**
   * Takes rules in the order of their times.
   *
   * @param fromNanos times from which they hold, ns since 1970, rising; the first holds before its
   *     time as well
   * @throws IllegalArgumentException if there is none, or the times don't rise
   */
  public DatedRules(final long[] fromNanos, final List<MarginRule> inOrder) {
    if (inOrder.isEmpty() || fromNanos.length != inOrder.size()) {
      throw new IllegalArgumentException("each rule needs a date, and one rule is the least");
    }
    for (int i = 1; i < fromNanos.length; i++) {
      if (fromNanos[i] <= fromNanos[i - 1]) {
        throw new IllegalArgumentException("dates of rules have to rise");
      }
    }
    from = fromNanos.clone();
    rules = List.copyOf(inOrder);
  }

  static DatedRules always(final MarginRule rule) {
    return new DatedRules(new long[] {0}, List.of(rule));
  }

  /** Rules that there are. */
  public int size() {
    return from.length;
  }

  /** Number of the rule that holds at a time, from 0. */
  public int indexAt(final long nanos) {
    int index = 0;
    while (index + 1 < from.length && nanos >= from[index + 1]) {
      index++;
    }
    return index;
  }

  /** Time from which a rule holds, ns since 1970; 0 for a first one whose beginning isn't known. */
  public long from(final int index) {
    return from[index];
  }

  /** Time at which a rule ends, ns since 1970; the largest long for the last. */
  public long until(final int index) {
    return index + 1 < from.length ? from[index + 1] : Long.MAX_VALUE;
  }

  /** A rule, numbered from 0. */
  public MarginRule rule(final int index) {
    return rules.get(index);
  }
}
