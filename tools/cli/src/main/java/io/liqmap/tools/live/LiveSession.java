package io.liqmap.tools.live;

import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.gateway.connection.Clocks;
import io.liqmap.gateway.connection.Gateway;
import io.liqmap.gateway.connection.GatewaySettings;
import io.liqmap.gateway.connection.Questions;
import io.liqmap.gateway.connection.VenueLink;
import io.liqmap.gateway.connection.VenueStatus;
import io.liqmap.gateway.connection.VenuesFile;
import io.liqmap.gateway.feed.FrameQueue;
import io.liqmap.gateway.feed.FrameTape;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.feed.VenueFeed;
import io.liqmap.gateway.recording.Recorder;
import io.liqmap.gateway.recording.RecordingName;
import io.liqmap.gateway.venue.Venue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A live session from the questions before it to its end: {@link #ask}, {@link #settle} or {@link
 * #resume}, {@link #start}, {@link #stop}. One thread.
 */
public final class LiveSession implements AutoCloseable {
  private final List<VenueLink> links = new ArrayList<>();
  private final GatewaySettings access;
  private final Path record;
  private final Consumer<String> notices;
  private final Clocks clocks = Clocks.system();
  private final long began = clocks.epochNanos().getAsLong();
  private final Path folder;
  private final String name;
  private final SessionBrackets brackets;
  private Map<String, List<InstrumentDefinition>> listed = Map.of();
  private List<InstrumentDefinition> instruments = List.of();
  private List<InstrumentDefinition> continued = List.of();
  private Gateway gateway;
  private Recorder recorder;
  private VenuesFile file;
  private boolean isStopped;

  /**
   * Begins a session; nothing is opened yet.
   *
   * @param record folder for frames; null for none
   * @param notices gets what happens, a line each; any thread
   */
  public LiveSession(
      final List<Venue> venues,
      final GatewaySettings access,
      final Path record,
      final Consumer<String> notices)
      throws IOException {
    this.access = access;
    this.record = record;
    this.notices = notices;
    venues.forEach((venue) -> links.add(new VenueLink(venue, access)));
    folder = record == null ? Files.createTempDirectory("liqmap-live") : record;
    Files.createDirectories(folder);
    name = RecordingName.ofSession(folder, began);
    brackets =
        new SessionBrackets(
            folder, name.substring("session-".length(), name.indexOf('.')), notices);
  }

  /**
   * Asks the venues for their instruments and brackets. Of a venue that doesn't answer, those are
   * taken that the settings know.
   *
   * @throws IllegalArgumentException if a symbol is unknown
   * @throws IOException if none of them is left: no venue answers, and the settings know none
   */
  public void ask(final List<String> symbols, final LiqmapConfig base) throws IOException {
    final Map<String, List<InstrumentDefinition>> all = new LinkedHashMap<>();
    final List<String> absent = new ArrayList<>();
    for (final VenueLink link : links) {
      final List<InstrumentDefinition> found = listing(link, symbols, base);
      if (found.isEmpty()) {
        absent.add(link.venue().name());
      } else {
        all.put(link.venue().name(), found);
      }
    }
    if (all.isEmpty()) {
      throw new IOException("no venue answers; look at the network, then start again");
    }
    listed = SymbolChoice.of(symbols, all, absent, notices);
    if (listed.values().stream().allMatch(List::isEmpty)) {
      throw new IOException(
          "no venue that answers lists one of the symbols; start again when the others do");
    }
    for (final VenueLink link : links) {
      final List<InstrumentDefinition> chosen = chosen(link);
      if (!chosen.isEmpty()) {
        brackets.ask(link, chosen);
      } else if (all.containsKey(link.venue().name())) {
        notices.accept(link.venue().name() + ": lists none of the symbols, and is left out");
      }
    }
  }

  private List<InstrumentDefinition> chosen(final VenueLink link) {
    return listed.getOrDefault(link.venue().name(), List.of());
  }

  private List<InstrumentDefinition> listing(
      final VenueLink link, final List<String> symbols, final LiqmapConfig base) {
    final Venue venue = link.venue();
    try {
      final List<InstrumentDefinition> all =
          venue.listings(Questions.ask(link, venue.listingRequests(symbols)));
      if (all.isEmpty()) {
        throw new IOException(venue.name() + ": its list of instruments is empty");
      }
      return all;
    } catch (final IOException e) {
      final List<InstrumentDefinition> known =
          base.instruments().stream().filter((it) -> it.venue().equals(venue.name())).toList();
      notices.accept(
          e.getMessage()
              + (known.isEmpty()
                  ? "; " + venue.name() + " is left out: start again when it answers"
                  : "; " + venue.name() + "'s instruments are taken from the settings"));
      return known;
    }
  }

  /** Settings of a session with a new journal, or none. */
  public EngineSettings settle(final LiqmapConfig base, final Path user, final Path defaults)
      throws IOException {
    number(base, base.instruments());
    return LiqmapConfig.load(write(base, user), defaults).engine();
  }

  /** Instruments of a session that resumes a journal, numbered as there. */
  public void resume(
      final LiqmapConfig base,
      final Path user,
      final EngineSettings settings,
      final List<InstrumentDefinition> known)
      throws IOException {
    number(base, known);
    continued = known;
    brackets.compare(settings);
    write(base, user);
  }

  private void number(final LiqmapConfig base, final List<InstrumentDefinition> known) {
    instruments =
        SessionInstruments.numbered(
            listed.values().stream().flatMap(List::stream).toList(), known, base.instruments());
  }

  private Path write(final LiqmapConfig base, final Path user) throws IOException {
    final Path settings = folder.resolve(name);
    final Map<InstrumentDefinition, BracketTable> tables = new LinkedHashMap<>();
    brackets
        .tables()
        .forEach(
            (asked, table) ->
                instruments.stream()
                    .filter((it) -> it.venue().equals(asked.venue()))
                    .filter((it) -> it.symbol().equals(asked.symbol()))
                    .forEach((it) -> tables.put(it, table)));
    SessionInstruments.write(settings, user, base, instruments, tables, began);
    return settings;
  }

  /**
   * Opens the connections.
   *
   * @param counters folder for the venues' counters
   */
  public BlockSource start(final Path counters) throws IOException {
    recorder = record == null ? null : new Recorder(record, this::recordingEnded);
    final FrameQueue queue = new FrameQueue();
    final VenueFeed feed =
        new VenueFeed(queue, clocks.nanoTime(), recorder == null ? (time) -> {} : recorder::flush);
    continued.forEach((it) -> feed.events().define(it.id()));
    file = counters == null ? null : VenuesFile.create(counters.resolve(VenuesFile.NAME));
    gateway = new Gateway(access, queue, feed, clocks, new SplittableRandom()::nextDouble, notices);
    if (file != null) {
      gateway.onStatus(file::store);
    }
    final List<VenueLink> used = links.stream().filter((it) -> !chosen(it).isEmpty()).toList();
    gateway.expect(used.size());
    for (final VenueLink link : used) {
      final List<InstrumentDefinition> own =
          instruments.stream().filter((it) -> it.venue().equals(link.venue().name())).toList();
      gateway.add(link, own, tape(link.venue(), own));
    }
    return feed;
  }

  private void recordingEnded(final String why) {
    notices.accept(why);
    status().forEach((it) -> it.counts().set(VenueCounter.RECORDING_ENDED, 1));
  }

  private FrameTape tape(final Venue venue, final List<InstrumentDefinition> own) {
    return recorder == null
        ? FrameTape.NONE
        : recorder.tape(
            venue.name(),
            name
                + " "
                + own.stream().map(InstrumentDefinition::symbol).collect(Collectors.joining(",")));
  }

  /** What is done so far. */
  public String progress() {
    return gateway == null
        ? "…"
        : gateway.status().stream()
            .map((it) -> it.venue() + " " + it.of(VenueCounter.FRAMES) + " frames")
            .collect(Collectors.joining(", "));
  }

  /** How the venues are, or were at the end. */
  public List<VenueStatus> status() {
    return gateway == null ? List.of() : gateway.status();
  }

  /** Bytes recorded. */
  public long recorded() {
    return recorder == null ? 0 : recorder.bytes();
  }

  /** Closes the connections and the recording. */
  public void stop() throws IOException {
    if (isStopped) {
      return;
    }
    isStopped = true;
    // An interrupt would close the files in the middle of a write.
    final boolean isInterrupted = Thread.interrupted();
    try {
      if (gateway != null) {
        gateway.close();
      }
      if (recorder != null) {
        recorder.close();
      }
      if (file != null) {
        file.store(status());
        file.close();
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    links.forEach(VenueLink::close);
    if (record == null) {
      try (Stream<Path> all = Files.list(folder)) {
        for (final Path left : all.toList()) {
          Files.delete(left);
        }
      }
      Files.delete(folder);
    }
  }
}
