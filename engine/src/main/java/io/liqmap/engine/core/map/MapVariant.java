package io.liqmap.engine.core.map;

import io.liqmap.engine.core.model.ModelSettings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which map of an instrument is shown: of a model or of the consensus, of all positions or of those
 * opened within a window.
 *
 * @param model its number, −1 for the consensus
 * @param window how far it looks back
 */
public record MapVariant(int model, Window window) {
  /** What views show and questions are put to by default: the whole map of the first model. */
  public static final MapVariant FIRST = new MapVariant(0, Window.ALL);

  /** Its name in settings. */
  public static final String FIRST_NAME = "first";

  /** Number of the consensus. */
  public static final int CONSENSUS = -1;

  /**
   * Reads a name: a model's, {@code first} for the first model or {@code consensus}, with a window
   * behind a slash if not all is meant, such as {@code consensus/12h}.
   *
   * @throws IllegalArgumentException if there is no such model or window, saying which there are
   */
  public static MapVariant of(final String name, final MapSettings settings) {
    final MapVariant variant = find(name, settings);
    if (variant == null) {
      throw new IllegalArgumentException("there is no map " + name + ": name " + names(settings));
    }
    return variant;
  }

  /** Whether there is a map of that name. */
  public static boolean isNamed(final String name, final MapSettings settings) {
    return find(name, settings) != null;
  }

  /** Which names there are, in words. */
  public static String names(final MapSettings settings) {
    return "first, consensus or a model ("
        + settings.models().stream().map(ModelSettings::name).collect(Collectors.joining(", "))
        + "), with /12h, /1d, /3d, /7d or /30d behind it for a window";
  }

  /** Null if there is none. */
  private static MapVariant find(final String name, final MapSettings settings) {
    final int slash = name.lastIndexOf('/');
    final Window found = slash < 0 ? null : Window.of(name.substring(slash + 1));
    final Window window = found == null ? Window.ALL : found;
    final String model = found == null ? name : name.substring(0, slash);
    if (model.equals(MapSnapshot.CONSENSUS)) {
      return new MapVariant(CONSENSUS, window);
    }
    final int number = model.equals(FIRST_NAME) ? 0 : settings.model(model);
    return number < 0 ? null : new MapVariant(number, window);
  }

  /** Its name, as {@link #of} reads it. */
  public String name(final MapSettings settings) {
    final String of = isConsensus() ? MapSnapshot.CONSENSUS : settings.models().get(model).name();
    return window == Window.ALL ? of : of + "/" + window.label();
  }

  /** Whether it is the mean of all models. */
  public boolean isConsensus() {
    return model < 0;
  }

  /** Share of each model in it, together 1. */
  public double[] shares(final MapSettings settings) {
    if (isConsensus()) {
      return consensusShares(settings.models());
    }
    final double[] alone = new double[settings.models().size()];
    alone[model] = 1;
    return alone;
  }

  /** Shares in the consensus; equal ones where all models weigh nothing. */
  public static double[] consensusShares(final List<ModelSettings> models) {
    final double sum = models.stream().mapToDouble(ModelSettings::weight).sum();
    return models.stream()
        .mapToDouble((model) -> sum > 0 ? model.weight() / sum : 1.0 / models.size())
        .toArray();
  }
}
