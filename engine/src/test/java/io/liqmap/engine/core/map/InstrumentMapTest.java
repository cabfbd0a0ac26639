package io.liqmap.engine.core.map;

/** The fast map. */
final class InstrumentMapTest extends InstrumentMapContract {
  @Override
  MapUnderTest map(final MapSettings settings) {
    return new FastInstrumentMap(settings);
  }
}
