package io.liqmap.tools.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** Writes to a client that reads nothing end. */
final class WriteLimitTest {
  @Test
  void shouldEndAWriteThatIsNotRead() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open();
        WriteLimit limit = new WriteLimit(20_000_000L)) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
          SocketChannel accepted = server.accept()) {
        assertThrows(IOException.class, () -> limit.run(() -> fill(accepted)));
        assertFalse(accepted.isOpen());
        assertTrue(client.isConnected(), "the client never left");
        assertFalse(Thread.currentThread().isInterrupted(), "the thread is free for others");
      }
    }
  }

  /** Until the socket's buffers are full, and then for ever. */
  private static void fill(final SocketChannel socket) throws IOException {
    final ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    while (true) {
      socket.write(bytes.clear());
    }
  }
}
