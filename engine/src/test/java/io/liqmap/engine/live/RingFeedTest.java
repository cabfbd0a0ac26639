package io.liqmap.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFault;
import io.liqmap.engine.feed.FeedFileException;
import io.liqmap.engine.feed.JumpLimits;
import io.liqmap.engine.support.ChildJvm;
import io.liqmap.engine.support.TestInstruments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RingFeedTest {
  private static final long TIME = 1_767_225_600_000_000_000L;
  private static final int CAPACITY = RingFile.MIN_CAPACITY;

  @TempDir private Path folder;
  private Path path;
  private RingFeed feed;
  private final List<String> log = new ArrayList<>();
  private final FeedAdapter adapter = new FeedAdapter(8, JumpLimits.STANDARD);
  private final FeedEvent event = new FeedEvent();

  @BeforeEach
  void makeRing() throws IOException {
    path = folder.resolve("feed.ring");
    feed = RingFeed.create(path, CAPACITY, log::add);
  }

  @AfterEach
  void close() throws IOException {
    feed.close();
  }

  private static void define(final FeedEvent event, final int writer, final long sequence) {
    event.instrument(
        sequence, TIME, TIME, TestInstruments.linear(writer, "I" + writer, "test", "X", "Y", 1));
  }

  private static void trade(
      final FeedEvent event, final int writer, final long sequence, final long quantity) {
    event.trade(sequence, TIME, TIME, writer, -2, -3, 100, quantity, FeedEvent.BUY);
  }

  private RingFeedWriter writer(final int number) throws IOException {
    return RingFeedWriter.open(path, number);
  }

  /** Sends a definition and trades of the writer's own instrument, whose quantities count up. */
  private static void send(final RingFeedWriter writer, final int number, final int trades) {
    final FeedEvent sent = new FeedEvent();
    define(sent, number, 1);
    sendWhenThereIsRoom(writer, sent);
    for (int i = 1; i <= trades; i++) {
      trade(sent, number, 1 + i, i);
      sendWhenThereIsRoom(writer, sent);
    }
  }

  private static void sendWhenThereIsRoom(final RingFeedWriter writer, final FeedEvent sent) {
    while (!writer.send(sent)) {
      Thread.onSpinWait();
    }
  }

  /** Reads all that is there. */
  private List<String> read() throws IOException {
    final List<String> events = new ArrayList<>();
    boolean hasNext = feed.nextBlock();
    while (hasNext && feed.length() > 0) {
      adapter.wrap(feed.buffer(), feed.offset(), feed.length());
      while (adapter.next(event)) {
        events.add(
            event.kind() == FeedEvent.TRADE
                ? event.sequence() + ": " + event.quantity() + " of " + event.instrument()
                : event.sequence() + ": kind " + event.kind());
      }
      hasNext = feed.nextBlock();
    }
    return events;
  }

  @Test
  void shouldPassOnEachWritersMessagesWholeAndInOrder() throws Exception {
    final int trades = 30_000;
    final int writers = 3;
    final List<Thread> threads = new ArrayList<>();
    for (int number = 1; number <= writers; number++) {
      final int own = number;
      final RingFeedWriter writer = writer(number);
      threads.add(new Thread(() -> send(writer, own, trades)));
    }
    threads.forEach(Thread::start);
    final long[] last = new long[writers + 1];
    long left = (long) writers * trades;
    while (left > 0) {
      assertTrue(feed.nextBlock());
      adapter.wrap(feed.buffer(), feed.offset(), feed.length());
      while (adapter.next(event)) {
        if (event.kind() == FeedEvent.TRADE) {
          assertEquals(++last[event.instrument()], event.quantity());
          left--;
        }
      }
    }
    for (final Thread thread : threads) {
      thread.join();
    }
    for (final FeedFault fault : FeedFault.values()) {
      assertEquals(0, adapter.count(fault), fault.name());
    }
    assertEquals(writers * (trades + 1L), adapter.lastSequence());
  }

  @Test
  void shouldKeepEachWritersGapsAndRepeatsAndContinueAfterWhatCameBefore() throws Exception {
    assertTrue(feed.continueAfter(500));
    final RingFeedWriter one = writer(1);
    final RingFeedWriter two = writer(2);
    define(event, 1, 40);
    one.send(event);
    define(event, 2, 1);
    two.send(event);
    trade(event, 1, 43, 7);
    one.send(event);
    one.send(event);
    trade(event, 2, 2, 8);
    two.send(event);

    assertEquals(
        List.of(
            "501: kind 1",
            "502: kind 1",
            "504: kind 8",
            "505: 7 of 1",
            "505: kind 8",
            "506: 8 of 2"),
        read());
    assertEquals(2, adapter.count(FeedFault.MISSING));
    assertEquals(1, adapter.count(FeedFault.DUPLICATE));
  }

  @Test
  void shouldRefuseMessagesWhileTheRingIsFullAndLoseNone() throws Exception {
    final RingFeedWriter writer = writer(1);
    define(event, 1, 1);
    assertTrue(writer.send(event));
    int sent = 0;
    do {
      sent++;
      trade(event, 1, 1 + sent, sent);
    } while (writer.send(event));

    assertTrue(sent > CAPACITY / 100, "sent " + sent);
    assertEquals(sent, read().size());
    trade(event, 1, 1 + sent, sent);
    assertTrue(writer.send(event));
    assertEquals(List.of(1 + sent + ": " + sent + " of 1"), read());
  }

  @Test
  void shouldApplySeveralFramesOfAMessageAndCountTheMalformedRest() throws Exception {
    final FeedEncoder encoder = new FeedEncoder();
    final UnsafeBuffer frames = new UnsafeBuffer(new byte[1_000]);
    define(event, 1, 1);
    int length = encoder.encode(event, frames, 0);
    trade(event, 1, 2, 5);
    length += encoder.encode(event, frames, length);
    frames.putInt(length, 900);
    final RingFeedWriter writer = writer(1);
    writer.send(frames, 0, length + 40);
    trade(event, 1, 3, 6);
    writer.send(event);

    assertEquals(List.of("1: kind 1", "2: 5 of 1", "2: kind 8", "3: 6 of 1"), read());
    assertEquals(1, adapter.count(FeedFault.LENGTH));
  }

  @Test
  void shouldCountMessagesOfWritersOutOfRangeAndGarbage() throws Exception {
    try (RingFile file = RingFile.open(path)) {
      final ManyToOneRingBuffer ring = new ManyToOneRingBuffer(file.ring());
      final UnsafeBuffer garbage = new UnsafeBuffer(new byte[CAPACITY / 8]);
      ring.write(1_024, garbage, 0, 64);
      ring.write(1, garbage, 0, 3);
      ring.write(1, garbage, 0, 100_000);
    }
    define(event, 1, 1);
    writer(1).send(event);
    read();

    assertEquals(3, adapter.count(FeedFault.LENGTH));
    assertEquals(1, adapter.lastSequence());
  }

  @Test
  void shouldSkipTheClaimOfADeadWriterAndSayIt() throws Exception {
    feed.close();
    feed = new RingFeed(path, CAPACITY, 0, log::add);
    try (RingFile file = RingFile.open(path)) {
      assertTrue(new ManyToOneRingBuffer(file.ring()).tryClaim(9, 64) > 0);
    }
    define(event, 1, 1);
    writer(1).send(event);
    List<String> events = read();
    while (events.isEmpty()) {
      events = read();
    }

    assertEquals(List.of("1: kind 1"), events);
    assertEquals(1, feed.unblocked());
    assertTrue(log.get(0).contains("position 0: a writer claimed room and wrote nothing"));
  }

  @Test
  void shouldEndWhereAWriterBreaksTheProtocol() throws Exception {
    for (final int length : new int[] {3, CAPACITY + 8, Integer.MAX_VALUE, 4_096}) {
      final Path other = folder.resolve("r" + length);
      try (RingFeed broken = RingFeed.create(other, CAPACITY, log::add);
          RingFile file = RingFile.open(other)) {
        file.ring().putInt(0, length);
        final String message =
            assertThrows(FeedFileException.class, broken::nextBlock).getMessage();
        assertTrue(message.contains("a record of " + length + " bytes"), message);
      }
    }
  }

  @Test
  void shouldEndWithAnEmptyMessageAndLeaveNoFile() throws Exception {
    final RingFeedWriter writer = writer(1);
    assertTrue(writer.isRead());
    define(event, 1, 1);
    writer.send(event);
    assertTrue(writer.end());
    writer.send(event);

    assertEquals(List.of("1: kind 1"), read());
    assertFalse(feed.nextBlock());
    feed.close();
    assertFalse(writer.isRead());
    assertThrows(NoSuchFileException.class, () -> writer(2));
  }

  @Test
  void shouldReplaceOnlyARingThatNoEngineReads() throws Exception {
    final IOException refused =
        assertThrows(IOException.class, () -> RingFeed.create(path, CAPACITY, log::add));
    assertTrue(refused.getMessage().contains("another engine reads this ring"));

    final Path copy = Files.copy(path, folder.resolve("copy"));
    assertTrue(
        assertThrows(IOException.class, () -> RingFeedWriter.open(copy, 1))
            .getMessage()
            .contains("no engine reads this ring"));
    RingFeed.create(copy, CAPACITY, log::add).close();
    assertFalse(Files.exists(copy));
  }

  @Test
  void shouldRefuseCapacitiesNumbersAndLengthsOutOfRange() throws Exception {
    final Path other = folder.resolve("other");
    for (final int capacity : new int[] {0, 1 << 19, 3 << 20, -1}) {
      assertThrows(
          IllegalArgumentException.class, () -> RingFeed.create(other, capacity, log::add));
    }
    assertThrows(IllegalArgumentException.class, () -> writer(0));
    assertThrows(IllegalArgumentException.class, () -> writer(1_024));
    final RingFeedWriter writer = writer(1);
    final UnsafeBuffer frames = new UnsafeBuffer(new byte[100_000]);
    assertThrows(IllegalArgumentException.class, () -> writer.send(frames, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> writer.send(frames, 0, 65_537));
  }

  @Test
  void shouldReadAWriterInAnotherProcess() throws Exception {
    final int trades = 20_000;
    final Process process =
        new ProcessBuilder(
                ChildJvm.command(Writing.class, List.of(), path.toString(), String.valueOf(trades)))
            .inheritIO()
            .start();
    final List<String> events = new ArrayList<>();
    while (events.size() < trades + 1) {
      events.addAll(read());
      assertTrue(process.isAlive() || process.exitValue() == 0, "the writer failed");
    }
    assertEquals(trades + 1 + ": " + trades + " of 1", events.get(trades));
    assertEquals(0, process.waitFor());
  }

  /** Another process. */
  static final class Writing {
    private Writing() {}

    public static void main(final String[] args) throws IOException {
      try (RingFeedWriter writer = RingFeedWriter.open(Path.of(args[0]), 1)) {
        RingFeedTest.send(writer, 1, Integer.parseInt(args[1]));
      }
    }
  }
}
