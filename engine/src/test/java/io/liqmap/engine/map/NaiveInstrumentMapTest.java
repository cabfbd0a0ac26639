package io.liqmap.engine.map;

/** The naive map, so that it can be believed. */
final class NaiveInstrumentMapTest extends InstrumentMapContract {
  @Override
  MapUnderTest map(final MapSettings settings) {
    return new NaiveInstrumentMap(settings, 0, false);
  }
}
