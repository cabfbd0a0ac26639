package io.liqmap.engine.shared.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.NumberedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader beside a writer that never waits. */
@Tag("slow")
final class EventStreamRaceTest {
  private static final long EVENTS = 200_000;
  private static final Duration AT_MOST = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void shouldSeeNoTornEventWhereTheWriterComesRoundAllTheTime() throws Exception {
    race(StreamFile.MIN_CAPACITY);
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void shouldSeeNoTornEventWhereTheWriterComesRoundAtTimes() throws Exception {
    race(1 << 16);
  }

  private void race(final int capacity) throws Exception {
    final Path file = folder.resolve("events");
    final AtomicBoolean isEnough = new AtomicBoolean();
    try (EventStream stream = EventStream.create(file, capacity);
        EventStreamReader reader = EventStreamReader.open(file)) {
      final CompletableFuture<Long> writer =
          CompletableFuture.supplyAsync(() -> write(stream, capacity, isEnough));
      try {
        final Seen seen = new Seen();
        final long end = System.nanoTime() + AT_MOST.toNanos();
        while (seen.count < EVENTS && System.nanoTime() < end) {
          if (reader.poll(seen, 64) == 0) {
            LockSupport.parkNanos(1);
          }
        }
        assertTrue(seen.count >= EVENTS, seen.count + " events, the last one " + seen.last);
        assertTrue(reader.lapped() > 0, "the writer never came round");
        assertTrue(seen.holes > 0 && seen.holes <= reader.lapped(), "holes: " + seen.holes);
        isEnough.set(true);
        final long sent = writer.get();
        reader.poll(seen, Integer.MAX_VALUE);
        assertEquals(sent, seen.last, "the newest comes, however much was lost");
      } finally {
        isEnough.set(true);
        writer.get();
      }
    }
  }

  private static long write(
      final EventStream stream, final int capacity, final AtomicBoolean isEnough) {
    // Where both share a core, the reader gets its turns; now and then only after several rings.
    final int turn = capacity / 256;
    final NumberedEvent numbered = new NumberedEvent();
    long sequence = 0;
    while (!isEnough.get()) {
      sequence++;
      stream.send(numbered.of(sequence));
      if (sequence % turn == 0 && (sequence / turn) % 64 > 16) {
        LockSupport.parkNanos(1);
      }
    }
    return sequence;
  }

  /** Checks each event, and counts. */
  private static final class Seen implements EventStreamReader.Handler {
    private final ReceivedEvent received = new ReceivedEvent();
    private long count;
    private long last;
    private long holes;

    @Override
    public void on(final DirectBuffer buffer, final int offset, final int length) {
      final long sequence = received.check(buffer, offset, length);
      assertTrue(sequence > last, () -> sequence + " after " + last);
      holes += sequence - last > 1 ? 1 : 0;
      last = sequence;
      count++;
    }
  }
}
