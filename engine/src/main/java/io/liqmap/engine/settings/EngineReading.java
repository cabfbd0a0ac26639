package io.liqmap.engine.settings;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.map.EntryBudget;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.margin.BracketCatalog;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.structure.StructureSettings;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.journal.JournalSync;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Reads the settings of an engine. */
final class EngineReading {
  static final Range INSTRUMENTS = Range.of(1, 65_536);

  private static final long MILLISECOND = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long LONGEST = StructureSettings.MAX_NANOS;
  private static final int MAX_SCALES = StructureSettings.MAX_COUNT;

  private EngineReading() {}

  /**
   * The settings under the top of a file or text; null if something is wrong.
   *
   * @param bySymbol brackets of the instruments that are configured
   */
  static EngineSettings read(final Section top, final Map<String, Dated<BracketTable>> bySymbol) {
    final int maxInstruments = top.whole("max-instruments", INSTRUMENTS);
    final Section map = top.section("map");
    final double resolution =
        map.number("resolution-bps", Range.of(Lattice.MIN_BPS, Lattice.MAX_BPS));
    final long markStale = map.nanos("mark-stale", MILLISECOND, "1ms");
    final long openInterestStale = map.nanos("open-interest-stale", MILLISECOND, "1ms");
    // Journals that were made before there was a budget had none.
    final long memory =
        map.has("memory")
            ? map.bytes("memory", MapSettings.MIN_MEMORY, "16MiB", EntryBudget.UNLIMITED, "4EiB")
            : EntryBudget.UNLIMITED;
    final Dated<BracketTable> standard = BracketReading.read(top, "standard-brackets");
    final List<ModelSettings> models = ModelReading.read(top, map);
    map.end();
    final StructureSettings structure = structure(top.section("structure"));
    final Section forced = top.section("forced-per-reported");
    final Map<String, Double> forcedPerReported =
        forced.byName((venue) -> forced.number(venue, Range.of("1", "100")));
    final ClusterSettings levels = levels(top.section("levels"));
    final Section snapshot = top.section("snapshot");
    final long interval = snapshot.nanos("interval", SECOND, "1s");
    snapshot.end();
    final PipelineSettings pipeline = pipeline(top.section("pipeline"));
    final JournalSettings journal = journal(top.section("journal"));
    return top.make(
        () -> {
          final BracketCatalog catalog = new BracketCatalog(bySymbol, standard);
          final MapSettings settings =
              new MapSettings(
                  resolution,
                  markStale,
                  openInterestStale,
                  models,
                  structure,
                  catalog,
                  forcedPerReported,
                  memory);
          return new EngineSettings(
              maxInstruments, settings, levels, interval, pipeline, journal);
        });
  }

  private static StructureSettings structure(final Section at) {
    final long halfLife = at.nanos("volume-half-life", MINUTE, "1m", LONGEST, "3650d");
    final double valueArea = at.number("value-area", Range.of("0.5", "0.95"));
    final List<Integer> scales =
        at.wholes("swing-bps", Range.of(1, StructureSettings.MAX_SCALE_BPS), MAX_SCALES);
    final List<Long> windows =
        at.durations("trend-windows", MINUTE, "1m", LONGEST, "3650d", MAX_SCALES);
    final double deadBand = at.number("trend-dead-band-bps", Range.of("0", "1000"));
    return at.make(() -> new StructureSettings(halfLife, valueArea, scales, windows, deadBand));
  }

  private static ClusterSettings levels(final Section at) {
    final double around = at.number("around-bps", Range.of("0", "5000"));
    final double bornAt = at.number("born-at", Range.of("1", "100"));
    final Double keptAt = at.numberOrNull("kept-at", Range.of("0.1", "100"));
    if (keptAt != null && keptAt > bornAt) {
      at.reject("kept-at", plain(keptAt), "at most born-at, which is " + plain(bornAt));
    }
    final int bridged = at.whole("bridged", Range.of(0, 100));
    final double changed = at.number("changed", Range.of("0.01", "10"));
    final long refresh = at.nanos("refresh", MILLISECOND, "1ms", HOUR, "1h");
    final List<Long> horizons =
        at.durations("horizons", SECOND, "1s", 30 * DAY, "30d", ClusterSettings.MAX_HORIZONS);
    final double deadBand = at.number("dead-band-bps", Range.of("0", "1000"));
    final long halfLife = at.nanos("half-life", MINUTE, "1m", LONGEST, "3650d");
    final double shock = at.number("cascade-shock-bps", Range.of("1", "5000"));
    final double reach = at.number("cascade-reach", Range.of("1.01", "100"));
    return at.make(
        () ->
            new ClusterSettings(
                around, bornAt, keptAt, bridged, changed, refresh, horizons, deadBand, halfLife,
                shock, reach));
  }

  private static String plain(final double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static PipelineSettings pipeline(final Section at) {
    final ThreadingMode mode = at.choice("mode", List.of(ThreadingMode.values()));
    // Journals that were made before there were shards say nothing of them.
    final int shards =
        at.has("shards") ? at.whole("shards", Range.of(1, PipelineSettings.MAX_SHARDS), 1) : 1;
    if (mode == ThreadingMode.INLINE && shards > 1) {
      at.reject("shards", Integer.toString(shards), "1, or mode pipelined: inline has one thread");
    }
    final Range sizes = Range.of(64, 1 << 20);
    final int ringSize = at.whole("ring-size", sizes);
    final int claim = at.whole("claim", Range.of(1, 1 << 18), 1);
    if (Integer.bitCount(ringSize) != 1) {
      at.reject("ring-size", Integer.toString(ringSize), "a power of two, " + sizes);
    } else if (claim > ringSize / 4) {
      at.reject(
          "claim",
          Integer.toString(claim),
          "at most " + ringSize / 4 + ", a quarter of ring-size (" + ringSize + ")");
    }
    final WaitMode wait = at.choice("wait", List.of(WaitMode.values()));
    final boolean forced = at.flag("force-wait");
    return at.make(() -> new PipelineSettings(mode, shards, ringSize, claim, wait, forced));
  }

  private static JournalSettings journal(final Section at) {
    final long block = at.bytes("block-size", 1 << 12, "4KiB", 1 << 20, "1MiB");
    final long free = at.bytes("min-free-space", 1 << 24, "16MiB", 1L << 50, "1PiB");
    final long patience = at.nanos("give-up-after", 10 * MILLISECOND, "10ms", HOUR, "1h");
    // Journals that were made before say nothing of it.
    final JournalSync sync =
        at.has("sync") ? at.choice("sync", List.of(JournalSync.values())) : JournalSync.END;
    final long interval =
        at.has("sync-interval")
            ? at.nanos("sync-interval", MILLISECOND, "1ms", HOUR, "1h")
            : SECOND;
    return at.make(() -> new JournalSettings((int) block, free, patience, sync, interval));
  }
}
