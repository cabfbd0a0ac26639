package io.liqmap.engine.core.structure;

import io.liqmap.engine.core.lattice.Lattice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Snapshot of one instrument's price structure at one moment: for reports, not for the hot path.
 * Immutable, for any thread.
 *
 * @param timeNanos time of the last event, ns since 1970
 * @param volume all decayed volume, quantity mantissas
 * @param droppedVolume volume that was dropped because price moved farther than a profile is wide
 * @param pointOfControl bucket with the most volume, the lower one of equals; −1 without volume
 * @param valueAreaLow lowest bucket of the value area, the shortest run around the point of control
 *     that holds the set share of the volume; −1 without volume
 * @param valueAreaHigh highest bucket of the value area; −1 without volume
 * @param nodes buckets with more volume than around them, at most 8, largest first
 * @param swings confirmed swings, the last 8 of each scale, scale after scale, oldest first
 * @param runningExtremes for each scale whose first leg has begun, the extreme that would be
 *     confirmed if price turned
 * @param trends for each window
 */
public record StructureSnapshot(
    long timeNanos,
    double volume,
    double droppedVolume,
    int pointOfControl,
    int valueAreaLow,
    int valueAreaHigh,
    List<VolumeNode> nodes,
    List<Swing> swings,
    List<Swing> runningExtremes,
    List<TrendReading> trends) {

  /** Keeps the lists from changing. */
  public StructureSnapshot {
    nodes = List.copyOf(nodes);
    swings = List.copyOf(swings);
    runningExtremes = List.copyOf(runningExtremes);
    trends = List.copyOf(trends);
  }

  /** Snapshot, made on the thread that owns the structure. */
  public static StructureSnapshot of(final Structure structure) {
    final Lattice lattice = structure.lattice();
    final VolumeProfile profile = structure.profile();
    final VolumeLevels levels =
        new VolumeLevels(
            profile.firstBucket(), profile.volumes(), structure.settings().valueArea(), lattice);
    return new StructureSnapshot(
        structure.time(),
        levels.total(),
        profile.dropped(),
        levels.pointOfControl(),
        levels.valueAreaLow(),
        levels.valueAreaHigh(),
        levels.nodes(),
        structure.swings().confirmed(lattice),
        structure.swings().running(lattice),
        structure.trend().readings());
  }

  private static void add(final List<Confluence> levels, final Confluence swing) {
    levels.removeIf(
        (level) ->
            level.kind() == swing.kind()
                && level.bucket() == swing.bucket()
                && level.scaleBps() == swing.scaleBps());
    levels.add(swing);
  }

  /**
   * Levels that lie in a range of buckets, both ends included: by bucket, then kind, then scale; of
   * swings of one scale and kind in one bucket the last.
   */
  public List<Confluence> within(final int lowBucket, final int highBucket) {
    final List<Confluence> levels = new ArrayList<>();
    if (pointOfControl >= 0) {
      levels.add(new Confluence(LevelKind.POINT_OF_CONTROL, pointOfControl, 0, 0));
      levels.add(new Confluence(LevelKind.VALUE_AREA_LOW, valueAreaLow, 0, 0));
      levels.add(new Confluence(LevelKind.VALUE_AREA_HIGH, valueAreaHigh, 0, 0));
    }
    for (final VolumeNode node : nodes) {
      levels.add(new Confluence(LevelKind.HIGH_VOLUME_NODE, node.bucket(), 0, 0));
    }
    for (final Swing swing : swings) {
      final LevelKind kind = swing.isHigh() ? LevelKind.SWING_HIGH : LevelKind.SWING_LOW;
      add(levels, new Confluence(kind, swing.bucket(), swing.scaleBps(), swing.price()));
    }
    return levels.stream()
        .filter((level) -> level.bucket() >= lowBucket && level.bucket() <= highBucket)
        .distinct()
        .sorted(
            Comparator.comparingInt(Confluence::bucket)
                .thenComparing(Confluence::kind)
                .thenComparingInt(Confluence::scaleBps))
        .toList();
  }
}
