package io.liqmap.engine.live;

import io.liqmap.engine.files.FolderAccess;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file of a Unix domain socket, for this user alone. Binding makes the socket with the
 * permissions of the process, so it is bound in a folder that is closed to others, and moved from
 * there. One thread.
 */
final class UnixSocketFile implements AutoCloseable {
  private static final int WAITING_WRITERS = 1;

  private final Path path;
  private final ServerSocketChannel server;
  private final Object key;

  private UnixSocketFile(final Path path, final ServerSocketChannel server) throws IOException {
    this.path = path;
    this.server = server;
    key = attributes(path).fileKey();
  }

  /** Listens; replaces a socket that a killed engine left. */
  static UnixSocketFile listen(final Path path) throws IOException {
    final Path absolute = path.toAbsolutePath();
    requireFree(path);
    FolderAccess.make(absolute.getParent());
    final Path room = absolute.resolveSibling(absolute.getFileName() + "~");
    final Path made = room.resolve("s");
    final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      remove(room, made);
      Files.createDirectory(
          room, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      server.bind(UnixDomainSocketAddress.of(made), WAITING_WRITERS);
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
      Files.move(made, absolute, StandardCopyOption.ATOMIC_MOVE);
      return new UnixSocketFile(absolute, server);
    } catch (final IOException | RuntimeException e) {
      server.close();
      throw new IOException("unix:" + path + ": no socket there: " + e.getMessage(), e);
    } finally {
      remove(room, made);
    }
  }

  private static void remove(final Path room, final Path made) throws IOException {
    if (Files.isDirectory(room, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(made);
      Files.deleteIfExists(room);
    }
  }

  private static void requireFree(final Path path) throws IOException {
    try {
      if (!attributes(path).isOther()) {
        throw new IOException(
            "unix:" + path + ": is there already and no socket; choose another name");
      }
      if (answers(path)) {
        throw new IOException(
            "unix:" + path + ": another process listens there; stop it, or choose another name");
      }
    } catch (final NoSuchFileException e) {
      // Nothing is in the way.
    }
  }

  private static boolean answers(final Path path) throws IOException {
    try (SocketChannel asking = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // One whose queue is full answers later.
      asking.configureBlocking(false);
      asking.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (final java.net.SocketException e) {
      return false;
    }
  }

  private static BasicFileAttributes attributes(final Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  ServerSocketChannel server() {
    return server;
  }

  /** Removes the file, unless another took its place. */
  @Override
  public void close() throws IOException {
    server.close();
    try {
      if (attributes(path).fileKey().equals(key)) {
        Files.delete(path);
      }
    } catch (final NoSuchFileException e) {
      // Someone has removed it already.
    }
  }
}
