package io.liqmap.engine.shared.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of views: made whole or not at all, never over something that is in use, never trusted. */
final class ViewFileTest {
  private static final ViewSettings SETTINGS = NumberedStates.SETTINGS;

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("liqmap.view");
  }

  @Test
  void shouldShowAReaderWhatWasPublished() throws IOException {
    final ViewMemory written = ViewMemory.create(file(), SETTINGS);
    new NumberedStates(written, 1).publish(true);
    final ViewMemory read = ViewMemory.open(file());
    final ViewReader view = new ViewReader(read, 1);
    assertTrue(view.refresh());
    assertNull(NumberedStates.fault(view));
    assertEquals("NUMBERED1", read.symbol(1));
    assertEquals(1, read.instrument("NUMBERED1"));
    assertEquals(StrictMath.log1p(5e-4), view.logWidth());
    assertEquals(ProcessHandle.current().pid(), read.writerProcess());
    assertTrue(read.isWriterAlive());
  }

  @Test
  void shouldShowReadersThatTheWriterHasEndedAndKeepTheLastState() throws IOException {
    final ViewMemory written = ViewMemory.create(file(), SETTINGS);
    final NumberedStates states = new NumberedStates(written, 0);
    final ViewMemory read = ViewMemory.open(file());
    final ViewReader view = new ViewReader(read, 0);
    states.publish(true);
    assertFalse(read.hasEnded());
    written.close();
    written.close();
    read.close();
    assertTrue(read.hasEnded());
    assertFalse(read.isWriterAlive());
    assertTrue(view.refresh());
    assertNull(NumberedStates.fault(view));
  }

  @Test
  void shouldLeaveNothingElseInTheFolder() throws IOException {
    ViewMemory.create(file(), SETTINGS);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
    assertEquals(SETTINGS.layout().length(), Files.size(file()));
  }

  @Test
  void shouldHaveItsSpaceOnTheDisk() throws Exception {
    final ViewSettings large = new ViewSettings(8, 4096, 64, 32, 5);
    ViewMemory.create(file(), large);
    final String blocks;
    try {
      final Process process = new ProcessBuilder("stat", "-c", "%b", file().toString()).start();
      blocks =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
    } catch (final IOException e) {
      assumeTrue(false, "there is no stat: " + e);
      return;
    }
    assumeTrue(blocks.matches("\\d+"), "stat doesn't count blocks here");
    assertTrue(Long.parseLong(blocks) * 512 >= large.layout().length(), "a sparse file");
  }

  @Test
  void shouldRefuseAPlaceWhereALivingWriterIs() throws IOException {
    final ViewMemory first = ViewMemory.create(file(), SETTINGS);
    final String message = refusal(() -> ViewMemory.create(file(), SETTINGS));
    assertTrue(message.contains(file().toString()), message);
    assertTrue(message.contains("process " + ProcessHandle.current().pid()), message);
    assertTrue(message.contains("stop it, or choose another path"), message);
    assertFalse(first.hasEnded());
    new NumberedStates(first, 0).publish(true);
    assertTrue(new ViewReader(ViewMemory.open(file()), 0).refresh());
  }

  @Test
  void shouldTakeThePlaceOfAWriterThatHasEnded() throws IOException {
    final ViewMemory first = ViewMemory.create(file(), SETTINGS);
    first.close();
    final ViewMemory second = ViewMemory.create(file(), SETTINGS);
    assertFalse(second.hasEnded());
    assertFalse(ViewMemory.open(file()).hasEnded());
  }

  @Test
  void shouldReplaceAKilledWriterAndShowThatToItsReaders() throws IOException {
    final ViewMemory first = ViewMemory.create(file(), SETTINGS);
    final ViewMemory reader = ViewMemory.open(file());
    // It doesn't hold its file; of its number there is a process, but it began at another time.
    first.buffer().putInt(ViewLayout.HELD, 0);
    release(first);
    first.buffer().putLong(ViewLayout.PROCESS_START, 1);
    assertFalse(reader.isWriterAlive());
    assertFalse(reader.hasEnded());
    ViewMemory.create(file(), SETTINGS);
    assertTrue(reader.hasEnded());
    assertFalse(ViewMemory.open(file()).hasEnded());
  }

  @Test
  void shouldTakeThePlaceOfAProcessThatIsGone() throws Exception {
    final ViewMemory first = ViewMemory.create(file(), SETTINGS);
    final Process process = new ProcessBuilder("true").start();
    process.waitFor();
    first.buffer().putInt(ViewLayout.HELD, 0);
    release(first);
    first.buffer().putLong(ViewLayout.PROCESS, process.pid());
    first.buffer().putLong(ViewLayout.PROCESS_START, 0);
    assertFalse(ViewMemory.open(file()).isWriterAlive());
    ViewMemory.create(file(), SETTINGS);
  }

  /** Gives the file back without a word, as the system does when a process is killed. */
  private static void release(final ViewMemory memory) {
    memory.close();
    memory.buffer().putLong(ViewLayout.ENDED, ViewFile.LIVES);
  }

  /** As after a step of the machine's clock, or seen from another container. */
  @ParameterizedTest
  @CsvSource({"80, 1", "72, 999999999", "72, 1"})
  void shouldNotTakeTheViewOfALivingWriterWhateverItsHeaderSays(final int offset, final long value)
      throws IOException {
    final ViewMemory first = ViewMemory.create(file(), SETTINGS);
    first.buffer().putLong(offset, value);
    final String message = refusal(() -> ViewMemory.create(file(), SETTINGS));
    assertTrue(message.contains("writes its view there"), message);
    assertFalse(first.hasEnded());
    assertTrue(first.isWriterAlive());
    assertTrue(ViewMemory.open(file()).isWriterAlive());
  }

  @Test
  void shouldTakeThePlaceOfAWriterThatHoldsItNoLonger() throws IOException {
    final ViewMemory first = ViewMemory.create(file(), SETTINGS);
    release(first);
    final ViewMemory reader = ViewMemory.open(file());
    assertFalse(reader.isWriterAlive());
    ViewMemory.create(file(), SETTINGS);
    assertTrue(reader.hasEnded());
  }

  @Test
  void shouldNotWriteThroughALink() throws IOException {
    final Path precious = Files.writeString(folder.resolve("precious"), "dear diary");
    final Path beside = folder.resolve("liqmap.view.new");
    Files.createSymbolicLink(beside, precious);
    ViewMemory.create(file(), SETTINGS).close();
    Files.createLink(beside, precious);
    ViewMemory.create(file(), SETTINGS).close();
    assertEquals("dear diary", Files.readString(precious));

    final Path moved = Files.move(file(), folder.resolve("moved"));
    final byte[] before = Files.readAllBytes(moved);
    Files.createSymbolicLink(file(), moved);
    assertTrue(refusal(() -> ViewMemory.create(file(), SETTINGS)).contains("symbolic link"));
    Files.delete(file());
    Files.createLink(file(), moved);
    assertTrue(refusal(() -> ViewMemory.create(file(), SETTINGS)).contains("hard link"));
    assertTrue(Arrays.equals(before, Files.readAllBytes(moved)));
  }

  @Test
  void shouldShowTheHeartbeatOfItsWriter() throws IOException {
    final ViewMemory memory = ViewMemory.create(file(), SETTINGS);
    final ViewMemory reader = ViewMemory.open(file());
    assertEquals(0, reader.heartbeat());
    memory.recordHeartbeat(77);
    reader.recordHeartbeat(78);
    assertEquals(77, reader.heartbeat());
  }

  @Test
  void shouldNotTouchSomethingElse() throws IOException {
    Files.writeString(file(), "dear diary");
    final String message = refusal(() -> ViewMemory.create(file(), SETTINGS));
    assertTrue(message.contains("something else than a view"), message);
    assertEquals("dear diary", Files.readString(file()));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void shouldHaveOneWriterForAnInstrument() throws IOException {
    final ViewMemory memory = ViewMemory.create(file(), SETTINGS);
    new NumberedStates(memory, 0);
    assertThrows(IllegalStateException.class, () -> new NumberedStates(memory, 0));
    assertThrows(IllegalArgumentException.class, () -> new NumberedStates(memory, 2));
    final ViewMemory read = ViewMemory.open(file());
    assertThrows(IllegalStateException.class, () -> new NumberedStates(read, 1));
  }

  @Test
  void shouldSayThatThereIsNoFile() {
    final String message = refusal(() -> ViewMemory.open(file()));
    assertTrue(message.startsWith(file() + ": no such file"), message);
  }

  @Test
  void shouldRefuseAFolder() {
    final String message = refusal(() -> ViewMemory.open(folder));
    assertTrue(message.startsWith(folder.toString()), message);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "127", "128", "5000"})
  void shouldRefuseAFileThatWasCutOff(final int length) throws IOException {
    final byte[] bytes = published();
    Files.write(file(), Arrays.copyOf(bytes, length));
    final String message = refusal(() -> ViewMemory.open(file()));
    assertTrue(message.startsWith(file().toString()), message);
    assertTrue(message.contains(length + " bytes"), message);
  }

  @Test
  void shouldRefuseAFileThatIsTooLong() throws IOException {
    final byte[] bytes = published();
    Files.write(file(), Arrays.copyOf(bytes, bytes.length + 1));
    assertTrue(refusal(() -> ViewMemory.open(file())).contains("damaged"));
  }

  @Test
  void shouldRefuseSomethingElse() throws IOException {
    refuses((header) -> header.putLong(0, 0x5A5A5A5AL), "doesn't start with LIQVIEW1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void shouldRefuseAnotherVersion(final int version) throws IOException {
    refuses(
        (header) -> header.putInt(8, version),
        "layout " + version + ", this version reads layout 3");
  }

  @ParameterizedTest
  @CsvSource({
    "12, 0",
    "12, -1",
    "12, 3",
    "12, 65537",
    "12, 2147483647",
    "32, 0",
    "32, -64",
    "32, 65",
    "32, 2147483647",
    "36, 0",
    "36, 16",
    "36, -1",
    "40, 0",
    "40, 2",
    "40, 2147483647",
    "44, 0",
    "44, -1",
    "44, 5",
    "44, 2147483647",
    "48, 0",
    "48, -1",
    "48, 4",
    "48, 2147483647",
    "16, 0",
    "16, 1",
    "16, -128",
    "24, 0",
    "24, 256",
    "24, -1"
  })
  void shouldRefuseNumbersThatCannotBe(final int offset, final int value) throws IOException {
    refuses(
        (header) -> {
          if (offset == ViewLayout.REGION_LENGTH || offset == ViewLayout.FIRST_REGION) {
            header.putLong(offset, value);
          } else {
            header.putInt(offset, value);
          }
        },
        "damaged view");
  }

  @ParameterizedTest
  @CsvSource({"NaN", "0", "-1", "1", "Infinity", "1e-8", "0.01"})
  void shouldRefuseBucketsThatCannotBe(final double width) throws IOException {
    refuses((header) -> header.putDouble(ViewLayout.LOG_WIDTH, width), "wide");
  }

  private void refuses(final Consumer<ByteBuffer> damage, final String why) throws IOException {
    final byte[] bytes = published();
    damage.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    Files.write(file(), bytes);
    final String message = refusal(() -> ViewMemory.open(file()));
    assertTrue(message.startsWith(file().toString()), message);
    assertTrue(message.contains(why), message);
  }

  private byte[] published() throws IOException {
    final Path other = folder.resolve("other.view");
    new NumberedStates(ViewMemory.create(other, SETTINGS), 0).publish(true);
    return Files.readAllBytes(other);
  }

  @Test
  void shouldRejectAnInvalidState() throws IOException {
    final ViewMemory memory = ViewMemory.create(file(), SETTINGS);
    final NumberedStates states = new NumberedStates(memory, 0);
    final ViewReader view = new ViewReader(ViewMemory.open(file()), 0);
    states.publish(true);
    view.refresh();
    states.publish(true);
    final int body = memory.layout().body(0, 2);
    memory.buffer().putInt(body + memory.layout().cluster(0) + ViewLayout.CLUSTER_STATE, 77);
    assertFalse(view.refresh());
    assertEquals(1, view.publication());
    assertNull(NumberedStates.fault(view));
    states.publish(true);
    memory.buffer().putInt(memory.layout().body(0, 3) + ViewLayout.CLUSTER_COUNT, -3);
    assertTrue(view.refresh());
    assertEquals(0, view.clusters());
    states.publish(true);
    memory.buffer().putInt(memory.layout().body(0, 4) + ViewLayout.CLUSTER_COUNT, 1 << 30);
    assertTrue(view.refresh());
    assertEquals(SETTINGS.clusters(), view.clusters());
    assertEquals(4, view.publication());
    memory.buffer().putLong(memory.layout().region(0) + ViewLayout.LATEST, Long.MIN_VALUE);
    assertFalse(view.refresh());
    assertEquals(4, view.publication());
  }

  @Test
  void shouldRejectAnInvalidCountOfLeverages() throws IOException {
    final ViewMemory memory = ViewMemory.create(file(), SETTINGS);
    final NumberedStates states = new NumberedStates(memory, 0);
    memory.buffer().putInt(memory.layout().region(0) + ViewLayout.LEVERAGE_COUNT, 1 << 20);
    states.publish(true);
    final ViewReader view = new ViewReader(ViewMemory.open(file()), 0);
    assertTrue(view.refresh());
    assertEquals(SETTINGS.leverages(), view.leverages());
  }

  private static String refusal(final Executable executable) {
    return assertThrows(IOException.class, executable).getMessage();
  }
}
