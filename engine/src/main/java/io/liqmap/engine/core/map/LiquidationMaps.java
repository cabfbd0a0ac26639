package io.liqmap.engine.core.map;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The maps of all instruments of a feed, by number. One thread. */
public final class LiquidationMaps {
  private final MapSettings settings;
  private final Lattice lattice;
  private final InstrumentMap[] maps;
  private int count;

  /**
   * Makes room for instruments.
   *
   * @param maxInstruments they have numbers below this, 1 or more
   */
  public LiquidationMaps(final MapSettings settings, final int maxInstruments) {
    this.settings = settings;
    lattice = new Lattice(settings.resolutionBps());
    maps = new InstrumentMap[maxInstruments];
  }

  /** Makes room for as many instruments, under the same settings. */
  public LiquidationMaps(final LiquidationMaps like) {
    settings = like.settings;
    lattice = like.lattice;
    maps = new InstrumentMap[like.maps.length];
  }

  /** Adopts an instrument's map, which nothing else may change from now on. */
  public void adopt(final InstrumentMap map) {
    count += maps[map.instrument().id()] == null ? 1 : 0;
    maps[map.instrument().id()] = map;
  }

  /** Starts the map of an instrument; one that has a map already keeps it. */
  public void define(final Instrument instrument) {
    if (maps[instrument.id()] == null) {
      maps[instrument.id()] = new InstrumentMap(instrument, settings, lattice);
      count++;
    }
  }

  public MapSettings settings() {
    return settings;
  }

  public Lattice lattice() {
    return lattice;
  }

  /** Map of an instrument, null before it was defined. */
  public InstrumentMap of(final int instrument) {
    return maps[instrument];
  }

  /**
   * Map of an instrument, null if none was defined, or several venues have the symbol.
   *
   * @param name {@code venue:symbol}, or a symbol
   */
  public InstrumentMap of(final String name) {
    final List<InstrumentMap> found =
        InstrumentName.matching(name, all(), (map) -> map.instrument().name());
    return found.size() == 1 ? found.get(0) : null;
  }

  /** All maps, in the order of their instruments' numbers; for reports, not for the hot path. */
  public List<InstrumentMap> all() {
    return Arrays.stream(maps).filter(Objects::nonNull).toList();
  }

  /** Venue and symbol of all maps, in the same order. */
  public List<InstrumentName> names() {
    return all().stream().map((map) -> map.instrument().name()).toList();
  }

  /** Instruments that were defined. */
  public int count() {
    return count;
  }

  /** Instruments have numbers below this. */
  public int capacity() {
    return maps.length;
  }

  /** Writes the state of all maps, in the order of their numbers. */
  public void encode(final StateWriter out) {
    for (final InstrumentMap map : maps) {
      if (map != null) {
        map.encode(out);
      }
    }
  }

  /** Writes the state of one instrument's map. */
  public void encode(final int instrument, final StateWriter out) {
    maps[instrument].encode(out);
  }

  /**
   * Reads a state; its instruments have been defined, and nothing else happened yet.
   *
   * @throws IllegalStateException if the bytes are no such state
   */
  public void decode(final StateReader in) {
    for (final InstrumentMap map : maps) {
      if (map != null) {
        map.decode(in);
      }
    }
  }
}
