package io.liqmap.tools.history;

/**
 * Something that happened to a map or its feed. Immutable, for any thread.
 *
 * @param sequence feed sequence of the event that caused it
 * @param time exchange time, ns since 1970
 * @param kind what it is
 * @param side {@code long} or {@code short} of the positions; null without
 * @param price where: a liquidation's, a cluster's largest bucket, where a sweep or a cascade ends;
 *     NaN without
 * @param priceLow lower end of what mark crossed or the cluster has; NaN without
 * @param priceHigh upper end; NaN without
 * @param notional quote asset; NaN without
 * @param cluster number of the cluster; 0 without
 * @param text for a person
 */
public record HistoryEvent(
    long sequence,
    long time,
    Kind kind,
    String side,
    double price,
    double priceLow,
    double priceHigh,
    double notional,
    long cluster,
    String text) {

  /** What happened. */
  public enum Kind {
    /** Mark has swept positions. */
    SWEEP("sweep"),
    /** The venue reported a liquidation. */
    LIQUIDATION("liquidation"),
    /** There is a new cluster. */
    CLUSTER_BORN("clusterBorn"),
    /** Mark has crossed all of a cluster. */
    CLUSTER_CLEARED("clusterCleared"),
    /** A shock would reach much farther, by what it sweeps. */
    CASCADE("cascade"),
    /** Messages are missing: in the feed, or in the instrument's own stream. */
    GAP("gap"),
    /** What the map lacks has changed. */
    QUALITY("quality");

    private final String label;

    Kind(final String label) {
      this.label = label;
    }

    /** As answers write it. */
    public String label() {
      return label;
    }

    /** The kind of a label; null if there is none. */
    public static Kind of(final String label) {
      for (final Kind kind : values()) {
        if (kind.label.equals(label)) {
          return kind;
        }
      }
      return null;
    }
  }
}
