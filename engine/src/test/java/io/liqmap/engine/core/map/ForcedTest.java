package io.liqmap.engine.core.map;

/** The fast map and liquidations that were reported. */
final class ForcedTest extends ForcedContract {
  @Override
  MapUnderTest map(final MapSettings settings) {
    return new FastInstrumentMap(settings);
  }
}
