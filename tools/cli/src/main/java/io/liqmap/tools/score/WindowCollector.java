package io.liqmap.tools.score;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.InstrumentState;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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

  /** Instruments in the order of their numbers. */
  List<InstrumentWindows> instruments() {
    return Arrays.stream(instruments).filter(Objects::nonNull).toList();
  }

  /** Instruments in the order of their numbers, once the replay has ended. */
  List<CollectedWindows> collected() {
    return instruments().stream().map((of) -> of.collected(maps)).toList();
  }
}
