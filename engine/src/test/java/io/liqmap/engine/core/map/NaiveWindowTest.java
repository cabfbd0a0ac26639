package io.liqmap.engine.core.map;

/** The naive map and windows. */
final class NaiveWindowTest extends WindowContract {
  @Override
  MapUnderTest map(final MapSettings settings) {
    return new NaiveInstrumentMap(settings, 0, false);
  }
}
