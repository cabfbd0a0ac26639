package io.liqmap.engine.shared.counters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.state.FaultTally;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader makes of a file of counters, whole or not. */
@Tag("slow")
final class CountersFileTest {
  private static final long PROCESS = 24;
  private static final long PROCESS_START = 48;
  private static final long HOUR = 3_600_000;

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve(EngineCounters.FILE);
  }

  private void put(final long at, final byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), at);
    }
  }

  private void putInt(final long at, final int value) throws IOException {
    put(at, ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  @Test
  void shouldShowReadersNoFileBeforeItHasCounters() throws IOException {
    final CountersFile unpublished = CountersFile.create(file(), 1, 4);
    assertFalse(Files.exists(file()));
    unpublished.publish();
    assertTrue(Files.exists(file()));
    unpublished.close();
  }

  @Test
  void shouldReadTheCountersOfEachMapWriter() throws Exception {
    final EngineCounters health = EngineCounters.create(file(), 3, 4);
    for (int map = 0; map < 3; map++) {
      health.map(map).applied(100 + map, 200 + map, 300 + map);
      health.map(map).faults(new FaultTally().set(2, 3, 4, 5, map));
    }
    health.journal().appended(7, 8, 9, 10);
    health.end(false);

    final EngineCountersReader reader = EngineCountersReader.open(folder);

    assertEquals(3, reader.maps());
    assertEquals(ProcessHandle.current().pid(), reader.process());
    for (int map = 0; map < 3; map++) {
      assertEquals(100 + map, reader.value(EngineCounter.EVENTS, map));
      assertEquals(200 + map, reader.value(EngineCounter.SEQUENCE, map));
      assertEquals(300 + map, reader.value(EngineCounter.EVENT_TIME, map));
      assertEquals(5, reader.value(EngineCounter.REJECTED, map));
      assertEquals(map, reader.value(EngineCounter.UNKNOWN, map));
    }
    assertEquals(8, reader.value(EngineCounter.JOURNAL_DOCUMENTS));
    assertEquals(10, reader.value(EngineCounter.SNAPSHOTS));
    assertEquals(0, reader.value(EngineCounter.RING_CAPACITY));
  }

  @Test
  void shouldSayWhatHasBecomeOfTheEngine() throws Exception {
    EngineCounters.create(file(), 1, 4);
    final long now = EngineCountersReader.open(folder).value(EngineCounter.HEARTBEAT);

    assertEquals(EngineCountersReader.State.RUNNING, state(now + 1_000));
    assertEquals(EngineCountersReader.State.RUNNING, state(now + 4_000));
    assertEquals(EngineCountersReader.State.FROZEN, state(now + HOUR));
    putLong(PROCESS, Integer.MAX_VALUE);
    // Processes of another container are invisible, their heartbeat is not.
    assertEquals(EngineCountersReader.State.RUNNING, state(now + 1_000));
    assertEquals(EngineCountersReader.State.DEAD, state(now + 4_000));
    assertEquals(EngineCountersReader.State.DEAD, state(now - HOUR));
    for (final boolean hasFailed : new boolean[] {false, true}) {
      EngineCounters.create(file(), 1, 4).end(hasFailed);
      assertEquals(
          hasFailed ? EngineCountersReader.State.FAILED : EngineCountersReader.State.ENDED,
          state(now + HOUR));
    }
  }

  private EngineCountersReader.State state(final long now) throws IOException {
    return EngineCountersReader.open(folder).state(now);
  }

  private void putLong(final long at, final long value) throws IOException {
    put(at, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  @Test
  void shouldDistinguishACurrentHeartbeatFromAStoppedOne() throws Exception {
    assertFalse(EngineCounters.hasHeartbeat(folder));
    final EngineCounters health = EngineCounters.create(file(), 1, 4);
    assertFalse(EngineCounters.hasHeartbeat(folder), "made, and never heard of since");
    health.start("INLINE", false);
    assertTrue(EngineCounters.hasHeartbeat(folder));
    health.end(false);
    assertFalse(EngineCounters.hasHeartbeat(folder));
  }

  @Test
  void shouldDistinguishAnotherProcessOfTheSameNumber() throws Exception {
    EngineCounters.create(file(), 1, 4);
    final long now = EngineCountersReader.open(folder).value(EngineCounter.HEARTBEAT);
    putLong(PROCESS_START, HOUR);

    assertEquals(EngineCountersReader.State.DEAD, state(now + HOUR));
  }

  @Test
  void shouldCountEqualErrorsOnce() throws Exception {
    final EngineCounters health = EngineCounters.create(file(), 1, 4);
    for (int i = 0; i < 5; i++) {
      health.error(new IllegalStateException("one"));
    }
    health.error(new IllegalArgumentException("other"));
    health.end(false);

    final EngineCountersReader reader = EngineCountersReader.open(folder);
    assertEquals(2, reader.errors().size());
    assertEquals(5, reader.errors().get(0).count());
    assertTrue(reader.errors().get(0).text().contains("one"), reader.errors().get(0).text());
    assertTrue(reader.errors().get(0).last() >= reader.errors().get(0).first());
    assertEquals(6, reader.value(EngineCounter.ERRORS));
  }

  @Test
  void shouldKeepCountingWhenTheErrorLogIsFull() throws Exception {
    final EngineCounters health = EngineCounters.create(file(), 1, 4);
    for (int i = 0; i < 2_000; i++) {
      health.error(deep(i % 50, new IllegalStateException("error " + i)));
    }
    health.end(false);

    final EngineCountersReader reader = EngineCountersReader.open(folder);
    assertEquals(2_000, reader.value(EngineCounter.ERRORS));
    assertFalse(reader.errors().isEmpty());
  }

  /** Errors of different stacks, so that they are distinct. */
  private static Throwable deep(final int depth, final Throwable cause) {
    return depth == 0 ? cause : deep(depth - 1, new IllegalStateException("around", cause));
  }

  @Test
  void shouldSayWhereThereIsNothing() {
    assertThrows(NoSuchFileException.class, () -> EngineCountersReader.open(folder));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 7, 'no counters, it doesn''t start with LIQHLTH1'",
    "8, 1, 'counters of layout 1, this version reads layout 2'",
    "8, 9, counters of layout 9",
    "12, 1000000000, damaged",
    "12, -1, damaged",
    "16, 2147483647, damaged",
    "20, 0, damaged",
    "20, 65, damaged",
    "56, 0, damaged",
    "56, 5, damaged",
    "56, 2147483647, damaged"
  })
  void shouldRefuseWhatCannotBe(final long at, final int value, final String saying)
      throws Exception {
    EngineCounters.create(file(), 1, 4);
    putInt(at, value);

    final IOException e = assertThrows(IOException.class, () -> EngineCountersReader.open(folder));
    assertTrue(e.getMessage().contains(saying), e.getMessage());
    assertTrue(e.getMessage().startsWith(file().toString()), e.getMessage());
  }

  @Test
  void shouldRefuseOtherSizesAndFolders() throws Exception {
    Files.write(file(), new byte[100]);
    assertThrows(IOException.class, () -> EngineCountersReader.open(folder));
    EngineCounters.create(file(), 1, 4);
    put(Files.size(file()), new byte[1]);
    assertThrows(IOException.class, () -> EngineCountersReader.open(folder));
    Files.delete(file());
    Files.createDirectory(file());
    assertThrows(IOException.class, () -> EngineCountersReader.open(folder));
  }

  /** Somebody else may have written there; a reader must neither crash nor run wild. */
  @Test
  void shouldSurviveGarbageInCountersAndErrors() throws Exception {
    final Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      final EngineCounters health = EngineCounters.create(file(), 1, 4);
      health.error(new IllegalStateException("one"));
      health.end(false);
      final byte[] garbage = new byte[64];
      random.nextBytes(garbage);
      put(128 + random.nextInt((int) Files.size(file()) - 192), garbage);
      try {
        final EngineCountersReader reader = EngineCountersReader.open(folder);
        for (final EngineCounter figure : EngineCounter.values()) {
          reader.value(figure);
        }
        reader.errors();
        reader.calibrations();
      } catch (final IOException e) {
        assertTrue(e.getMessage().contains("damaged"), e.getMessage());
      }
    }
  }
}
