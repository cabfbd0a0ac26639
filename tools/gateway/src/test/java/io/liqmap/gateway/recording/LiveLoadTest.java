package io.liqmap.gateway.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.EngineConfig;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.gateway.connection.Clocks;
import io.liqmap.gateway.connection.Gateway;
import io.liqmap.gateway.connection.GatewayLimits;
import io.liqmap.gateway.connection.GatewaySettings;
import io.liqmap.gateway.connection.MockVenue;
import io.liqmap.gateway.connection.PlainVenue;
import io.liqmap.gateway.connection.VenueAccess;
import io.liqmap.gateway.connection.VenueLink;
import io.liqmap.gateway.feed.FrameQueue;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.feed.VenueFeed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session at a steady rate over four venues, recorded and journaled: run it with {@code
 * -Dliqmap.load.seconds=900 -Dliqmap.load.rate=20000}.
 */
@EnabledIfSystemProperty(named = "liqmap.load.seconds", matches = "\\d+")
final class LiveLoadTest {
  private static final int VENUES = 4;
  private static final long SECOND = 1_000_000_000L;
  private static final long SECONDS = Long.getLong("liqmap.load.seconds", 1);
  private static final long RATE = Long.getLong("liqmap.load.rate", 20_000) / VENUES;

  @TempDir Path folder;

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong reported = new AtomicLong();

  /** Sends frames of its rate, open loop: what is late is sent at once. */
  private void send(final MockVenue.Session session, final int venue) throws IOException {
    session.accept();
    session.receive();
    session.send("ack");
    final SplittableRandom random = new SplittableRandom(venue);
    final long began = System.nanoTime();
    long price = 5_000_000;
    for (long i = 1; i <= SECONDS * RATE; i++) {
      while (System.nanoTime() - began < i * SECOND / RATE) {
        session.flush();
        LockSupport.parkNanos(500_000);
      }
      price += random.nextInt(21) - 10;
      final long time = System.currentTimeMillis() * 1_000_000;
      final String frame =
          i % 50 == 0
              ? "mark " + price + " " + time
              : "trade "
                  + (i - i / 50)
                  + " "
                  + price
                  + " "
                  + (1 + random.nextInt(900))
                  + " "
                  + time
                  + " and as many bytes more as frames of venues have, which is some two hundred";
      final byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
      session.put(bytes, 0, bytes.length);
      sent.incrementAndGet();
    }
    session.flush();
    session.drain();
  }

  @Test
  void shouldLoseNothing() throws IOException, EngineException {
    final List<MockVenue> servers = new ArrayList<>();
    final Map<String, VenueAccess> access = new HashMap<>();
    final EngineSettings settings = EngineConfig.defaults();
    final FrameQueue queue = new FrameQueue();
    final long minute = 60 * SECOND;
    final GatewayLimits limits =
        new GatewayLimits(
            minute, minute, minute, minute, minute, SECOND, minute, minute, minute, 1 << 20);
    try (Recorder recorder =
            new Recorder(folder.resolve("recording"), (line) -> System.out.println(line));
        Engine engine = Engine.launch(settings, folder.resolve("journal"), Outputs.NONE)) {
      final VenueFeed feed = new VenueFeed(queue, System::nanoTime, recorder::flush);
      final GatewaySettings reach;
      for (int i = 0; i < VENUES; i++) {
        final int number = i;
        final MockVenue server = new MockVenue().onSocket((session) -> send(session, number));
        access.put(
            "load" + i,
            new VenueAccess(
                "ws://127.0.0.1:" + server.port(), "http://127.0.0.1:" + server.port(), 9, 1, 9));
        servers.add(server);
      }
      reach = new GatewaySettings(limits, access);
      try (Gateway gateway =
          new Gateway(
              reach,
              queue,
              feed,
              Clocks.system(),
              new SplittableRandom(1)::nextDouble,
              (line) -> System.out.println(line))) {
        for (int i = 0; i < VENUES; i++) {
          final PlainVenue venue = PlainVenue.of("load" + i, i);
          gateway.add(
              new VenueLink(venue, reach),
              venue.instruments(),
              recorder.tape(venue.name(), "s.conf " + venue.instruments().get(0).symbol()));
        }
        final long began = System.nanoTime();
        engine.run(new Watched(feed, gateway, began, reported), ReplayPace.max());
        long frames = 0;
        long interruptions = 0;
        for (final var venue : gateway.status()) {
          frames += venue.of(VenueCounter.EVENTS) - 1;
          interruptions += venue.of(VenueCounter.GAPS) + venue.of(VenueCounter.RECONNECTS);
        }
        System.out.printf(
            "sent %,d, events %,d, holes %d, recorded %,d bytes, failure %s%n",
            sent.get(), frames, interruptions, recorder.bytes(), recorder.failure());
        assertEquals(VENUES * SECONDS * RATE, frames);
        assertEquals(0, interruptions);
      }
    }
    for (final MockVenue server : servers) {
      server.close();
    }
  }

  /** Reports memory, and ends when all has come or ten seconds after it should have. */
  private record Watched(VenueFeed feed, Gateway gateway, long began, AtomicLong reported)
      implements BlockSource {
    @Override
    public boolean nextBlock() {
      final long seconds = (System.nanoTime() - began) / SECOND;
      if (seconds >= reported.get() + 10) {
        reported.set(seconds);
        final Runtime runtime = Runtime.getRuntime();
        System.out.printf(
            "%4d s  %s  heap %,d KiB, collections %d%n",
            seconds,
            gateway.status().stream().map((it) -> it.of(VenueCounter.FRAMES)).toList(),
            (runtime.totalMemory() - runtime.freeMemory()) >> 10,
            ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong((it) -> it.getCollectionCount())
                .sum());
      }
      final boolean isAll =
          gateway.status().size() == VENUES
              && gateway.status().stream()
                  .allMatch((it) -> it.of(VenueCounter.EVENTS) > SECONDS * RATE);
      return !isAll && seconds < SECONDS + 30 && feed.nextBlock();
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
}
