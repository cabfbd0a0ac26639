package io.liqmap.cluster;

import io.liqmap.engine.core.margin.InstrumentName;
import java.util.List;

/**
 * Instruments that one cluster has.
 *
 * @param number place in the settings, from 0
 * @param name letters, digits, - and _
 * @param instruments full names, {@code venue:symbol}; {@link #REST} for those that no other has
 */
record Shard(int number, String name, List<String> instruments) {
  static final String REST = "*";

  boolean isRest() {
    return instruments.contains(REST);
  }

  boolean has(final InstrumentName instrument) {
    return instruments.contains(instrument.toString());
  }
}
