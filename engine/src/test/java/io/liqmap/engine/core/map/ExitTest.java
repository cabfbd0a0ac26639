package io.liqmap.engine.core.map;

/** The fast map and exits. */
final class ExitTest extends ExitContract {
  @Override
  MapUnderTest map(final MapSettings settings) {
    return new FastInstrumentMap(settings);
  }
}
