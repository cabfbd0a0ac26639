package io.liqmap.gateway.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Binance USD-M, Bybit, OKX and Hyperliquid on loopback: one server that answers requests and plays
 * streams in the forms of the venues, with made-up values that move.
 */
public final class MockMarket implements AutoCloseable {
  private static final List<String> VENUES =
      List.of("binance-usdm", "binance-coin", "bybit", "okx", "hyperliquid");
  private static final String GONE = "";
  private static final double SECOND = 1e9;

  private final MockVenue server = new MockVenue();
  private final AtomicLong rounds;
  private final Map<String, AtomicLong> played = new ConcurrentHashMap<>();
  private final Map<String, MockVenue.Script> instead = new ConcurrentHashMap<>();
  private final Map<String, List<String>> besides = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> sent = new ConcurrentHashMap<>();
  private final AtomicLong began = new AtomicLong();
  private volatile double perSecond;

  /**
   * Starts the server.
   *
   * @param rounds frames of each stream, one a millisecond
   */
  public MockMarket(final long rounds) throws IOException {
    this.rounds = new AtomicLong(rounds);
    server.onSocket(this::play).onRequest(this::answer);
  }

  /** Plays each stream at a rate, open loop: what is late is sent at once. */
  public MockMarket paced(final double framesPerSecond) {
    perSecond = framesPerSecond;
    return this;
  }

  /** What a venue has sent a session so far: frames of any kind, and answers to its polls. */
  public long sent(final String venue) {
    return count(venue).get();
  }

  private AtomicLong count(final String venue) {
    return sent.computeIfAbsent(venue, (key) -> new AtomicLong());
  }

  /** Answers requests whose path contains a text in another way. */
  public MockMarket instead(final String part, final MockVenue.Script script) {
    instead.put(part, script);
    return this;
  }

  /** Plays so many frames more of each stream, to sessions that begin from now on. */
  public void playMore(final long more) {
    // A session that is over may not be noticed yet, and would get some of them.
    Await.until("the end of the sessions before", server::isIdle);
    rounds.addAndGet(more);
  }

  /** Frames that a venue sends before its own. */
  public MockMarket plays(final String venue, final List<String> frames) {
    besides.put(venue, frames);
    return this;
  }

  /**
   * Writes a file for {@code --connections} that leads here.
   *
   * @param limits replaces lines of the shipped limits, {@code key = value} each
   */
  public Path connections(final Path file, final String... limits) throws IOException {
    final StringBuilder text = new StringBuilder();
    text.append(
        """
        limits {
          connect = 10s, acknowledge = 10s, first-data = 30s, silence = 2m, pong = 10s
          first-wait = 10ms, max-wait = 100ms, stable = 1m, answer = 10s
          max-frame-bytes = 4000000
        }
        """);
    for (final String limit : limits) {
      text.append("limits.").append(limit).append('\n');
    }
    for (final String venue : VENUES) {
      text.append(
          """
          venues.%1$s {
            connections = 100, per = 1s, messages-per-second = 1000
            websocket = "ws://127.0.0.1:%2$d", rest = "http://127.0.0.1:%2$d"
          }
          """
              .formatted(venue, server.port()));
    }
    return Files.writeString(file, text);
  }

  /** Whether so many streams have been asked for. */
  public boolean hasBegun(final int streams) {
    return played.size() >= streams;
  }

  /** Whether so many streams have been asked for, and each has sent all its frames. */
  public boolean hasPlayed(final int streams) {
    return hasBegun(streams)
        && played.values().stream().allMatch((count) -> count.get() >= rounds.get());
  }

  private void answer(final MockVenue.Session session) throws IOException {
    session.body();
    for (final Map.Entry<String, MockVenue.Script> other : instead.entrySet()) {
      if (session.path().contains(other.getKey())) {
        other.getValue().play(session);
        return;
      }
    }
    final String answer = MockAnswers.to(session.path());
    if (answer != null && MockAnswers.isPoll(session.path())) {
      // Counted before it can have arrived, as all that is sent.
      count(session.path().startsWith("/v5") ? "bybit" : "binance-usdm").incrementAndGet();
    }
    session.reply(answer == null ? 404 : 200, "", answer == null ? "{}" : answer);
  }

  private void play(final MockVenue.Session session) throws IOException {
    final MockStreams venue = MockStreams.at(session.path());
    if (venue == null) {
      session.reply(404, "", "");
      return;
    }
    session.accept();
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    MockVenue.start("reader", () -> listen(session, heard));
    final Set<String> streams = new LinkedHashSet<>();
    join(venue, session, venue == MockStreams.BINANCE ? session.path() : "", streams);
    while (true) {
      final String message = next(heard);
      if (message == null) {
        round(venue, session, streams);
      } else if (message.equals(GONE)) {
        return;
      } else {
        hear(venue, session, message, streams);
      }
    }
  }

  private static String next(final BlockingQueue<String> heard) {
    try {
      return heard.poll(1, TimeUnit.MILLISECONDS);
    } catch (final InterruptedException e) {
      return GONE;
    }
  }

  private static void listen(final MockVenue.Session session, final BlockingQueue<String> heard) {
    try {
      for (String text = session.receive(); text != null; text = session.receive()) {
        heard.add(text);
      }
    } catch (final IOException e) {
      // The client went away.
    }
    heard.add(GONE);
  }

  private void hear(
      final MockStreams venue,
      final MockVenue.Session session,
      final String message,
      final Set<String> streams)
      throws IOException {
    final String pong = venue.pong(message);
    if (pong != null) {
      send(venue, session, pong.replace('\'', '"'));
      return;
    }
    if (venue.acknowledgement(message) != null) {
      send(venue, session, venue.acknowledgement(message).replace('\'', '"'));
    }
    join(venue, session, message, streams);
  }

  private void join(
      final MockStreams venue,
      final MockVenue.Session session,
      final String text,
      final Set<String> streams)
      throws IOException {
    final boolean isFirst = streams.isEmpty();
    for (final String stream : venue.streams(text)) {
      streams.add(stream);
      if (venue.acknowledgementOf(stream) != null) {
        send(venue, session, venue.acknowledgementOf(stream).replace('\'', '"'));
      }
    }
    if (isFirst && !streams.isEmpty()) {
      for (final String frame : besides.getOrDefault(venue.venue(), List.of())) {
        send(venue, session, frame);
      }
    }
    began.compareAndSet(0, System.nanoTime());
    streams.forEach((it) -> played.computeIfAbsent(key(venue, it), (key) -> new AtomicLong()));
  }

  private static String key(final MockStreams venue, final String stream) {
    return venue.venue() + " " + stream;
  }

  private void round(
      final MockStreams venue, final MockVenue.Session session, final Set<String> streams)
      throws IOException {
    for (final String stream : streams) {
      final String key = key(venue, stream);
      final AtomicLong count = played.get(key);
      final long due = Math.min(rounds.get(), due(count.get()));
      for (long number = count.get(); number < due; number++) {
        send(
            venue,
            session,
            venue.frame(stream, number, new SplittableRandom(31 * number + key.hashCode())));
        count.incrementAndGet();
      }
    }
  }

  /** How many frames of a stream should be sent by now: one more, or as its rate says. */
  private long due(final long now) {
    return perSecond == 0
        ? now + 1
        : (long) ((System.nanoTime() - began.get()) / SECOND * perSecond);
  }

  private void send(final MockStreams venue, final MockVenue.Session session, final String text)
      throws IOException {
    count(venue.venue()).incrementAndGet();
    session.send(text);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
