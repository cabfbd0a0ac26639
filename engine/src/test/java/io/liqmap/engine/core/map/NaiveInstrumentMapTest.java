package io.liqmap.engine.core.map;

/** The naive map, so that it can be believed. */
final class NaiveInstrumentMapTest extends InstrumentMapContract {
  @Override
  MapUnderTest map(final MapSettings settings) {
    return new NaiveInstrumentMap(settings, 0, false);
  }
}
