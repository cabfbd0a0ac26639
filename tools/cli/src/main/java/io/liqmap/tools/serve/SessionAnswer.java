package io.liqmap.tools.serve;

import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.GroupSettings;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.history.FollowerStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a journal has to show.
 *
 * @param journal name of its folder
 * @param isLive whether a process is writing it
 * @param first first event; null before one is read
 * @param last last event; null before one is read
 * @param progress how much of it is read, 0 to 1
 * @param problem what is wrong with it, for a person; empty if nothing is
 * @param instruments that the feed has, and groups with a member in it
 * @param models that a map can be asked for
 * @param windows that a map can be asked for
 * @param caveat what no map says
 */
record SessionAnswer(
    String journal,
    boolean isLive,
    Place first,
    Place last,
    double progress,
    Optional<String> problem,
    List<Shown> instruments,
    List<String> models,
    List<String> windows,
    String caveat) {

  private static final String CAVEAT =
      "A model's estimate, not a forecast: positions are private, and no figure here says where the"
          + " price will go. Not advice to trade.";

  /** An event: when, and which. */
  record Place(String time, long sequence) {}

  /**
   * What a map can be shown of.
   *
   * @param name as requests take it
   * @param label as short as is clear
   * @param kind instrument or group
   * @param members of a group; empty for an instrument
   */
  record Shown(
      String name,
      String label,
      String kind,
      String venue,
      String quote,
      Optional<List<String>> members) {}

  /** What a map can be asked for. */
  record Choices(List<Shown> instruments, List<String> models) {
    static Choices of(final MapWriter writer) {
      return new Choices(shown(writer), modelNames(writer));
    }
  }

  static SessionAnswer of(
      final String journal, final FollowerStatus status, final Choices choices) {
    return new SessionAnswer(
        journal,
        status.isLive(),
        new Place(Format.time(status.firstTime()), status.firstSequence()),
        new Place(Format.time(status.lastTime()), status.lastSequence()),
        status.progress(),
        Optional.ofNullable(status.problem()),
        choices.instruments(),
        choices.models(),
        Arrays.stream(Window.values()).map(Window::label).toList(),
        CAVEAT);
  }

  private static List<Shown> shown(final MapWriter writer) {
    final List<InstrumentName> names = writer.maps().names();
    final List<Shown> all = new ArrayList<>();
    for (final InstrumentMap map : writer.maps().all()) {
      all.add(
          new Shown(
              map.instrument().name().toString(),
              map.instrument().name().among(names),
              "instrument",
              map.instrument().venue(),
              map.instrument().quoteAsset(),
              Optional.empty()));
    }
    for (final GroupMap group : writer.groups()) {
      if (group.counted() > 0) {
        all.add(
            new Shown(
                group.settings().fullName(),
                group.settings().fullName(),
                "group",
                GroupSettings.VENUE,
                group.instrument().quoteAsset(),
                Optional.of(group.settings().members())));
      }
    }
    return all;
  }

  private static List<String> modelNames(final MapWriter writer) {
    final List<String> models = new ArrayList<>();
    writer.maps().settings().models().stream().map(ModelSettings::name).forEach(models::add);
    models.add(MapSnapshot.CONSENSUS);
    if (writer.maps().all().stream().anyMatch(InstrumentMap::hasKnownPositions)) {
      models.add(MapSnapshot.MEASURED);
    }
    return models;
  }
}
