package io.liqmap.engine.view;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Views in files: made beside and moved into place, or mapped for reading. */
final class ViewFile {
  private static final int CHUNK = 1 << 16;

  private ViewFile() {}

  static ViewMemory create(final Path file, final ViewSettings settings) throws IOException {
    final ViewLayout layout = settings.layout();
    final Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    final Path beside = absolute.resolveSibling(absolute.getFileName() + ".new");
    try (FileChannel making =
        FileChannel.open(
            beside, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      lock(making, absolute, beside);
      try (FileChannel before = previous(absolute)) {
        fill(making.truncate(0), absolute, layout.length());
        final ByteBuffer bytes =
            making
                .map(FileChannel.MapMode.READ_WRITE, 0, layout.length())
                .order(ByteOrder.LITTLE_ENDIAN);
        FileHeader.write(bytes, layout, settings.resolutionBps());
        // Only now it gets its name: nobody ever opens half a file.
        Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE);
        if (before != null) {
          retire(before);
        }
        return new ViewMemory(bytes, layout);
      } catch (final IOException | RuntimeException | Error e) {
        Files.deleteIfExists(beside);
        throw e;
      }
    }
  }

  /** Of two that look at the same moment whether there is a view, both would find none. */
  private static void lock(final FileChannel making, final Path file, final Path beside)
      throws IOException {
    FileLock lock;
    try {
      lock = making.tryLock();
    } catch (final OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null || !Files.exists(beside)) {
      throw new IOException(
          file + ": another view is just being made there; stop one engine of the two");
    }
  }

  /** The view whose place a new one may take, null if there is none. */
  private static FileChannel previous(final Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    final FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      final ByteBuffer header = header(channel);
      if (!FileHeader.isView(header)) {
        throw new IOException(
            file + ": something else than a view is there; move it away, or choose another path");
      }
      if (FileHeader.isWriterAlive(header)) {
        throw new IOException(
            file
                + ": process "
                + header.getLong(ViewLayout.PROCESS)
                + " writes its view there; stop it, or choose another path");
      }
      return channel;
    } catch (final IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  /** The first bytes of a file, fewer if it is shorter. */
  private static ByteBuffer header(final FileChannel channel) throws IOException {
    final ByteBuffer header =
        ByteBuffer.allocate(ViewLayout.FILE_HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    int read = 0;
    while (read >= 0 && header.hasRemaining()) {
      read = channel.read(header, header.position());
    }
    return header.flip();
  }

  /** Whoever still has it mapped learns that there is a newer one. */
  private static void retire(final FileChannel before) throws IOException {
    final ByteBuffer end = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    before.write(end.putLong(0, FileHeader.REPLACED), ViewLayout.ENDED);
  }

  /** A mapped page that the disk has no room for would kill the process that touches it. */
  private static void fill(final FileChannel channel, final Path file, final int length)
      throws IOException {
    final ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK);
    try {
      for (long written = 0; written < length; written += channel.write(zeros, written)) {
        zeros.clear().limit((int) Math.min(CHUNK, length - written));
      }
    } catch (final IOException e) {
      throw new IOException(
          file.getParent()
              + ": no room for a view of "
              + length
              + " bytes ("
              + e.getMessage()
              + "); free some, choose another folder, or take fewer instruments or buckets",
          e);
    }
  }

  static ViewMemory open(final Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      final ByteBuffer header = header(channel);
      if (header.limit() < ViewLayout.FILE_HEADER_LENGTH) {
        throw new IllegalArgumentException(
            "no view, it has "
                + header.limit()
                + " bytes where the header of a view has "
                + ViewLayout.FILE_HEADER_LENGTH);
      }
      final ViewLayout layout = FileHeader.layoutOf(header, channel.size());
      // Stays mapped when the channel is closed.
      return new ViewMemory(
          channel
              .map(FileChannel.MapMode.READ_ONLY, 0, layout.length())
              .order(ByteOrder.LITTLE_ENDIAN),
          layout);
    } catch (final IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    } catch (final NoSuchFileException e) {
      throw new IOException(
          file + ": no such file; an engine writes it that was started with --share", e);
    } catch (final IOException e) {
      throw new IOException(file + ": can't be read: " + e.getMessage(), e);
    }
  }
}
