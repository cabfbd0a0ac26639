package io.liqmap.tools.answer;

import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.market.MapWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which maps are asked for: of which instrument or group, by which model, of which window.
 *
 * <p>Messages of the exceptions say what to write instead.
 */
public final class MapRequest {
  private final Words words;
  private final String symbol;
  private final String model;
  private final Window window;

  /** What its three parts are called where it is made. */
  public enum Words {
    /** Of a command. */
    OPTIONS("--symbol", "--model", "--window", "name one instrument with --symbol"),
    /** Of a request. */
    PARAMETERS("instrument", "model", "window", "name an instrument");

    private final String symbol;
    private final String model;
    private final String window;
    private final String several;

    Words(final String symbol, final String model, final String window, final String several) {
      this.symbol = symbol;
      this.model = model;
      this.window = window;
      this.several = several;
    }
  }

  private MapRequest(
      final Words words, final String symbol, final String model, final Window window) {
    this.words = words;
    this.symbol = symbol;
    this.model = model;
    this.window = window;
  }

  /**
   * Reads what was asked for.
   *
   * @param symbol full name, symbol of one venue, or group; null for the only instrument
   * @param model name of a model, consensus or measured; null for the first
   * @param window label
   * @throws IllegalArgumentException if there is no such window, or the model has none
   */
  public static MapRequest of(
      final Words words, final String symbol, final String model, final String window) {
    final Window found = window(words.window, window);
    final MapRequest request = new MapRequest(words, symbol, model, found);
    if (request.isMeasured() && found != Window.ALL) {
      throw new IllegalArgumentException(
          words.model
              + " measured shows all known positions, as few venues say when they were opened; leave "
              + words.window
              + " out");
    }
    return request;
  }

  /**
   * The map of the instrument or group; without a name that of the only instrument.
   *
   * @throws IllegalArgumentException if the journal has no such map, or several
   */
  public MapAnswer one(final MapWriter writer) {
    final GroupMap group = group(writer);
    return group == null
        ? answer(writer, instrument(writer), number(writer))
        : answer(writer, group, number(writer));
  }

  /**
   * What of that map changes with every event.
   *
   * @throws IllegalArgumentException as for {@link #one}
   */
  public NearAnswer near(final MapWriter writer) {
    final GroupMap group = group(writer);
    if (group != null) {
      return NearAnswer.of(writer, group, number(writer), window, true);
    }
    final InstrumentMap map = instrument(writer);
    return isMeasured()
        ? NearAnswer.ofKnownPositions(writer, map, true)
        : NearAnswer.of(writer, map, number(writer), window, true);
  }

  /**
   * The same as {@link #one}; without a name those of all instruments and of groups with several
   * members.
   *
   * @throws IllegalArgumentException if the journal has no such map
   */
  public List<MapAnswer> all(final MapWriter writer) {
    if (symbol != null) {
      return List.of(one(writer));
    }
    final List<InstrumentMap> maps = known(chosen(writer.maps().all()));
    final int number = number(writer);
    final List<MapAnswer> answers = new ArrayList<>();
    maps.forEach((map) -> answers.add(answer(writer, map, number)));
    if (!isMeasured()) {
      writer.groups().stream()
          .filter(GroupMap::isActive)
          .forEach((group) -> answers.add(answer(writer, group, number)));
    }
    return answers;
  }

  private InstrumentMap instrument(final MapWriter writer) {
    final List<InstrumentMap> all = writer.maps().all();
    if (symbol == null && all.size() > 1) {
      throw new IllegalArgumentException(
          words.several + ": " + InstrumentChoice.list(writer.maps().names()));
    }
    return known(chosen(all)).get(0);
  }

  private MapAnswer answer(final MapWriter writer, final InstrumentMap map, final int number) {
    return isMeasured()
        ? MapAnswer.ofKnownPositions(writer, map, true)
        : MapAnswer.of(writer, map, number, window, true);
  }

  private MapAnswer answer(final MapWriter writer, final GroupMap group, final int number) {
    return GroupMapAnswer.of(writer, group, number, window, true);
  }

  private GroupMap group(final MapWriter writer) {
    final GroupMap group = GroupChoice.of(writer, words.symbol, symbol);
    if (group != null && isMeasured()) {
      throw new IllegalArgumentException(
          words.model
              + " measured is of an instrument: name a member of the group, "
              + String.join(", ", group.settings().members()));
    }
    return group;
  }

  private boolean isMeasured() {
    return MapSnapshot.MEASURED.equals(model);
  }

  /** Number of the model that is asked for, −1 for the consensus and for known positions. */
  private int number(final MapWriter writer) {
    return isMeasured()
        ? MapVariant.CONSENSUS
        : number(writer.maps().settings(), words.model, model);
  }

  /**
   * Number of a model.
   *
   * @param label what the user calls it
   * @param model name, or consensus; null for the first
   * @throws IllegalArgumentException if there is none, saying which there are
   */
  public static int number(final MapSettings settings, final String label, final String model) {
    if (model == null) {
      return 0;
    }
    if (model.equals(MapSnapshot.CONSENSUS)) {
      return MapVariant.CONSENSUS;
    }
    final int number = settings.model(model);
    if (number < 0) {
      final String known =
          settings.models().stream().map(ModelSettings::name).collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          label
              + " "
              + model
              + ": the journal was made with "
              + known
              + ", or ask for consensus or measured");
    }
    return number;
  }

  /**
   * A window.
   *
   * @param label what the user calls it
   * @throws IllegalArgumentException if there is none, saying which there are
   */
  public static Window window(final String label, final String window) {
    final Window found = Window.of(window);
    if (found == null) {
      throw new IllegalArgumentException(
          label + " " + window + ": give 12h, 1d, 3d, 7d, 30d or all");
    }
    return found;
  }

  /** Of several instruments those with known positions, where these are asked for. */
  private List<InstrumentMap> known(final List<InstrumentMap> maps) {
    final List<InstrumentMap> known =
        maps.stream().filter((map) -> !isMeasured() || map.hasKnownPositions()).toList();
    if (known.isEmpty()) {
      throw new IllegalArgumentException(
          words.model
              + " measured: the feed has no known positions of "
              + InstrumentChoice.list(maps.stream().map((map) -> map.instrument().name()).toList())
              + " up to that time; they come from venues that publish accounts, as 'liqmap import"
              + " --format hyperliquid-positions' reads them, or in a feed of your own (engine/FEED.md)");
    }
    return known;
  }

  private List<InstrumentMap> chosen(final List<InstrumentMap> all) {
    if (symbol != null) {
      return List.of(
          InstrumentChoice.of(
              words.symbol,
              symbol,
              all,
              (map) -> map.instrument().name(),
              ": at that time the journal has"));
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("at that time the journal has no instrument");
    }
    return all;
  }
}
