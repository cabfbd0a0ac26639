package io.liqmap.gateway.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.gateway.connection.MockVenue.Script;
import io.liqmap.gateway.connection.MockVenue.Session;
import io.liqmap.gateway.feed.VenueCounter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What servers do wrong, and what becomes of it. */
@Timeout(120)
final class ConnectionFaultsTest {
  private static final long T = 1_790_000_000_000_000_000L;
  private static final long MS = 1_000_000;
  private static final long HUGE = 100_000_000;

  private final PlainVenue venue = PlainVenue.of("plain", 0);
  private final LiveRun run = new LiveRun();
  private MockVenue server;

  @BeforeEach
  void start() throws IOException {
    server = new MockVenue();
    run.reaches("plain", server);
  }

  @AfterEach
  void stop() throws IOException {
    run.close();
    server.close();
  }

  private static void subscribed(final Session session) throws IOException {
    session.accept();
    assertEquals("subscribe", session.receive());
    session.send("ack");
  }

  /** Sends marks of these prices and stays. */
  private static Script marks(final long... prices) {
    return (session) -> {
      subscribed(session);
      for (final long price : prices) {
        session.send("mark " + price + " " + T);
      }
      session.drain();
    };
  }

  @Test
  void shouldConnectSubscribeAndDeliver() {
    server.onSocket(marks(100, 101));
    run.start(venue);
    run.await(FeedEvent.MARK_PRICE, 2);
    assertEquals(1, run.of(FeedEvent.INSTRUMENT).size());
    run.awaitNotice("plain market: live");
    assertTrue(run.hasNoHoles());
  }

  @Test
  void shouldOpenAgainWhatAcknowledgesAndStaysSilent() {
    server.onSocket(
        (session) -> {
          subscribed(session);
          session.drain();
        },
        marks(100));
    run.impatient().start(venue);
    run.await(FeedEvent.MARK_PRICE, 1);
    assertTrue(run.hasNotice("acknowledged, but sent no data"));
    run.awaitCounter(VenueCounter.RECONNECTS, 1);
  }

  @Test
  void shouldOpenAgainWhatNeverAcknowledges() {
    server.onSocket(
        (session) -> {
          session.accept();
          session.drain();
        },
        marks(100));
    run.impatient().start(venue);
    run.await(FeedEvent.MARK_PRICE, 1);
    assertTrue(run.hasNotice("acknowledged 0 of 1 subscriptions"));
  }

  @Test
  void shouldOpenAgainAnIdleLine() {
    server.onSocket(marks(100), marks(101));
    run.start(venue.withIdle(150 * MS));
    run.await(FeedEvent.MARK_PRICE, 2);
    assertTrue(run.hasNotice("silent for 150 ms"));
    assertEquals(1, run.await(FeedEvent.INTERRUPTION, 1).size());
  }

  @Test
  void shouldEndWhatTheVenueKeepsRefusingWithItsWords() {
    server.onSocket(
        (session) -> {
          session.accept();
          session.receive();
          session.send("refused handler-not-found");
          session.drain();
        });
    run.start(venue);
    Await.until("the feed ended", run::hasEnded);
    assertTrue(run.hasNotice("refused: handler-not-found"), run.notices()::toString);
    assertTrue(run.hasNotice("ended, it is no use"), run.notices()::toString);
    assertEquals(3, server.sockets());
  }

  @Test
  void shouldOpenAgainWhatDoesNotAnswerAPing() {
    server.onSocket(marks(100), marks(101));
    run.impatient().start(venue.withPing());
    run.await(FeedEvent.MARK_PRICE, 2);
    assertTrue(run.hasNotice("a ping was not answered"));
  }

  @Test
  void shouldKeepWhatAnswersPings() {
    final AtomicLong pings = new AtomicLong();
    server.onSocket(
        (session) -> {
          subscribed(session);
          session.send("mark 100 " + T);
          for (String text = session.receive(); text != null; text = session.receive()) {
            assertEquals(PlainVenue.PING, text);
            session.send("pong");
            pings.incrementAndGet();
          }
        });
    run.start(venue.withPing());
    Await.until("ten pings", () -> pings.get() >= 10);
    assertEquals(1, server.sockets());
  }

  @Test
  void shouldOpenAgainWhatTheServerCloses() {
    server.onSocket(
        (session) -> {
          subscribed(session);
          session.send("mark 100 " + T);
          session.close(1001);
          session.drain();
        },
        marks(101));
    run.start(venue);
    run.await(FeedEvent.MARK_PRICE, 2);
    assertTrue(run.hasNotice("the venue closed it: 1001"));
  }

  @Test
  void shouldOpenAgainWhenTheServerVanishesWithinAFrame() {
    server.onSocket(
        (session) -> {
          subscribed(session);
          session.send("mark 100 " + T);
          session.frameHead(0x81, 50);
          session.raw("mark 7 ");
          session.vanish();
        },
        marks(101));
    run.start(venue);
    final long second = run.await(FeedEvent.MARK_PRICE, 2).get(1).markPrice();
    assertEquals(101, second);
    final FeedEvent hole = run.await(FeedEvent.INTERRUPTION, 1).get(0);
    assertEquals(T, hole.silentSince());
  }

  @Test
  void shouldPutFragmentsTogether() {
    server.onSocket(
        (session) -> {
          subscribed(session);
          for (int price = 100; price < 120; price++) {
            session.sendInPieces("mark " + price + " " + T + " 牛来🙂é 牛来🙂é", 7);
          }
          session.drain();
        });
    run.start(venue);
    assertEquals(119, run.await(FeedEvent.MARK_PRICE, 20).get(19).markPrice());
  }

  @Test
  void shouldRemoveWhatRepeatsAfterAReconnection() {
    server.onSocket(
        (session) -> {
          subscribed(session);
          session.send("mark 100 " + T);
          session.send("trade 1 100 5 " + T);
          session.send("trade 2 100 5 " + T);
          session.close(1000);
          session.drain();
        },
        (session) -> {
          subscribed(session);
          session.send("mark 100 " + T);
          session.send("trade 1 100 5 " + T);
          session.send("trade 2 100 5 " + T);
          session.send("trade 3 100 5 " + T);
          session.send("mark 102 " + T);
          session.drain();
        });
    run.start(venue);
    run.await(FeedEvent.MARK_PRICE, 3);
    assertEquals(3, run.of(FeedEvent.TRADE).size());
    assertEquals(1, run.of(FeedEvent.INTERRUPTION).size());
  }

  @Test
  void shouldReportMissingIds() {
    server.onSocket(
        (session) -> {
          subscribed(session);
          session.send("trade 1 100 5 " + T);
          session.send("trade 5 100 5 " + T);
          session.send("mark 102 " + T);
          session.drain();
        });
    run.start(venue);
    run.await(FeedEvent.MARK_PRICE, 1);
    assertEquals(3, run.of(FeedEvent.INTERRUPTION).get(0).missing());
    run.awaitCounter(VenueCounter.MISSING, 3);
  }

  @Test
  void shouldWaitAsLongAsTheVenueAsksFor() {
    server.onSocket((session) -> session.reply(429, "Retry-After: 1\r\n", ""), marks(100));
    run.start(venue);
    run.await(FeedEvent.MARK_PRICE, 1);
    assertTrue(run.hasNotice("HTTP 429: too many requests, wait 1 s; again in 1.0 s"));
  }

  @Test
  void shouldPauseAllPollsOfAVenueThatBansThem() {
    server
        .onSocket(marks(100))
        .onRequest((session) -> session.reply(418, "Retry-After: 3600\r\n", ""));
    run.start(venue.withPoll(MS));
    run.awaitNotice("HTTP 418: too many requests, wait 3600 s");
    run.await(FeedEvent.MARK_PRICE, 1);
    run.awaitCounter(VenueCounter.FAILED_POLLS, 1);
    assertEquals(1, server.requests());
  }

  @Test
  void shouldPollAgainAndAgain() {
    server.onSocket(marks(100)).onRequest((session) -> session.reply(200, "", "interest 7 " + T));
    run.start(venue.withPoll(MS));
    run.await(FeedEvent.OPEN_INTEREST, 3);
  }

  @Test
  void shouldFollowNoRedirect() throws IOException {
    try (MockVenue other = new MockVenue().onSocket(marks(1)).onRequest(marks(1))) {
      final String location = "Location: http://127.0.0.1:" + other.port() + "/\r\n";
      server
          .onSocket((session) -> session.reply(302, location, ""), marks(100))
          .onRequest((session) -> session.reply(301, location, ""));
      run.start(venue.withPoll(MS));
      run.await(FeedEvent.MARK_PRICE, 1);
      run.awaitNotice("HTTP 301: redirects to");
      run.awaitNotice("HTTP 302: redirects to");
      assertEquals(0, other.sockets() + other.requests());
    }
  }

  @Test
  void shouldCutOffAFrameOfAHundredMegabytes() {
    final AtomicLong sent = new AtomicLong();
    server.onSocket(
        (session) -> {
          subscribed(session);
          session.frameHead(0x81, HUGE);
          stream(session, sent);
        },
        marks(100));
    run.start(venue);
    run.await(FeedEvent.MARK_PRICE, 1);
    run.awaitCounter(VenueCounter.OVERSIZED, 1);
    assertTrue(run.hasNotice("sent a frame of more than 65536 bytes"));
    assertTrue(sent.get() < HUGE, () -> "read " + sent.get());
  }

  private static void stream(final Session session, final AtomicLong sent) throws IOException {
    final byte[] block = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < HUGE / block.length; i++) {
      session.raw(block);
      sent.addAndGet(block.length);
    }
  }

  @Test
  void shouldCutOffAFrameThatNeverEnds() {
    final AtomicLong pieces = new AtomicLong();
    server.onSocket(
        (session) -> {
          subscribed(session);
          session.frameHead(0x01, 1);
          session.raw("m");
          final String piece = "m".repeat(125);
          while (pieces.incrementAndGet() < HUGE) {
            session.frameHead(0, piece.length());
            session.raw(piece);
          }
        },
        marks(100));
    run.start(venue);
    run.await(FeedEvent.MARK_PRICE, 1);
    run.awaitCounter(VenueCounter.OVERSIZED, 1);
    assertTrue(pieces.get() < HUGE);
  }

  @Test
  void shouldRefuseBinaryFrames() {
    server.onSocket(
        (session) -> {
          subscribed(session);
          session.frameHead(0x82, 3);
          session.raw("abc");
          session.flush();
          session.drain();
        },
        marks(100));
    run.start(venue);
    run.await(FeedEvent.MARK_PRICE, 1);
    assertTrue(run.hasNotice("sent a binary frame"));
  }

  @Test
  void shouldCutOffAnAnswerThatNeverEnds() {
    final AtomicLong sent = new AtomicLong();
    server
        .onSocket(marks(100))
        .onRequest(
            (session) -> {
              session.raw("HTTP/1.1 200 OK\r\nContent-Length: " + HUGE + "\r\n\r\n");
              stream(session, sent);
            });
    run.start(venue.withPoll(MS));
    run.await(FeedEvent.MARK_PRICE, 1);
    run.awaitNotice("the answer is longer than 65536 bytes");
    assertTrue(sent.get() < HUGE, () -> "read " + sent.get());
  }

  @Test
  void shouldCountGarbageAndGoOn() {
    final SplittableRandom random = new SplittableRandom(7);
    server.onSocket(
        (session) -> {
          subscribed(session);
          session.send("");
          session.send("trade");
          session.send("trade x y z");
          session.send("mark 1e400 " + T);
          for (int i = 0; i < 50; i++) {
            session.send(
                random
                    .ints(20, 32, 0xd000)
                    .mapToObj(Character::toString)
                    .reduce("", String::concat));
          }
          session.send("mark 100 " + T);
          session.drain();
        });
    run.start(venue);
    run.await(FeedEvent.MARK_PRICE, 1);
    run.awaitCounter(VenueCounter.INVALID, 3);
    run.awaitCounter(VenueCounter.UNKNOWN, 51);
    assertEquals(1, server.sockets());
  }

  @Test
  void shouldOpenAgainAfterBytesThatAreNoText() {
    server.onSocket(
        (session) -> {
          subscribed(session);
          session.frameHead(0x81, 4);
          session.raw(new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc0, 1});
          session.flush();
          session.drain();
        },
        (session) -> {
          session.accept();
          session.raw("no frames at all, and not even of a known opcode");
          session.flush();
          session.drain();
        },
        marks(100));
    run.start(venue);
    run.await(FeedEvent.MARK_PRICE, 1);
    assertEquals(3, server.sockets());
  }

  @Test
  void shouldReplaceAConnectionBeforeItsEndWithoutAHole() {
    final CountDownLatch never = new CountDownLatch(1);
    server.onSocket(
        (session) -> {
          subscribed(session);
          session.send("mark 100 " + T);
          session.drain();
          // Never closes.
          server.hang();
          never.countDown();
        },
        marks(101));
    run.start(venue.withLifetime(50 * MS));
    run.awaitNotice("replaced by a new connection");
    assertEquals(0, run.of(FeedEvent.INTERRUPTION).size());
    assertEquals(1, never.getCount());
  }

  @Test
  void shouldReplaceAConnectionThatTheVenueWillClose() {
    server.onSocket(
        (session) -> {
          subscribed(session);
          session.send("mark 100 " + T);
          session.send("closing");
          session.drain();
        },
        marks(101));
    run.start(venue);
    run.awaitNotice("the venue will close it: an upgrade");
    run.awaitNotice("replaced by a new connection");
    assertEquals(0, run.of(FeedEvent.INTERRUPTION).size());
  }

  @Test
  void shouldAnswerTheVenuesOwnPings() {
    server.onSocket(
        (session) -> {
          subscribed(session);
          session.ping();
          session.send("mark 100 " + T);
          session.drain();
        });
    run.start(venue);
    run.await(FeedEvent.MARK_PRICE, 1);
    assertEquals(1, server.sockets());
  }

  @Test
  void shouldKeepAVenueFlowingWhileAnotherIsDown() throws IOException {
    final PlainVenue other = PlainVenue.of("down", 1);
    try (MockVenue down = new MockVenue()) {
      down.onSocket((session) -> session.vanish());
      run.reaches("down", down);
      server.onSocket(
          (session) -> {
            subscribed(session);
            for (int i = 0; down.sockets() < 5; i++) {
              session.send("mark " + (100 + i % 7) + " " + T);
            }
            session.send("trade 1 100 5 " + T);
            session.drain();
          });
      run.start(venue, other);
      run.await(FeedEvent.TRADE, 1);
      assertFalse(run.hasNotice("plain market: lost"));
      assertEquals(0, run.counter(0, VenueCounter.RECONNECTS));
      assertEquals(0, run.of(FeedEvent.INTERRUPTION).size());
    }
  }

  @Test
  void shouldTryAVenueAgainThatIsNotThere() throws IOException {
    server.close();
    run.start(venue);
    Await.until(
        "three attempts",
        () -> run.notices().stream().filter((it) -> it.contains("; again in")).count() >= 3);
  }

  @Test
  void shouldRequireEncryptionBeyondThisMachine() {
    for (final String address :
        new String[] {
          "ws://stream.example", "http://x", "wss://a/path", "wss://u@h", "wss://", "h", "wss://a b"
        }) {
      assertThrows(
          IllegalArgumentException.class, () -> Endpoint.of(address, "wss", "ws"), address);
    }
    assertEquals("h", Endpoint.of("wss://h:443", "wss", "ws").host());
    final Endpoint local = Endpoint.of("ws://127.0.0.1:9", "wss", "ws");
    for (final String path : new String[] {"@evil.example/", ".evil.example/", "x", ""}) {
      assertThrows(IllegalArgumentException.class, () -> local.at(path), path);
    }
  }
}
