package io.liqmap.engine.core.map;

/** The fast map and the crowd. */
final class SkewTest extends SkewContract {
  @Override
  MapUnderTest map(final MapSettings settings) {
    return new FastInstrumentMap(settings);
  }
}
