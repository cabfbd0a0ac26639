package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.Folders;
import io.liqmap.benchmarks.venue.FrameBatch;
import io.liqmap.benchmarks.venue.FrameFeed;
import io.liqmap.benchmarks.venue.SessionVenues;
import io.liqmap.benchmarks.venue.VenueMix;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.gateway.connection.Clocks;
import io.liqmap.gateway.connection.Gateway;
import io.liqmap.gateway.connection.GatewayLimits;
import io.liqmap.gateway.connection.GatewaySettings;
import io.liqmap.gateway.connection.VenueAccess;
import io.liqmap.gateway.connection.VenueLink;
import io.liqmap.gateway.feed.FrameQueue;
import io.liqmap.gateway.feed.FrameTape;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.feed.VenueFeed;
import io.liqmap.gateway.venue.Venue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;

/**
 * Latency of frames of Binance's streams over a WebSocket on loopback: from when a frame should
 * have been sent to when the sender sees the view of it, or has it back from a client that returns
 * what it gets. Both clients are the JDK's.
 */
final class FrameLatency {
  private static final long SEED = 42;
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000;
  private static final long LEAD_MILLIS = 600_000;
  private static final long FIRST_PART = 3;
  private static final int MAX_FRAME = 1 << 16;
  private static final String MARKET = "/market/stream";

  private final Task task;
  private final double rate;
  private final FrameBatch batch;

  /** The sequence of the last event of each frame. */
  private final long[] lastEvents;

  private final long events;

  FrameLatency(final Task task, final int frames, final double rate) {
    this.task = task;
    this.rate = rate;
    // Not before the definitions, whose time is that of the session's start.
    final long start = (System.currentTimeMillis() + LEAD_MILLIS) * MILLI;
    batch = new FrameBatch(SEED, VenueMix.BINANCE, frames, start);
    batch.refill();
    final FrameFeed feed = new FrameFeed(batch, 1);
    lastEvents = new long[frames];
    for (int i = 0; feed.nextBlock(); i++) {
      lastEvents[i] = feed.count(VenueCounter.EVENTS);
      Checks.require(i == 0 || lastEvents[i] > lastEvents[i - 1], "frame " + i + " says nothing");
    }
    events = lastEvents[frames - 1];
  }

  FrameBatch batch() {
    return batch;
  }

  /** One message back and forth. */
  Passage echo() throws IOException, InterruptedException {
    final Returned returned = new Returned();
    final Arrivals arrivals = new Arrivals(returned, batch.size());
    final HttpClient client = HttpClient.newHttpClient();
    try (LoopbackVenue venue = new LoopbackVenue(MARKET, arrivals::scan)) {
      returned.venue = venue;
      client
          .newWebSocketBuilder()
          .buildAsync(URI.create("ws://127.0.0.1:" + venue.port() + MARKET), new Echo())
          .join();
      venue.await();
      final HiccupMeter hiccups = new HiccupMeter();
      final FrameSender sender = new FrameSender(batch, rate);
      sender.send(venue, Thread::onSpinWait);
      final long end = System.nanoTime() + 10 * SECOND;
      while (venue.returned() < batch.size() && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      return passage(sender, arrivals, hiccups, venue.returned());
    }
  }

  /** To the view. */
  Passage view() throws Exception {
    final Path folder = Files.createTempDirectory(task.folder(), "bench-");
    try {
      return view(folder);
    } finally {
      Folders.delete(folder);
    }
  }

  private Passage view(final Path folder) throws Exception {
    final Path file = folder.resolve("view");
    final FrameQueue queue = new FrameQueue();
    final VenueFeed feed = new VenueFeed(queue, System::nanoTime, (time) -> {});
    final Venue venue = SessionVenues.venue(0);
    try (LoopbackVenue server = new LoopbackVenue(MARKET, () -> {});
        Engine engine =
            Engine.launch(
                EngineStage.settings(task, ThreadingMode.INLINE),
                null,
                new Outputs(MapListener.NONE, ViewMemory.create(file, Latencies.VIEW), null));
        VenueLink link = new VenueLink(venue, settings(venue, server));
        Gateway gateway =
            new Gateway(
                settings(venue, server), queue, feed, Clocks.system(), () -> 0, (line) -> {})) {
      final Arrivals arrivals =
          new Arrivals(new SeenFrames(PublishedSequence.of(file)), batch.size());
      final Times times = new Times(batch.size());
      gateway.add(link, List.of(SessionVenues.instrument(0)), times);
      final FutureTask<Void> running =
          new FutureTask<>(
              () -> {
                engine.run(feed, ReplayPace.max());
                return null;
              });
      new Thread(running, "engine").start();
      server.await();
      final HiccupMeter hiccups = new HiccupMeter();
      final FrameSender sender = new FrameSender(batch, rate);
      sender.send(server, arrivals::scan);
      final long end = System.nanoTime() + 10 * SECOND;
      while (arrivals.last() < batch.size() && System.nanoTime() < end) {
        arrivals.scan();
      }
      feed.end();
      running.get();
      engine.finish();
      EngineStage.requireWhole(engine, events);
      batch.received(times.start, times.frames);
      return passage(sender, arrivals, hiccups, engine.report().journaled().stateHash());
    }
  }

  private static GatewaySettings settings(final Venue venue, final LoopbackVenue server)
      throws IOException {
    final long wait = 60 * SECOND;
    return new GatewaySettings(
        new GatewayLimits(wait, wait, wait, wait, wait, SECOND, SECOND, SECOND, wait, MAX_FRAME),
        Map.of(
            venue.name(),
            new VenueAccess(
                "ws://127.0.0.1:" + server.port(),
                "http://127.0.0.1:" + server.port(),
                100,
                SECOND,
                100)));
  }

  private Passage passage(
      final FrameSender sender,
      final Arrivals arrivals,
      final HiccupMeter hiccups,
      final long answer)
      throws InterruptedException {
    Checks.require(
        arrivals.last() == batch.size(),
        "seen up to frame " + arrivals.last() + " of " + batch.size());
    return new Passage(
        batch.size(),
        0,
        answer,
        List.of(),
        arrivals.latencies(sender::due, batch.size() / FIRST_PART),
        hiccups.delays(),
        Map.of());
  }

  /** When frames were received; answers to polls aren't frames of the batch, and there are none. */
  private static final class Times implements FrameTape {
    private final long[] frames;
    private int count;
    private long start;

    Times(final int count) {
      frames = new long[count];
    }

    @Override
    public void start(final long time) {
      start = time;
    }

    @Override
    public void frame(final long time, final byte[] frame, final int offset, final int length) {
      frames[count++] = time;
    }

    @Override
    public void opened(final long time, final String connection) {
      // Not needed.
    }

    @Override
    public void lost(final long time, final String connection, final String reason) {
      // A lost line loses frames, which fails the passage.
    }
  }

  /** What came back to a venue that is made later. */
  private static final class Returned implements LongSupplier {
    private volatile LoopbackVenue venue;

    @Override
    public long getAsLong() {
      return venue == null ? 0 : venue.returned();
    }
  }

  /** The last frame all of whose events are in what was seen. */
  private final class SeenFrames implements LongSupplier {
    private final LongSupplier sequence;
    private int frames;

    SeenFrames(final LongSupplier sequence) {
      this.sequence = sequence;
    }

    @Override
    public long getAsLong() {
      final long seen = sequence.getAsLong();
      if (frames < lastEvents.length && lastEvents[frames] <= seen) {
        final int at = Arrays.binarySearch(lastEvents, frames, lastEvents.length, seen);
        frames = at >= 0 ? at + 1 : -at - 1;
      }
      return frames;
    }
  }

  /** Returns each message. */
  private static final class Echo implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(
        final WebSocket socket, final CharSequence data, final boolean last) {
      return socket.sendText(data, last).thenAccept((sent) -> sent.request(1));
    }
  }
}
