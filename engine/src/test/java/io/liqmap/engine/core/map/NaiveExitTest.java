package io.liqmap.engine.core.map;

/** The naive map and exits. */
final class NaiveExitTest extends ExitContract {
  @Override
  MapUnderTest map(final MapSettings settings) {
    return new NaiveInstrumentMap(settings, 0, false);
  }
}
