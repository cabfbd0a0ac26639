package io.liqmap.engine.core.map;

/** The naive map and the crowd. */
final class NaiveSkewTest extends SkewContract {
  @Override
  MapUnderTest map(final MapSettings settings) {
    return new NaiveInstrumentMap(settings, 0, false);
  }
}
