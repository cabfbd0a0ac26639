package io.liqmap.gateway.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.EngineConfig;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.gateway.connection.Clocks;
import io.liqmap.gateway.connection.Gateway;
import io.liqmap.gateway.connection.GatewayLimits;
import io.liqmap.gateway.connection.GatewaySettings;
import io.liqmap.gateway.connection.MockVenue;
import io.liqmap.gateway.connection.PlainVenue;
import io.liqmap.gateway.connection.VenueAccess;
import io.liqmap.gateway.connection.VenueLink;
import io.liqmap.gateway.connection.VenueStatus;
import io.liqmap.gateway.feed.FrameQueue;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.feed.VenueFeed;
import io.liqmap.gateway.venue.Venue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A live session and the import of its recording are one. */
@Timeout(120)
final class RecordedSessionTest {
  private static final long T = 1_790_000_000_000_000_000L;
  private static final long MS = 1_000_000;
  private static final int VENUES = 3;
  private static final int TRADES = 400;
  private static final int LAST_WORDS = 20;

  @TempDir Path folder;

  private final EngineSettings settings = EngineConfig.defaults().withMode(ThreadingMode.INLINE);
  private final List<String> notices = new CopyOnWriteArrayList<>();

  /** Some trades, marks and open interest, then the end of the line; ids go on and overlap. */
  private static MockVenue.Script part(final int venue, final int from, final int to) {
    final SplittableRandom random = new SplittableRandom(100L * venue + from);
    return (session) -> {
      session.accept();
      session.receive();
      session.send("ack");
      for (int id = from; id < to; id++) {
        final long time = T + (long) id * MS;
        final long price = 5_000_000L + random.nextInt(20_000) - 10_000;
        if (random.nextInt(20) > 0) {
          session.send(
              "trade " + (id + 1) + " " + price + " " + (1 + random.nextInt(900)) + " " + time);
        }
        if (random.nextInt(4) == 0) {
          session.send("mark " + price + " " + time);
        }
        if (random.nextInt(9) == 0) {
          session.send("interest " + (1_000_000 + random.nextInt(100_000)) + " " + time);
        }
        if (random.nextInt(50) == 0) {
          session.send("what is this\nin two lines?");
        }
      }
      if (to == TRADES) {
        session.send("mark 4999999 " + (T + to * MS));
        for (int i = 0; i < LAST_WORDS; i++) {
          session.send("pong");
        }
        session.drain();
      }
      session.close(1001);
      session.drain();
    };
  }

  @Test
  void shouldGiveTheStateOfTheLiveSession() throws IOException, EngineException {
    final List<MockVenue> servers = new ArrayList<>();
    final Map<String, VenueAccess> access = new HashMap<>();
    final List<PlainVenue> venues = new ArrayList<>();
    for (int i = 0; i < VENUES; i++) {
      final PlainVenue venue = PlainVenue.of("plain" + i, i);
      final MockVenue server = new MockVenue();
      server.onSocket(part(i, 0, 150), part(i, 120, 300), part(i, 310, TRADES));
      access.put(
          venue.name(),
          new VenueAccess(
              "ws://127.0.0.1:" + server.port(), "http://127.0.0.1:" + server.port(), 99, MS, 99));
      venues.add(venue);
      servers.add(server);
    }
    final Path recording = folder.resolve("recording");
    final Path journal = folder.resolve("journal");
    final long live = live(venues, new GatewaySettings(limits(), access), recording, journal);
    for (final MockVenue server : servers) {
      server.close();
    }

    final Path feed = folder.resolve("feed");
    final long[] kinds = importTo(feed, recording, venues);
    assertEquals(VENUES, kinds[FeedEvent.INSTRUMENT]);
    assertTrue(kinds[FeedEvent.INTERRUPTION] >= 2 * VENUES, "holes where lines were down");
    assertTrue(kinds[FeedEvent.TRADE] > VENUES * TRADES / 2);
    assertEquals(live, hash(feed), "import of the recording");
  }

  private static GatewayLimits limits() {
    final long patience = 60_000 * MS;
    return new GatewayLimits(
        patience, patience, patience, patience, patience, MS, 5 * MS, MS, patience, 1 << 16);
  }

  private long live(
      final List<PlainVenue> venues,
      final GatewaySettings access,
      final Path recording,
      final Path journal)
      throws IOException, EngineException {
    final FrameQueue queue = new FrameQueue(1 << 20);
    try (Recorder recorder = new Recorder(recording, notices::add);
        Engine engine = Engine.launch(settings, journal, Outputs.NONE)) {
      final VenueFeed feed = new VenueFeed(queue, System::nanoTime, recorder::flush);
      try (Gateway gateway =
          new Gateway(
              access,
              queue,
              feed,
              Clocks.system(),
              new SplittableRandom(1)::nextDouble,
              notices::add)) {
        for (final PlainVenue venue : venues) {
          gateway.add(
              new VenueLink(venue, access),
              venue.instruments(),
              recorder.tape(venue.name(), "session.conf " + venue.instruments().get(0).symbol()));
        }
        engine.run(new UntilAllSent(feed, gateway), ReplayPace.max());
      }
      engine.finish();
      return engine.map().stateHash();
    }
  }

  /** Ends when each venue has said its last words. */
  private record UntilAllSent(VenueFeed feed, Gateway gateway) implements BlockSource {
    @Override
    public boolean nextBlock() {
      final boolean isDone =
          gateway.status().size() == VENUES
              && gateway.status().stream().allMatch(UntilAllSent::hasAll);
      return !isDone && feed.nextBlock();
    }

    private static boolean hasAll(final VenueStatus venue) {
      return venue.of(VenueCounter.CONTROL) >= LAST_WORDS;
    }

    @Override
    public boolean continueAfter(final long sequence) {
      return feed.continueAfter(sequence);
    }

    @Override
    public DirectBuffer buffer() {
      return feed.buffer();
    }

    @Override
    public int offset() {
      return feed.offset();
    }

    @Override
    public int length() {
      return feed.length();
    }
  }

  private long[] importTo(final Path target, final Path recording, final List<PlainVenue> venues)
      throws IOException {
    final Map<Venue, List<Path>> files = new LinkedHashMap<>();
    try (Stream<Path> all = Files.list(recording)) {
      for (final Path file : all.toList()) {
        final String name = RecordingName.venue(file).orElseThrow();
        venues.stream()
            .filter((it) -> it.name().equals(name))
            .forEach((it) -> files.computeIfAbsent(it, (key) -> new ArrayList<>()).add(file));
      }
    }
    final long[] kinds = new long[FeedEvent.LAST_KIND + 1];
    try (FeedFileWriter out = new FeedFileWriter(target);
        RecordedFeed feed =
            new RecordedFeed(
                files,
                (venue, session, symbols) -> instruments(venues, venue, symbols),
                (event) -> write(out, event, kinds))) {
      while (feed.next()) {
        // Each line is applied.
      }
      out.complete();
    }
    return kinds;
  }

  private static List<InstrumentDefinition> instruments(
      final List<PlainVenue> venues, final String venue, final List<String> symbols) {
    return venues.stream()
        .filter((it) -> it.name().equals(venue))
        .flatMap((it) -> it.instruments().stream())
        .filter((it) -> symbols.contains(it.symbol()))
        .toList();
  }

  private static void write(final FeedFileWriter out, final FeedEvent event, final long[] kinds) {
    kinds[event.kind()]++;
    try {
      out.write(event);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long hash(final Path feed) throws IOException, EngineException {
    try (FeedFileReader reader = new FeedFileReader(feed);
        Engine engine = Engine.launch(settings, null, Outputs.NONE)) {
      engine.run(reader, ReplayPace.max());
      engine.finish();
      return engine.map().stateHash();
    }
  }
}
