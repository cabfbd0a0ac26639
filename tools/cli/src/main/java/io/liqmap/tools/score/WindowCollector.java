package io.liqmap.tools.score;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.InstrumentState;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import java.util.ArrayList;
import java.util.List;

/** Cuts a replay into windows, instrument by instrument. One thread. */
public final class WindowCollector implements MapListener {
  private final LiquidationMaps maps;
  private final MapSettings settings;
  private final TierSweeps tiers;
  private final InstrumentWindows[] instruments;

  /**
   * Makes a collector that has seen nothing.
   *
   * @param maps of the writer that it listens to
   * @param settings of that writer
   */
  public WindowCollector(final LiquidationMaps maps, final MapSettings settings) {
    this.maps = maps;
    this.settings = settings;
    tiers = new TierSweeps(settings);
    instruments = new InstrumentWindows[maps.capacity()];
  }

  @Override
  public void onApplied(final FeedEvent event, final MapState state) {
    if (event.kind() == FeedEvent.NONE || event.instrument() < 0) {
      return;
    }
    final int id = event.instrument();
    final InstrumentState instrument = state.instrument(id);
    final InstrumentMap map = maps.of(id);
    if (instrument == null || map == null) {
      return;
    }
    if (instruments[id] == null) {
      instruments[id] = new InstrumentWindows(map, settings, tiers);
    }
    instruments[id].onEvent(event, instrument.definition(), state.gaps(id));
  }

  /** Instruments in the order of their numbers, once the replay has ended. */
  List<CollectedWindows> collected() {
    final List<CollectedWindows> all = new ArrayList<>();
    for (final InstrumentWindows of : instruments) {
      if (of != null) {
        all.add(of.collected(maps));
      }
    }
    return all;
  }
}
