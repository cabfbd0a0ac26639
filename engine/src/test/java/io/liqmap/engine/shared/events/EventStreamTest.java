package io.liqmap.engine.shared.events;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.NumberedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventStreamTest {
  private static final int CAPACITY = StreamFile.MIN_CAPACITY;

  private final NumberedEvent numbered = new NumberedEvent();
  private final ReceivedEvent received = new ReceivedEvent();
  @TempDir private Path folder;
  private Path file;
  private long sent;

  @BeforeEach
  void setUp() {
    file = folder.resolve("events");
  }

  private void send(final EventStream stream, final int count) {
    for (int i = 0; i < count; i++) {
      sent++;
      stream.send(numbered.of(sent));
    }
  }

  /** Sequences of all that has come, each event checked. */
  private List<Long> poll(final EventStreamReader reader) {
    final List<Long> sequences = new ArrayList<>();
    final int count =
        reader.poll(
            (buffer, offset, length) -> sequences.add(received.check(buffer, offset, length)),
            Integer.MAX_VALUE);
    assertEquals(count, sequences.size());
    return sequences;
  }

  private static List<Long> range(final long first, final long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void shouldHandOnAllThatIsSentAfterAnEmptyRingWasJoined() throws IOException {
    try (EventStream stream = EventStream.create(file, CAPACITY);
        EventStreamReader reader = EventStreamReader.open(file)) {
      assertEquals(List.of(), poll(reader));
      send(stream, 20);
      assertEquals(range(1, 20), poll(reader));
      assertEquals(List.of(), poll(reader));
      // Several times round, so that events meet the end of the ring in many ways.
      for (int i = 0; i < 100; i++) {
        final long before = sent;
        send(stream, 17);
        assertEquals(range(before + 1, sent), poll(reader));
      }
      assertEquals(0, reader.lapped());
    }
  }

  @Test
  void shouldLetALateJoinerStartWithTheNewestEvent() throws IOException {
    try (EventStream stream = EventStream.create(file, CAPACITY)) {
      for (final int before : new int[] {1, 1, 18, 1_000}) {
        send(stream, before);
        final long newest = sent;
        try (EventStreamReader reader = EventStreamReader.open(file)) {
          send(stream, 10);
          assertEquals(range(newest, newest + 10), poll(reader));
          assertEquals(0, reader.lapped());
        }
      }
    }
  }

  @Test
  void shouldHandOnNoMoreThanTheLimit() throws IOException {
    try (EventStream stream = EventStream.create(file, CAPACITY);
        EventStreamReader reader = EventStreamReader.open(file)) {
      send(stream, 10);
      final List<Long> sequences = new ArrayList<>();
      final EventStreamReader.Handler handler =
          (buffer, offset, length) -> sequences.add(received.check(buffer, offset, length));
      assertEquals(0, reader.poll(handler, 0));
      assertEquals(4, reader.poll(handler, 4));
      assertEquals(range(1, 4), sequences);
      assertEquals(6, reader.poll(handler, 7));
      assertEquals(range(1, 10), sequences);
    }
  }

  @Test
  void shouldResumeAtTheNewestEventAfterLosingAWholeRing() throws IOException {
    try (EventStream stream = EventStream.create(file, CAPACITY);
        EventStreamReader slow = EventStreamReader.open(file);
        EventStreamReader other = EventStreamReader.open(file)) {
      send(stream, 5);
      assertEquals(range(1, 5), poll(slow));
      for (int i = 0; i < 10; i++) {
        send(stream, 10);
        poll(other);
      }
      assertEquals(List.of(sent), poll(slow));
      assertEquals(1, slow.lapped());
      assertEquals(0, other.lapped(), "it kept up");
      send(stream, 3);
      assertEquals(range(sent - 2, sent), poll(slow));
      send(stream, 1_000);
      final List<Long> after = poll(slow);
      assertEquals(List.of(sent), after);
      assertEquals(2, slow.lapped());
      assertEquals(999, after.get(0) - 108 - 1, "what was lost follows from the sequences");
    }
  }

  @Test
  void shouldLoseNothingWithinARing() throws IOException {
    try (EventStream stream = EventStream.create(file, CAPACITY);
        EventStreamReader reader = EventStreamReader.open(file)) {
      final int fits = CAPACITY / (EventEncoder.MAX_LENGTH / 2);
      for (int i = 0; i < 50; i++) {
        send(stream, fits);
        assertEquals(range(sent - fits + 1, sent), poll(reader));
      }
      assertEquals(0, reader.lapped());
    }
  }

  @Test
  void shouldSayWhenTheWriterHasEnded() throws IOException {
    final EventStream stream = EventStream.create(file, CAPACITY);
    send(stream, 3);
    try (EventStreamReader reader = EventStreamReader.open(file)) {
      send(stream, 2);
      assertFalse(reader.hasEnded());
      stream.close();
      assertTrue(reader.hasEnded());
      assertEquals(range(3, 5), poll(reader));
      assertEquals(List.of(), poll(reader));
    }
    try (EventStreamReader late = EventStreamReader.open(file)) {
      assertTrue(late.hasEnded());
      assertEquals(List.of(5L), poll(late));
    }
  }

  @Test
  void shouldTakeThePlaceOfAnOlderFile() throws IOException {
    final EventStream old = EventStream.create(file, CAPACITY);
    send(old, 7);
    try (EventStreamReader left = EventStreamReader.open(file)) {
      // As a writer leaves it that was killed while it made its file.
      Files.writeString(folder.resolve("events.new"), "half");
      try (EventStream stream = EventStream.create(file, 4 * CAPACITY);
          EventStreamReader reader = EventStreamReader.open(file)) {
        assertFalse(reader.hasEnded());
        sent = 0;
        send(stream, 2);
        assertEquals(range(1, 2), poll(reader), "sequences restart");
        assertEquals(List.of(7L), poll(left), "of the new one it sees nothing");
        old.close();
        assertTrue(left.hasEnded());
        assertFalse(reader.hasEnded());
      }
    }
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void shouldMakeTheFolder() throws IOException {
    file = folder.resolve("a/b/events");
    try (EventStream stream = EventStream.create(file, CAPACITY);
        EventStreamReader reader = EventStreamReader.open(file)) {
      send(stream, 1);
      assertEquals(List.of(1L), poll(reader));
    }
  }

  @Test
  void shouldTakeAFolderThatIsALink() throws IOException {
    Files.createDirectory(folder.resolve("there"));
    final Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("there"));
    try (EventStream stream = EventStream.create(link.resolve("events"), CAPACITY);
        EventStreamReader reader = EventStreamReader.open(folder.resolve("there/events"))) {
      send(stream, 1);
      assertEquals(List.of(1L), poll(reader));
    }
  }

  @Test
  void shouldLeaveTheFileAsItWasWhenItIsRead() throws IOException {
    try (EventStream stream = EventStream.create(file, CAPACITY);
        EventStreamReader reader = EventStreamReader.open(file)) {
      send(stream, 1_000);
      final byte[] before = Files.readAllBytes(file);
      assertEquals(List.of(sent), poll(reader));
      assertEquals(1, reader.lapped());
      assertArrayEquals(before, Files.readAllBytes(file));
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        Integer.MIN_VALUE,
        -CAPACITY,
        -1,
        0,
        1,
        CAPACITY / 2,
        CAPACITY - 1,
        CAPACITY + 1,
        3 * CAPACITY,
        StreamFile.MAX_CAPACITY * 2,
        Integer.MAX_VALUE
      })
  void shouldRefuseACapacity(final int capacity) throws IOException {
    final Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> EventStream.create(file, capacity).close());
    assertEquals(
        "an event stream has to hold a power of two of bytes, 4096 to 268435456, was " + capacity,
        e.getMessage());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList(), "nothing was made");
    }
  }

  @Test
  void shouldEndOnceOnly() throws IOException {
    final EventStream stream = EventStream.create(file, CAPACITY);
    send(stream, 1);
    stream.close();
    stream.close();
    assertThrows(IllegalStateException.class, () -> send(stream, 1));
  }

  @Test
  void shouldRefuseToBePolledAfterItWasClosed() throws IOException {
    try (EventStream stream = EventStream.create(file, CAPACITY)) {
      final EventStreamReader reader = EventStreamReader.open(file);
      send(stream, 1);
      reader.close();
      reader.close();
      assertThrows(IllegalStateException.class, () -> poll(reader));
      assertThrows(IllegalStateException.class, reader::hasEnded);
    }
  }
}
