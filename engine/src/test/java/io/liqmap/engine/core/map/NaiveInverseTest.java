package io.liqmap.engine.core.map;

/** The naive map and inverse contracts. */
final class NaiveInverseTest extends InverseContract {
  @Override
  MapUnderTest inverse(final MapSettings settings) {
    return new NaiveInstrumentMap(settings, 0, true);
  }

  @Override
  MapUnderTest linear(final MapSettings settings) {
    return new NaiveInstrumentMap(settings, 0, false);
  }
}
