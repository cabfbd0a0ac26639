package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.feed.FrameCursor;
import io.liqmap.engine.live.RingFeedWriter;
import io.liqmap.engine.support.RealData;
import io.liqmap.tools.hashes.HashLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs over feeds that arrive while the engine runs. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveFeedTest {
  private static final int END_BLOCK = 64;

  @TempDir private static Path shared;
  private static Path file;
  private static byte[] feed;
  private static Object stateHash;
  private static Object events;

  @TempDir private Path folder;

  @BeforeAll
  static void makeFeed() throws IOException {
    file = shared.resolve("x.feed");
    final Path bars = Bars.write(shared.resolve("bars"));
    Cli.line("import --format coinalyze --symbol BTCUSDT --out %s %s", file, bars).done();
    feed = Files.readAllBytes(file);
    final Map<String, Object> summary = run(file, shared.resolve("journal")).done().json();
    stateHash = summary.get("stateHash");
    events = summary.get("events");
  }

  private Cli.Ran run(final Object source, final String journal, final Object... more) {
    return run(source, folder.resolve(journal), more);
  }

  private static Cli.Ran run(final Object source, final Path journal, final Object... more) {
    final Object[] words = {
      "run", "--feed", source, "--journal", journal, "--json", "--mode", "inline"
    };
    final Object[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return Cli.run(all);
  }

  private Cli.Ran runOnInput(final byte[] bytes) {
    final InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(bytes));
    try {
      return run("-", "journal");
    } finally {
      System.setIn(before);
    }
  }

  private void isWhole(final Cli.Ran ran) {
    assertEquals(stateHash, ran.exits(0).json().get("stateHash"));
  }

  /** Writes to a file from a thread of its own. */
  private static Thread write(final Path to, final byte[] bytes) {
    final Thread writing =
        new Thread(
            () -> {
              try {
                Files.write(to, bytes);
              } catch (final IOException e) {
                // The engine has closed it.
              }
            });
    writing.start();
    return writing;
  }

  private Path fifo() throws Exception {
    final Path fifo = folder.resolve("fifo");
    assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0, "no mkfifo");
    return fifo;
  }

  @Test
  void shouldRunOnTheStandardInput() {
    isWhole(runOnInput(feed));
  }

  @Test
  void shouldRunOnAFifo() throws Exception {
    final Path fifo = fifo();
    final Thread writing = write(fifo, feed);
    isWhole(run(fifo, "journal"));
    writing.join();
  }

  @Test
  void shouldRunOnAFifoAtItsOwnPace() throws Exception {
    final Path fifo = fifo();
    final Thread writing = write(fifo, feed);
    isWhole(run(fifo, "journal", "--speed", "1e9"));
    writing.join();
  }

  @Test
  void shouldWriteTheSameHashesFromAFileAsFromAPipe() throws Exception {
    final Path fifo = fifo();
    final Thread writing = write(fifo, feed);
    isWhole(run(fifo, "live", "--hash-every", "100"));
    writing.join();
    isWhole(run(file, "stored", "--hash-every", "100"));
    final Path hashes = folder.resolve("live").resolve(HashLog.FILE);
    final Map<Long, HashLog.Line> lines = HashLog.read(hashes);
    assertEquals((long) events / 100, lines.size());
    assertEquals(-1, Files.mismatch(hashes, folder.resolve("stored").resolve(HashLog.FILE)));
    // Resumed: nothing is new, and nothing is written twice.
    isWhole(run(file, "live", "--hash-every", "100"));
    assertEquals(lines, HashLog.read(hashes));
  }

  @Test
  void shouldRefuseHashesThatHaveNoFolderOrNoEvents() {
    run("-", "j", "--hash-every", "-1").exits(2).complains("--hash-every");
  }

  @Test
  void shouldKeepWhatCameBeforeHalfABlockAndSayWhatIsMissing() {
    final Cli.Ran ran = runOnInput(Arrays.copyOf(feed, feed.length - END_BLOCK - 8));

    ran.exits(3).complains("standard input: byte ", "inside a block: 8 of ", "whole and applied");
    assertTrue((long) ran.json().get("events") < (long) events);
    isWhole(runOnInput(feed));
  }

  @Test
  void shouldReportAWriterThatLeftWithoutAnEndBlock() {
    final Cli.Ran ran = runOnInput(Arrays.copyOf(feed, feed.length - END_BLOCK));

    ran.exits(3).complains("without an end block", "the " + events + " events before");
    assertEquals(stateHash, ran.json().get("stateHash"));
  }

  @Test
  void shouldRefuseInputThatIsNoFeed() {
    runOnInput("time,price\n".getBytes(StandardCharsets.UTF_8))
        .exits(3)
        .complains("standard input", "no block starts");
  }

  @Test
  void shouldRunOnAUnixSocketWhoseFirstWriterVanishes() throws Exception {
    final Path socket = folder.resolve("s");
    final Thread writing =
        new Thread(
            () -> {
              send(socket, Arrays.copyOf(feed, 100));
              send(socket, feed);
            });
    writing.start();
    final Cli.Ran ran = run("unix:" + socket, "journal");
    writing.join();

    isWhole(ran);
    ran.complains("waiting for a writer", "inside a block");
    assertFalse(Files.exists(socket));
  }

  /** Connects as soon as an engine listens. */
  private static void send(final Path socket, final byte[] bytes) {
    while (true) {
      try (SocketChannel writer = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        final ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          writer.write(left);
        }
        return;
      } catch (final IOException notYet) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void shouldRefuseAFileWhereASocketShouldBe() throws Exception {
    final Path file = Files.writeString(folder.resolve("s"), "kept");
    run("unix:" + file, "journal").exits(1).complains("no socket; choose another name");
    assertEquals("kept", Files.readString(file));
    assertFalse(Files.exists(folder.resolve("journal")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"192.168.0.1:9000", "example.com:80", "127.0.0.1", "127.0.0.1:x", "0.0.0.0:1"})
  void shouldRefuseAddressesThatOtherMachinesReach(final String address) {
    run("tcp:" + address, "journal").exits(2).complains("loopback");
  }

  @Test
  void shouldRunOnARing() throws Exception {
    final Path ring = folder.resolve("ring");
    final Thread writing = new Thread(() -> copyToRing(ring));
    writing.start();
    isWhole(run("ring:" + ring + "?1m", "journal"));
    writing.join();
    assertFalse(Files.exists(ring));
    run("ring:" + ring + "?3m", "k").exits(2).complains("a power of two");
  }

  /** As soon as an engine reads it: the feed's blocks, in messages of some frames. */
  private static void copyToRing(final Path ring) {
    RingFeedWriter writer = null;
    while (writer == null) {
      try {
        writer = RingFeedWriter.open(ring, 1);
      } catch (final IOException notYet) {
        Thread.onSpinWait();
      }
    }
    try (FeedFileReader reader = new FeedFileReader(file)) {
      final FrameCursor frames = new FrameCursor();
      while (reader.nextBlock()) {
        frames.wrap(reader.buffer(), reader.offset(), reader.length());
        while (frames.next()) {
          while (!writer.send(reader.buffer(), frames.start(), frames.end() - frames.start())) {
            Thread.onSpinWait();
          }
        }
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    assertTrue(writer.end());
    writer.close();
  }

  /** The writer in C, written from FEED.md. */
  @Test
  void shouldRunOnARingThatAProgramInCWrites() throws Exception {
    final Path source = RealData.root().resolve("tools/cli/src/main/c/liqmap_ring.c");
    final Path program = folder.resolve("liqmap_ring");
    final Path ring = folder.resolve("ring");
    try {
      final Process compiler =
          new ProcessBuilder(
                  "cc",
                  "-std=c11",
                  "-O2",
                  "-Wall",
                  "-Wextra",
                  "-Werror",
                  "-o",
                  program.toString(),
                  source.toString())
              .inheritIO()
              .start();
      assertEquals(0, compiler.waitFor());
    } catch (final IOException e) {
      assumeTrue(false, "no C compiler: " + e.getMessage());
    }
    final FutureTask<Integer> writing =
        new FutureTask<>(
            () -> {
              while (!Files.exists(ring)) {
                Thread.onSpinWait();
              }
              return writeInC(program, ring);
            });
    new Thread(writing).start();
    isWhole(run("ring:" + ring + "?1m", "journal"));
    assertEquals(0, writing.get());
    assertEquals(1, writeInC(program, ring), "no engine reads it any more");
  }

  private static int writeInC(final Path program, final Path ring) throws Exception {
    return new ProcessBuilder(program.toString(), ring.toString(), "1", file.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** The writer in Python that users begin their own from. */
  @Test
  void shouldRunOnWhatThePythonWriterSends() throws Exception {
    final Path script = RealData.root().resolve("tools/cli/src/main/python/feed_writer.py");
    final Path sent = folder.resolve("sent");
    final int messages = 1_234;
    try {
      final Process python =
          new ProcessBuilder("python3", script.toString(), String.valueOf(messages))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(sent.toFile())
              .start();
      assertEquals(0, python.waitFor());
    } catch (final IOException e) {
      assumeTrue(false, "no python3: " + e.getMessage());
    }
    final Map<String, Object> summary = runOnInput(Files.readAllBytes(sent)).done().json();
    assertEquals((long) messages, summary.get("events"));
    assertEquals((long) messages, summary.get("lastSequence"));
    assertEquals(0L, summary.get("rejected"));
    assertEquals(0L, summary.get("gaps"));
  }

  @Test
  void shouldTakeNoFeedBesideALiveOne() {
    Cli.run("run", "--feed", "-", file, "--journal", folder.resolve("j"))
        .exits(2)
        .complains("--feed - is a live feed and takes no other beside it");
  }
}
