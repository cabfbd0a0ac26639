package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedConvention;
import io.liqmap.engine.feed.FeedOrigin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The clocks of the files of one import, each found once. */
final class LocalClocks {
  private final ZoneId zone;
  private final long maxExpanded;
  private final Map<Path, LocalClock> clocks = new HashMap<>();

  LocalClocks(final ZoneId of, final long maxExpandedBytes) {
    zone = of;
    maxExpanded = maxExpandedBytes;
  }

  /** How times on clocks are read, where that isn't UTC. */
  FeedOrigin origin() {
    if (!zone.getRules().isFixedOffset()) {
      return FeedOrigin.NOT_STATED.with(FeedConvention.ZONE_RULES);
    }
    return zone.getRules().getOffset(Instant.EPOCH).equals(ZoneOffset.UTC)
        ? FeedOrigin.NOT_STATED
        : FeedOrigin.NOT_STATED.with(FeedConvention.CLOCK_OFFSET);
  }

  /** The clock of a file whose first column is its time. */
  LocalClock of(final InputFile file, final List<String> columns) throws IOException {
    LocalClock clock = clocks.get(file.path());
    if (clock == null) {
      try (CsvRows rows = new CsvRows(file.path(), maxExpanded)) {
        clock = LocalClock.of(zone, rows, rows.columns(columns, 1)[0]);
      }
      clocks.put(file.path(), clock);
    }
    return clock;
  }
}
