package io.liqmap.engine.core.map;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.BracketCatalog;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.structure.StructureSettings;
import java.util.List;
import java.util.Map;

/**
 * What decides the state of the map, besides the events. Immutable.
 *
 * @param resolutionBps width of a bucket in basis points, {@link Lattice#MIN_BPS} to {@link
 *     Lattice#MAX_BPS}
 * @param markStaleNanos without a mark price for so long, the last price replaces it, ns, 1 ms or
 *     more
 * @param openInterestStaleNanos open interest older than this is called stale, ns, 1 ms or more
 * @param models what each model assumes, the one that answers by itself first; their names are
 *     their own
 * @param structure how price structure is kept
 * @param brackets maintenance brackets of the instruments
 * @param forcedPerReported by venue: positions closed by force for one that its feed reports, 1 or
 *     more; venues that report all needn't be named
 * @param memoryBytes memory for the entry buckets of all instruments, {@link #MIN_MEMORY} or more;
 *     messages that would exceed it are rejected ({@link EntryBudget})
 * @param positions how known positions are kept
 * @param groups instruments that answer like one; their names are their own
 */
public record MapSettings(
    double resolutionBps,
    long markStaleNanos,
    long openInterestStaleNanos,
    List<ModelSettings> models,
    StructureSettings structure,
    BracketCatalog brackets,
    Map<String, Double> forcedPerReported,
    long memoryBytes,
    PositionSettings positions,
    List<GroupSettings> groups) {
  /** Least memory for entry buckets, bytes. */
  public static final long MIN_MEMORY = 16L << 20;

  private static final long DEFAULT_MEMORY = 1L << 30;

  private static final long MIN_STALE = 1_000_000;
  private static final int MAX_MODELS = 16;

  /** Settings with the default memory and number of known positions, without groups. */
  public MapSettings(
      final double resolutionBps,
      final long markStaleNanos,
      final long openInterestStaleNanos,
      final List<ModelSettings> models,
      final StructureSettings structure,
      final BracketCatalog brackets,
      final Map<String, Double> forcedPerReported) {
    this(
        resolutionBps,
        markStaleNanos,
        openInterestStaleNanos,
        models,
        structure,
        brackets,
        forcedPerReported,
        DEFAULT_MEMORY,
        PositionSettings.DEFAULT,
        List.of());
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public MapSettings {
    if (memoryBytes < MIN_MEMORY) {
      throw new IllegalArgumentException(
          "memoryBytes has to be " + MIN_MEMORY + " or more, was " + memoryBytes);
    }
    if (!(resolutionBps >= Lattice.MIN_BPS && resolutionBps <= Lattice.MAX_BPS)) {
      throw new IllegalArgumentException(
          "resolutionBps has to be "
              + Lattice.MIN_BPS
              + " to "
              + Lattice.MAX_BPS
              + ", was "
              + resolutionBps);
    }
    if (markStaleNanos < MIN_STALE || openInterestStaleNanos < MIN_STALE) {
      throw new IllegalArgumentException("a time to staleness has to be 1 ms or more");
    }
    models = List.copyOf(models);
    if (models.isEmpty() || models.size() > MAX_MODELS) {
      throw new IllegalArgumentException(
          "there have to be 1 to " + MAX_MODELS + " models, not " + models.size());
    }
    if (models.stream().map(ModelSettings::name).distinct().count() != models.size()) {
      throw new IllegalArgumentException("each model needs a name of its own");
    }
    groups = List.copyOf(groups);
    if (groups.size() > GroupSettings.MAX_GROUPS
        || groups.stream().map(GroupSettings::name).distinct().count() != groups.size()) {
      throw new IllegalArgumentException(
          "there are at most "
              + GroupSettings.MAX_GROUPS
              + " groups, each with a name of its own, not "
              + groups.stream().map(GroupSettings::name).toList());
    }
    forcedPerReported = Map.copyOf(forcedPerReported);
    forcedPerReported.forEach(
        (venue, factor) -> {
          if (!(factor >= 1 && factor <= 100)) {
            throw new IllegalArgumentException(
                "forcedPerReported of " + venue + " has to be 1 to 100, was " + factor);
          }
        });
  }

  /** The same with other groups. */
  public MapSettings with(final List<GroupSettings> others) {
    return new MapSettings(
        resolutionBps,
        markStaleNanos,
        openInterestStaleNanos,
        models,
        structure,
        brackets,
        forcedPerReported,
        memoryBytes,
        positions,
        others);
  }

  /** Positions closed by force for one that a venue's feed reports. */
  public double forcedPerReported(final String venue) {
    return forcedPerReported.getOrDefault(venue, 1.0);
  }

  /** Whether a model learns: then all of them are set against reported liquidations. */
  public boolean isScored() {
    return models.stream().anyMatch((model) -> model.learning().isScored());
  }

  /** Number of a model, −1 if there is none of the name. */
  public int model(final String name) {
    for (int model = 0; model < models.size(); model++) {
      if (models.get(model).name().equals(name)) {
        return model;
      }
    }
    return -1;
  }
}
