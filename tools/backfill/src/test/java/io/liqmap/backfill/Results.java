package io.liqmap.backfill;

import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.EngineConfig;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.support.RealData;
import io.liqmap.tools.answer.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What backfills write, and what they have to. */
final class Results {
  private Results() {}

  /** One model alone, which takes less time. */
  static BackfillOptions options(final Path out) throws IOException {
    final Path small = Files.createTempFile("liqmap-backfill", ".conf");
    final String settings;
    try {
      Files.writeString(small, "max-instruments = 8\nmap.models = [ladder]\n");
      settings = LiqmapConfig.load(small, RealData.root().resolve("config")).engine().text();
    } finally {
      Files.delete(small);
    }
    return new BackfillOptions(settings, out.toString(), 6 * 3_600_000_000_000L, false);
  }

  /** State hash of an engine after a feed, in hex. */
  static String ofEngine(final Path feed, final BackfillOptions options) throws Exception {
    try (Engine engine = Engine.launch(EngineConfig.parse(options.settings()), null, Outputs.NONE);
        FeedFileReader reader = new FeedFileReader(feed)) {
      engine.run(reader, ReplayPace.max());
      return Format.hash(engine.map().stateHash());
    }
  }

  private static List<Path> days(final Path out) throws IOException {
    if (!Files.isDirectory(out)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(out)) {
      return files.filter((file) -> file.endsWith("day.json")).sorted().toList();
    }
  }

  /** How many days there are. */
  static int count(final Path out) throws IOException {
    return days(out).size();
  }

  /** Each day's state hash, by venue/symbol/day. */
  static NavigableMap<String, String> hashes(final Path out) throws IOException {
    final TreeMap<String, String> hashes = new TreeMap<>();
    for (final Path file : days(out)) {
      hashes.put(out.relativize(file.getParent()).toString(), DayFile.read(file).stateHash());
    }
    return hashes;
  }

  /** The last day's of an instrument. */
  static String last(final NavigableMap<String, String> hashes, final String instrument) {
    return hashes.floorEntry(instrument + "/9").getValue();
  }

  /** Days that were given up, each with why. */
  static List<String> flaws(final Path out) throws IOException {
    final List<String> flaws = new ArrayList<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (final Path file : files.filter((one) -> one.endsWith("flaw.json")).sorted().toList()) {
        flaws.add(out.relativize(file.getParent()) + " " + Files.readString(file));
      }
    }
    return flaws;
  }
}
