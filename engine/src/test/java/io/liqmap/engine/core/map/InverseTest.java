package io.liqmap.engine.core.map;

/** The fast map and inverse contracts. */
final class InverseTest extends InverseContract {
  @Override
  MapUnderTest inverse(final MapSettings settings) {
    return new FastInstrumentMap(FastInstrumentMap.of(settings, true), 0);
  }

  @Override
  MapUnderTest linear(final MapSettings settings) {
    return new FastInstrumentMap(FastInstrumentMap.of(settings, false), 0);
  }
}
