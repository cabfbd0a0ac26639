package io.liqmap.engine.shared.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.NumberedEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the engine didn't write, or that something has happened to. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StreamFileTest {
  private static final int CAPACITY = StreamFile.MIN_CAPACITY;
  private static final int VERSION = 8;
  private static final int CAPACITY_FIELD = 12;
  private static final int RING = 128;
  private static final int INTENT = RING + CAPACITY;
  private static final int TAIL = INTENT + 8;
  private static final int LATEST = INTENT + 16;
  private static final int LENGTH = INTENT + 128;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void makeStream() throws IOException {
    file = folder.resolve("events");
    final NumberedEvent numbered = new NumberedEvent();
    try (EventStream stream = EventStream.create(file, CAPACITY)) {
      for (long number = 1; number <= 100; number++) {
        stream.send(numbered.of(number));
      }
    }
  }

  private ByteBuffer bytes() throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void write(final ByteBuffer bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertEquals(bytes.capacity(), channel.write(bytes.duplicate().clear()));
    }
  }

  /** What is said when it's opened, without the name of the file. */
  private String refusal() {
    final String message =
        assertThrows(IOException.class, () -> EventStreamReader.open(file).close()).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    return message.substring(file.toString().length() + 2);
  }

  @Test
  void shouldBeLaidOutAsWritten() throws IOException {
    final ByteBuffer bytes = bytes();
    assertEquals(LENGTH, bytes.capacity());
    assertEquals("LIQEVNT1", StandardCharsets.US_ASCII.decode(bytes.slice(0, 8)).toString());
    assertEquals(1, bytes.getInt(VERSION));
    assertEquals(CAPACITY, bytes.getInt(CAPACITY_FIELD));
    assertEquals(1, bytes.getLong(16), "ended");
    for (int i = 24; i < RING; i++) {
      assertEquals(0, bytes.get(i));
    }
    final long latest = bytes.getLong(LATEST);
    final int record = RING + (int) (latest & (CAPACITY - 1));
    final int length = bytes.getInt(record);
    assertEquals(bytes.getLong(TAIL), latest + (length + 7) / 8 * 8L);
    assertEquals(bytes.getLong(TAIL), bytes.getLong(INTENT));
    assertEquals(100, bytes.getLong(record + 16), "sequence of the newest");
  }

  @Test
  void shouldRefuseWhatIsNotThere() throws IOException {
    Files.delete(file);
    assertEquals("no such file; an engine that shares its state writes it", refusal());
  }

  @Test
  void shouldRefuseAFolder() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
    assertEquals("reading failed: is a folder, no file", refusal());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, (1L << 28) + 257, 3L << 30})
  void shouldRefuseALengthThatNoStreamHas(final long length) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.setLength(length);
    }
    assertEquals("no event stream, it has " + length + " bytes", refusal());
  }

  @ParameterizedTest
  @ValueSource(longs = {128, CAPACITY, LENGTH - 128, LENGTH - 1, LENGTH + 1, 2 * LENGTH})
  void shouldRefuseAFileThatWasCutOrGrew(final long length) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.setLength(length);
    }
    assertEquals("an event stream of 4096 bytes in a file of " + length, refusal());
  }

  @Test
  void shouldRefuseAForeignFile() throws IOException {
    Files.writeString(file, "LIQVIEW1".repeat(1_000));
    assertEquals("no event stream, it doesn't start with LIQEVNT1", refusal());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, -1})
  void shouldRefuseAnotherLayout(final int version) throws IOException {
    write(bytes().putInt(VERSION, version));
    assertEquals(
        "event stream of layout "
            + version
            + ", this version reads layout 1; read it with the version that writes it",
        refusal());
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        -1,
        1,
        CAPACITY - 1,
        2 * CAPACITY,
        3 * CAPACITY,
        StreamFile.MAX_CAPACITY,
        1 << 30,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE
      })
  void shouldRefuseAnAbsurdCapacity(final int capacity) throws IOException {
    write(bytes().putInt(CAPACITY_FIELD, capacity));
    assertEquals("an event stream of " + capacity + " bytes in a file of " + LENGTH, refusal());
  }

  /** Polls until nothing comes, or the reader says that the stream is damaged. */
  private long drain() throws IOException {
    final long[] bytes = {0};
    try (EventStreamReader reader = EventStreamReader.open(file)) {
      int polls = 0;
      while (polls < 100 && reader.poll((buffer, offset, length) -> bytes[0] += length, 1) > 0) {
        polls++;
      }
    }
    return bytes[0];
  }

  private String damage() {
    return assertThrows(IllegalStateException.class, this::drain).getMessage();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 8, 7, 265, CAPACITY, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void shouldRefuseARecordThatCannotBe(final int length) throws IOException {
    final ByteBuffer bytes = bytes();
    final int latest = (int) (bytes.getLong(LATEST) & (CAPACITY - 1));
    write(bytes.putInt(RING + latest, length));
    assertEquals(
        "the event stream is damaged: a record of " + length + " bytes at " + latest, damage());
  }

  @Test
  void shouldRefuseARecordThatReachesBeyondTheRing() throws IOException {
    final ByteBuffer bytes = bytes();
    final int last = CAPACITY - 64;
    final long latest = bytes.getLong(LATEST) / CAPACITY * CAPACITY + last;
    bytes.putLong(LATEST, latest).putLong(TAIL, latest + 72).putLong(INTENT, latest + 72);
    write(bytes.putInt(RING + last, 72).putInt(RING + last + 4, 1));
    assertEquals("the event stream is damaged: a record of 72 bytes at " + last, damage());
  }

  @Test
  void shouldRefusePaddingWithoutEnd() throws IOException {
    final ByteBuffer bytes = bytes();
    bytes.putLong(LATEST, 0).putLong(TAIL, 8).putLong(INTENT, 8);
    write(bytes.putInt(RING, CAPACITY).putInt(RING + 4, -1));
    assertEquals("the event stream is damaged: a record of 4096 bytes at 0", damage());
  }

  @Test
  void shouldRefuseAnEndThatItsWriterHasNotReached() throws IOException {
    final ByteBuffer bytes = bytes();
    final long end = bytes.getLong(INTENT) + 8;
    write(bytes.putLong(TAIL, end));
    assertEquals(
        "the event stream is damaged: it ends at " + end + ", farther than its writer went",
        damage());
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 1})
  void shouldEndWithAnyCounters(final long counter) throws IOException {
    for (final int place : new int[] {INTENT, TAIL, LATEST}) {
      makeStream();
      write(bytes().putLong(place, counter));
      try {
        assertTrue(drain() >= 0);
      } catch (final IllegalStateException e) {
        assertTrue(e.getMessage().startsWith("the event stream is damaged: "), e.getMessage());
      }
    }
  }

  @Test
  void shouldEndWithAnyRing() throws IOException {
    final SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int round = 0; round < 2_000; round++) {
      if (round % 100 == 0) {
        makeStream();
      }
      final ByteBuffer bytes = bytes();
      for (int i = 0; i < 20; i++) {
        bytes.putInt(RING + 4 * random.nextInt(CAPACITY / 4), random.nextInt(-2, 300));
      }
      bytes.putLong(LATEST, bytes.getLong(TAIL) - 8L * random.nextInt(CAPACITY / 8));
      write(bytes);
      try {
        drain();
      } catch (final IllegalStateException e) {
        refused++;
      }
    }
    assertTrue(refused > 1_000, "refused: " + refused);
  }
}
