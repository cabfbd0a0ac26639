package io.liqmap.engine.core.map;

/** The naive map and liquidations that were reported. */
final class NaiveForcedTest extends ForcedContract {
  @Override
  MapUnderTest map(final MapSettings settings) {
    return new NaiveInstrumentMap(settings, 0, false);
  }
}
