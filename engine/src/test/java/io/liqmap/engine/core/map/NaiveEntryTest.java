package io.liqmap.engine.core.map;

/** The naive map and entries. */
final class NaiveEntryTest extends EntryContract {
  @Override
  MapUnderTest map(final MapSettings settings) {
    return new NaiveInstrumentMap(settings, 0, false);
  }
}
