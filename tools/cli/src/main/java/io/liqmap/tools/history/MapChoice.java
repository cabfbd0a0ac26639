package io.liqmap.tools.history;

import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.GroupSettings;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.MeasuredMap;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.tools.answer.MapRequest;
import io.liqmap.tools.answer.ShownMap;

/**
 * Which map: whose, by which model, of which window.
 *
 * @param instrument full name: {@code venue:symbol}, or {@code group:name}
 * @param model its number, {@link MapVariant#CONSENSUS} or {@link #MEASURED}
 * @param window how far it looks back
 */
public record MapChoice(String instrument, int model, Window window) {
  /** Number of the map of known positions. */
  public static final int MEASURED = -2;

  /** The whole map of the first model. */
  public static MapChoice first(final String instrument) {
    return new MapChoice(instrument, 0, Window.ALL);
  }

  /**
   * Reads names.
   *
   * @param instrument full name, whether or not the journal has it
   * @param model name of a model, {@code consensus} or {@code measured}; null for the first
   * @param window label; null for all
   * @throws IllegalArgumentException if there is no such map, saying which there are
   */
  public static MapChoice of(
      final MapSettings settings,
      final String instrument,
      final String model,
      final String window) {
    final Window found = window == null ? Window.ALL : MapRequest.window("window", window);
    final int number =
        MapSnapshot.MEASURED.equals(model) ? MEASURED : MapRequest.number(settings, "model", model);
    final MapChoice choice = new MapChoice(instrument, number, found);
    if (choice.model == MEASURED && (choice.isGroup() || found != Window.ALL)) {
      throw new IllegalArgumentException(
          "model measured is of an instrument and of all its known positions: name a member of the"
              + " group, without a window");
    }
    return choice;
  }

  /** Whether it is of a group. */
  public boolean isGroup() {
    return instrument.startsWith(GroupSettings.VENUE + ":");
  }

  /** Whether it is what is kept of every instrument and group: the first model's whole map. */
  public boolean isFirst() {
    return model == 0 && window == Window.ALL;
  }

  /** Map of the instrument; null while there is none, and for a group. */
  InstrumentMap mapIn(final MapWriter writer) {
    return isGroup() ? null : writer.maps().of(instrument);
  }

  /** The group; null while the feed has no member of it, and for an instrument. */
  GroupMap groupIn(final MapWriter writer) {
    if (isGroup()) {
      for (final GroupMap group : writer.groups()) {
        if (group.settings().fullName().equals(instrument) && group.counted() > 0) {
          return group;
        }
      }
    }
    return null;
  }

  /** The map as of the writer's last event, on its thread; null while there is none. */
  public MapSnapshot snapshot(final MapWriter writer) {
    final GroupMap group = groupIn(writer);
    return group == null ? snapshot(writer, mapIn(writer)) : snapshot(writer, group);
  }

  MapSnapshot snapshot(final MapWriter writer, final InstrumentMap map) {
    if (map == null) {
      return null;
    }
    return model == MEASURED
        ? MeasuredMap.of(map, writer.time()).map()
        : ShownMap.of(writer, map, model, window);
  }

  MapSnapshot snapshot(final MapWriter writer, final GroupMap group) {
    return ShownMap.of(writer, group, model, window);
  }
}
