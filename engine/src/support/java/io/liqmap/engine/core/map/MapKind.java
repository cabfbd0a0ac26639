package io.liqmap.engine.core.map;

/** The two maps that every test of a map's behaviour holds. */
enum MapKind {
  FAST,
  NAIVE;

  MapUnderTest linear(final MapSettings settings) {
    return this == FAST
        ? new FastInstrumentMap(settings)
        : new NaiveInstrumentMap(settings, 0, false);
  }

  MapUnderTest inverse(final MapSettings settings) {
    return this == FAST
        ? new FastInstrumentMap(FastInstrumentMap.of(settings, true), 0)
        : new NaiveInstrumentMap(settings, 0, true);
  }
}
