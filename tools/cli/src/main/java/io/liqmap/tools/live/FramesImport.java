package io.liqmap.tools.live;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.recording.RecordedFeed;
import io.liqmap.gateway.recording.RecordingName;
import io.liqmap.gateway.venue.Venue;
import io.liqmap.gateway.venue.Venues;
import io.liqmap.tools.importer.ImportException;
import io.liqmap.tools.importer.ImportProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns recorded frames of venues into a feed, by the code that decodes live ones. One thread. */
public final class FramesImport {
  private static final int PROGRESS_LINES = 1 << 14;
  private static final String DESCRIBE =
      "; describe others in a file of your own, as config/instruments.conf does, and name that with"
          + " --config";

  private final LiqmapConfig settings;
  private final Function<Path, LiqmapConfig> reader;
  private final Optional<String> venue;
  private final List<String> symbols;
  private final Set<String> available = new TreeSet<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private final long[] kinds = new long[FeedEvent.LAST_KIND + 1];
  private FeedFileWriter writer;
  private IOException failure;

  /**
   * Prepares an import.
   *
   * @param settings have the instruments of files without a session's
   * @param reader reads a session's settings
   * @param venue of files whose names don't say it
   * @param symbols to import, as {@code BTCUSDT} or {@code okx:BTC-USDT-SWAP}; empty for all
   */
  public FramesImport(
      final LiqmapConfig settings,
      final Function<Path, LiqmapConfig> reader,
      final Optional<String> venue,
      final List<String> symbols) {
    this.settings = settings;
    this.reader = reader;
    this.venue = venue;
    this.symbols = symbols;
    missing.addAll(symbols);
  }

  /**
   * Writes the feed.
   *
   * @throws ImportException if an input is no recording, or names nothing that is known
   * @throws IOException if reading or writing fails
   */
  public FramesReport run(final Path target, final List<Path> inputs, final ImportProgress progress)
      throws IOException {
    final Map<Venue, List<Path>> files = files(inputs);
    try (FeedFileWriter out = new FeedFileWriter(target);
        RecordedFeed feed = new RecordedFeed(files, this::instruments, this::write)) {
      writer = out;
      for (long lines = 1; feed.next(); lines++) {
        if (failure != null) {
          throw failure;
        }
        if (lines % PROGRESS_LINES == 0) {
          progress.at(out.events(), feed.time());
        }
      }
      if (!missing.isEmpty() && !available.isEmpty()) {
        throw new ImportException(
            String.join(", ", missing)
                + ": no instrument of the inputs, which are read as of "
                + String.join(", ", available)
                + DESCRIBE);
      }
      if (kinds[FeedEvent.INSTRUMENT] == 0) {
        throw new ImportException("no frame in the inputs");
      }
      out.complete();
      return FramesReport.of(
          target.toString(), kinds, feed.read().stream().map(FramesImport::venue).toList());
    }
  }

  private void write(final FeedEvent event) {
    kinds[event.kind()]++;
    try {
      if (failure == null) {
        writer.write(event);
      }
    } catch (final IOException e) {
      failure = e;
    }
  }

  private Map<Venue, List<Path>> files(final List<Path> inputs) throws IOException {
    final Map<Venue, List<Path>> files = new LinkedHashMap<>();
    for (final Path input : inputs) {
      for (final Path file : expanded(input)) {
        final String name =
            venue
                .or(() -> RecordingName.venue(file))
                .orElseThrow(
                    () ->
                        new ImportException(
                            file + ": its name doesn't say its venue; give --venue"));
        final Venue of =
            Venues.named(name)
                .orElseThrow(
                    () ->
                        new ImportException(
                            name
                                + " is no venue whose frames are known; known are "
                                + Venues.all().stream()
                                    .map(Venue::name)
                                    .collect(Collectors.joining(", "))));
        files.computeIfAbsent(of, (key) -> new ArrayList<>()).add(file);
      }
    }
    return files;
  }

  private static List<Path> expanded(final Path input) throws IOException {
    if (!Files.isDirectory(input)) {
      if (!Files.isRegularFile(input)) {
        throw new ImportException(input + ": there is no such file");
      }
      return List.of(input);
    }
    try (Stream<Path> all = Files.list(input)) {
      final List<Path> found =
          all.filter((file) -> RecordingName.venue(file).isPresent()).sorted().toList();
      if (found.isEmpty()) {
        throw new ImportException(
            input + ": no recording in it, whose name would be VENUE-YYYYMMDDTHH.frames.gz");
      }
      return found;
    }
  }

  private List<InstrumentDefinition> instruments(
      final String of, final Path session, final List<String> names) throws IOException {
    if (session != null && !Files.isRegularFile(session)) {
      throw new ImportException(
          session + ": the recording's settings are missing; keep them beside its frames");
    }
    final List<InstrumentDefinition> known =
        (session == null ? settings : reader.apply(session))
            .instruments().stream().filter((it) -> it.venue().equals(of)).toList();
    final List<InstrumentDefinition> chosen = new ArrayList<>();
    if (session == null) {
      chosen.addAll(known);
    }
    for (final String name : names) {
      chosen.add(
          known.stream()
              .filter((it) -> it.symbol().equals(name))
              .findFirst()
              .orElseThrow(() -> new ImportException(session + ": has no " + of + ":" + name)));
    }
    final List<InstrumentDefinition> wanted =
        chosen.stream()
            .filter(
                (it) ->
                    symbols.isEmpty()
                        || symbols.contains(it.symbol())
                        || symbols.contains(of + ":" + it.symbol()))
            .toList();
    chosen.forEach((it) -> available.add(of + ":" + it.symbol()));
    wanted.forEach((it) -> missing.removeAll(List.of(it.symbol(), of + ":" + it.symbol())));
    if (wanted.isEmpty() && symbols.isEmpty()) {
      throw new ImportException("no instrument of " + of + " is configured" + DESCRIBE);
    }
    return wanted;
  }

  private static FramesReport.Venue venue(final RecordedFeed.Read of) {
    return new FramesReport.Venue(
        of.venue(),
        of.files(),
        of.cut(),
        of.counts().of(VenueCounter.FRAMES),
        of.counts().of(VenueCounter.EVENTS),
        of.counts().of(VenueCounter.CONTROL),
        of.counts().of(VenueCounter.NOTHING_NEW),
        of.counts().of(VenueCounter.NOT_USED),
        of.counts().of(VenueCounter.UNKNOWN),
        of.counts().of(VenueCounter.INVALID));
  }
}
