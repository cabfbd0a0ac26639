package io.liqmap.engine.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipeChannelTest {
  @TempDir private Path folder;

  private Path fifo() throws Exception {
    final Path fifo = folder.resolve("fifo");
    assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0, "no mkfifo");
    return fifo;
  }

  @Test
  void shouldReadAllThatAWriterSendsThenEnd() throws Exception {
    final byte[] bytes = new byte[3 << 20];
    new SplittableRandom(1).nextBytes(bytes);
    final Path fifo = fifo();
    final ByteArrayOutputStream found = new ByteArrayOutputStream();
    try (PipeChannel pipe = PipeChannel.of(fifo)) {
      final ByteBuffer piece = ByteBuffer.allocateDirect(100_000);
      assertEquals(0, pipe.read(piece), "no writer yet");
      final Thread writer =
          new Thread(
              () -> {
                try {
                  Files.write(fifo, bytes);
                } catch (final IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      writer.start();
      while (pipe.read(piece) >= 0) {
        final byte[] part = new byte[piece.flip().remaining()];
        piece.get(part).clear();
        found.write(part);
      }
      writer.join();
    }
    assertArrayEquals(bytes, found.toByteArray());
  }

  @Test
  void shouldCloseWhileNoWriterHasOpenedIt() throws Exception {
    final PipeChannel pipe = PipeChannel.of(fifo());
    assertEquals(0, pipe.read(ByteBuffer.allocate(8)));
    pipe.close();
    assertEquals(-1, pipe.read(ByteBuffer.allocate(8)));
  }

  @Test
  void shouldFailWhereNothingCanBeOpened() throws Exception {
    try (PipeChannel pipe = PipeChannel.of(folder.resolve("missing"))) {
      final ByteBuffer bytes = ByteBuffer.allocate(8);
      assertThrows(
          IOException.class,
          () -> {
            while (pipe.read(bytes) == 0) {
              // Until the thread has tried.
            }
          });
    }
  }
}
