package io.liqmap.engine.core.map;

/** The fast map and windows. */
final class WindowTest extends WindowContract {
  @Override
  MapUnderTest map(final MapSettings settings) {
    return new FastInstrumentMap(settings);
  }
}
