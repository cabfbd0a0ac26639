package io.liqmap.engine.core.map;

/** The fast map and entries. */
final class EntryTest extends EntryContract {
  @Override
  MapUnderTest map(final MapSettings settings) {
    return new FastInstrumentMap(settings);
  }
}
