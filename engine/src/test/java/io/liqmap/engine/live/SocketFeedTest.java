package io.liqmap.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.support.TestInstruments;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketFeedTest {
  private static final long TIME = 1_767_225_600_000_000_000L;
  private static final int MESSAGES = 3_000;

  @TempDir private Path folder;
  private final List<String> log = new ArrayList<>();

  private Path socket() {
    return folder.resolve("feed.sock");
  }

  private byte[] feed() throws IOException {
    final Path file = folder.resolve("feed");
    final FeedEvent event = new FeedEvent();
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      event.instrument(1, TIME, TIME, TestInstruments.linear(0, "X", "test", "X", "Y", 1));
      writer.write(event);
      for (int i = 2; i <= MESSAGES; i++) {
        event.trade(i, TIME + i, TIME + i, 0, -2, -3, 100, 1, FeedEvent.BUY);
        writer.write(event);
      }
      writer.complete();
    }
    return Files.readAllBytes(file);
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket()));
  }

  /** Sends bytes from a thread of its own: they may be more than a socket holds. */
  private Thread send(final SocketChannel writer, final byte[] bytes, final int length) {
    final Thread sending =
        new Thread(
            () -> {
              try (writer) {
                final ByteBuffer left = ByteBuffer.wrap(bytes, 0, length);
                while (left.hasRemaining()) {
                  writer.write(left);
                }
              } catch (final IOException e) {
                // The feed has closed it.
              }
            });
    sending.start();
    return sending;
  }

  /** Reads until the log has a number of lines. */
  private void readUntilLogged(final SocketFeed feed, final int lines) throws IOException {
    while (log.size() < lines) {
      assertTrue(feed.nextBlock());
    }
  }

  private static long readToTheEnd(final SocketFeed feed) throws IOException {
    long bytes = 0;
    while (feed.nextBlock()) {
      bytes += feed.length();
    }
    return bytes;
  }

  @Test
  void shouldReadAWriterToItsEndBlockAndRemoveTheSocket() throws Exception {
    final byte[] bytes = feed();
    try (SocketFeed feed = SocketFeed.listen(socket(), log::add)) {
      final Thread sending = send(connect(), bytes, bytes.length);
      assertTrue(readToTheEnd(feed) > 0);
      sending.join();
      assertEquals(bytes.length, feed.received());
    }
    assertFalse(Files.exists(socket()));
    assertEquals(List.of(), log);
  }

  @Test
  void shouldContinueWithTheNextWriterWhenOneVanished() throws Exception {
    final byte[] bytes = feed();
    try (SocketFeed feed = SocketFeed.listen(socket(), log::add)) {
      feed.continueAfter(0);
      send(connect(), bytes, bytes.length - 30);
      readUntilLogged(feed, 3);
      assertTrue(log.get(0).contains("waiting for a writer"), log.toString());
      assertTrue(log.get(1).contains("inside a block's header: 30 of 64 bytes"), log.toString());
      assertTrue(log.get(2).contains("behind sequence " + MESSAGES), log.toString());
      send(connect(), bytes, bytes.length);
      assertTrue(readToTheEnd(feed) > 0);
    }
  }

  @Test
  void shouldDisconnectAWriterThatSendsNoBlocksAndLiveOn() throws Exception {
    final byte[] bytes = feed();
    final byte[] garbage = new byte[1 << 20];
    try (SocketFeed feed = SocketFeed.listen(socket(), log::add)) {
      final Thread sending = send(connect(), garbage, garbage.length);
      readUntilLogged(feed, 1);
      sending.join();
      assertTrue(log.get(0).contains("no block starts here"), log.toString());
      send(connect(), bytes, bytes.length);
      assertTrue(readToTheEnd(feed) > 0);
    }
  }

  @Test
  void shouldKeepTheNextWriterWaitingUntilTheOneBeforeHasLeft() throws Exception {
    final byte[] bytes = feed();
    try (SocketFeed feed = SocketFeed.listen(socket(), log::add)) {
      final Thread second;
      try (SocketChannel first = connect()) {
        assertTrue(first.isConnected());
        feed.nextBlock();
        second = send(connect(), bytes, bytes.length);
        for (int i = 0; i < 3; i++) {
          assertTrue(feed.nextBlock());
          assertEquals(0, feed.length());
        }
      }
      assertTrue(readToTheEnd(feed) > 0);
      second.join();
    }
    assertEquals(List.of(), log, "a writer that sent nothing is none");
  }

  @Test
  void shouldListenForThisUserAlone() throws Exception {
    try (SocketFeed feed = SocketFeed.listen(socket(), log::add)) {
      assertEquals("unix:" + socket(), feed.name());
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())));
    }
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void shouldReplaceOnlyASocketThatNoProcessListensOn() throws Exception {
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket()))
        .close();
    assertTrue(Files.exists(socket()));
    try (SocketFeed feed = SocketFeed.listen(socket(), log::add)) {
      assertTrue(refusal().contains("another process listens there"));
      assertTrue(feed.nextBlock());
    }
    Files.writeString(socket(), "kept");
    assertTrue(refusal().contains("no socket"));
    assertEquals("kept", Files.readString(socket()));
  }

  private String refusal() {
    return assertThrows(IOException.class, () -> SocketFeed.listen(socket(), log::add))
        .getMessage();
  }

  @Test
  void shouldLeaveASocketThatTookItsPlace() throws Exception {
    final SocketFeed feed = SocketFeed.listen(socket(), log::add);
    Files.delete(socket());
    Files.writeString(socket(), "kept");
    feed.close();
    assertEquals("kept", Files.readString(socket()));
  }

  @Test
  void shouldListenOnLoopbackAlone() throws Exception {
    final byte[] bytes = feed();
    final InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (SocketFeed feed = SocketFeed.listen(any, log::add)) {
      final int port = Integer.parseInt(feed.name().substring(feed.name().lastIndexOf(':') + 1));
      send(
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
          bytes,
          bytes.length);
      assertTrue(readToTheEnd(feed) > 0);
    }
    final InetSocketAddress open = new InetSocketAddress("0.0.0.0", 0);
    assertThrows(IllegalArgumentException.class, () -> SocketFeed.listen(open, log::add));
    assertNull(
        assertThrows(
                IllegalArgumentException.class,
                () -> SocketFeed.listen(InetSocketAddress.createUnresolved("x", 1), log::add))
            .getCause());
  }
}
