package io.liqmap.engine.live;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedFileException;
import io.liqmap.engine.feed.StreamFeed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * Listens on a socket for writers, one at a time; the next one waits until the one before has left.
 * A writer that leaves without an end block, or sends something else, is reported, and the next one
 * may continue; an end block ends the feed. One thread; allocates nothing per block.
 */
public final class SocketFeed implements BlockSource, AutoCloseable {
  private static final int WAITING_WRITERS = 1;

  private final Consumer<String> log;
  private final ServerSocketChannel server;
  private final Selector selector;
  private final SelectionKey accepting;
  private final UnixSocketFile file;
  private final String name;
  private final Connection connection = new Connection();
  private final StreamFeed stream;
  private long before;
  private boolean isEmpty = true;
  private long sequence;

  private SocketFeed(
      final String name,
      final ServerSocketChannel server,
      final UnixSocketFile file,
      final Consumer<String> log)
      throws IOException {
    this.name = name;
    this.server = server;
    this.file = file;
    this.log = log;
    stream = new StreamFeed(name, connection);
    selector = Selector.open();
    server.configureBlocking(false);
    accepting = server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /**
   * Listens on a Unix domain socket that this user alone may write to.
   *
   * @param log what happens to writers, a line at a time
   * @throws IOException if something that answers, or no socket, is there
   */
  public static SocketFeed listen(final Path path, final Consumer<String> log) throws IOException {
    final UnixSocketFile file = UnixSocketFile.listen(path);
    try {
      return new SocketFeed("unix:" + path, file.server(), file, log);
    } catch (final IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /**
   * Listens on a port of this machine.
   *
   * @param address of the loopback interface; port 0 for any free one
   * @param log what happens to writers, a line at a time
   * @throws IllegalArgumentException if other machines could reach the address
   */
  public static SocketFeed listen(final InetSocketAddress address, final Consumer<String> log)
      throws IOException {
    if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          address + " is no loopback address; a feed takes writers of this machine only");
    }
    final ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.bind(address, WAITING_WRITERS);
      final InetSocketAddress bound = (InetSocketAddress) server.getLocalAddress();
      return new SocketFeed(
          "tcp:" + bound.getAddress().getHostAddress() + ":" + bound.getPort(), server, null, log);
    } catch (final IOException e) {
      server.close();
      throw new IOException("tcp:" + address + ": " + e.getMessage(), e);
    }
  }

  /** A writer numbers its messages itself: this is for the report of where it may continue. */
  @Override
  public boolean continueAfter(final long last) {
    sequence = last;
    reportWaiting();
    return false;
  }

  private void reportWaiting() {
    log.accept(
        name
            + ": waiting for a writer"
            + (sequence == 0 ? "" : ", whose messages continue behind sequence " + sequence));
  }

  @Override
  public boolean nextBlock() throws IOException {
    isEmpty = true;
    if (!connection.isOpen() && !accept()) {
      return true;
    }
    final boolean hasNext;
    try {
      hasNext = stream.nextBlock();
    } catch (final FeedFileException e) {
      lost(e);
      return true;
    }
    isEmpty = !hasNext;
    return hasNext;
  }

  private boolean accept() throws IOException {
    SocketChannel writer = server.accept();
    if (writer == null) {
      selector.select(Connection::none, Wait.MILLIS);
      writer = server.accept();
    }
    if (writer == null) {
      return false;
    }
    accepting.interestOps(0);
    before += stream.received();
    stream.continueWith(connection);
    connection.open(writer);
    return true;
  }

  private void lost(final FeedFileException why) throws IOException {
    connection.close();
    accepting.interestOps(SelectionKey.OP_ACCEPT);
    sequence = Math.max(sequence, stream.lastSequence());
    // A writer that has sent nothing only looked whether an engine listens.
    if (stream.received() > 0) {
      log.accept(why.getMessage());
      reportWaiting();
    }
  }

  @Override
  public DirectBuffer buffer() {
    return stream.buffer();
  }

  @Override
  public int offset() {
    return stream.offset();
  }

  @Override
  public int length() {
    return isEmpty ? 0 : stream.length();
  }

  /** What a writer connects to: {@code unix:PATH} or {@code tcp:ADDRESS:PORT}. */
  @Override
  public String name() {
    return name;
  }

  /** Bytes received so far, of all writers; any thread. */
  public long received() {
    return before + stream.received();
  }

  @Override
  public void close() throws IOException {
    try {
      stream.close();
      selector.close();
      server.close();
    } finally {
      if (file != null) {
        file.close();
      }
    }
  }

  /** The writer's socket. */
  private final class Connection implements ReadableByteChannel {
    /** Null between two writers. */
    private SocketChannel socket;

    static void none(final SelectionKey ready) {
      // What is ready is read or accepted next.
    }

    void open(final SocketChannel writer) throws IOException {
      writer.configureBlocking(false);
      writer.register(selector, SelectionKey.OP_READ);
      socket = writer;
    }

    @Override
    public int read(final ByteBuffer to) throws IOException {
      final int count = socket.read(to);
      if (count != 0) {
        return count;
      }
      selector.select(Connection::none, Wait.MILLIS);
      return socket.read(to);
    }

    @Override
    public boolean isOpen() {
      return socket != null;
    }

    @Override
    public void close() throws IOException {
      if (socket != null) {
        socket.close();
        socket = null;
        // Until the selector has let go of it, the writer sees nothing of the close.
        selector.selectNow(Connection::none);
      }
    }
  }
}
