package io.liqmap.engine.shared.view;

import io.liqmap.engine.files.FolderAccess;
import io.liqmap.engine.files.HeldFile;
import io.liqmap.engine.files.PlainFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Views in files: made beside and moved into place, or mapped for reading. */
final class ViewFile {
  private static final int CHUNK = 1 << 16;

  private ViewFile() {}

  static ViewMemory create(final Path file, final ViewSettings settings) throws IOException {
    final ViewLayout layout = settings.layout();
    final Path absolute = file.toAbsolutePath();
    FolderAccess.make(absolute.getParent());
    final Path beside = absolute.resolveSibling(absolute.getFileName() + ".new");
    // Of two that look at the same moment whether there is a view, both would find none.
    final HeldFile making = HeldFile.create(beside);
    if (making == null) {
      throw new IOException(
          file + ": another view is just being made there; stop one engine of the two");
    }
    try (FileChannel before = previous(absolute)) {
      fill(making.channel(), absolute, layout.length());
      final ByteBuffer bytes =
          making
              .channel()
              .map(FileChannel.MapMode.READ_WRITE, 0, layout.length())
              .order(ByteOrder.LITTLE_ENDIAN);
      FileHeader.write(bytes, layout, settings.resolutionBps());
      bytes.putInt(ViewLayout.HELD, 1);
      // Only now it gets its name: nobody ever opens half a file.
      Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE);
      if (before != null) {
        retire(before);
      }
      return new ViewMemory(bytes, layout, making, null);
    } catch (final IOException | RuntimeException | Error e) {
      Files.deleteIfExists(beside);
      making.close();
      throw e;
    }
  }

  /** The view whose place a new one may take, null if there is none. */
  private static FileChannel previous(final Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    PlainFile.requireSole(file);
    final boolean isHeld = HeldFile.isHeld(file);
    final ByteBuffer header = HeldFile.read(file, ViewFile::header);
    if (!FileHeader.isView(header)) {
      throw new IOException(
          file + ": something else than a view is there; move it away, or choose another path");
    }
    if (isHeld || FileHeader.isWriterAlive(header)) {
      throw new IOException(
          file
              + ": process "
              + header.getLong(ViewLayout.PROCESS)
              + " writes its view there; stop it, or choose another path");
    }
    return PlainFile.open(file);
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
    HeldFile.Opened opened = null;
    try {
      opened = HeldFile.open(file);
      final FileChannel channel = opened.channel();
      final ByteBuffer header = header(channel);
      if (header.limit() < ViewLayout.FILE_HEADER_LENGTH) {
        throw new IllegalArgumentException(
            "no view, it has "
                + header.limit()
                + " bytes where the header of a view has "
                + ViewLayout.FILE_HEADER_LENGTH);
      }
      final ViewLayout layout = FileHeader.layoutOf(header, channel.size());
      return new ViewMemory(
          channel
              .map(FileChannel.MapMode.READ_ONLY, 0, layout.length())
              .order(ByteOrder.LITTLE_ENDIAN),
          layout,
          null,
          opened);
    } catch (final IllegalArgumentException e) {
      opened.close();
      throw new IOException(file + ": " + e.getMessage(), e);
    } catch (final IOException e) {
      if (opened != null) {
        opened.close();
      }
      throw unreadable(file, e);
    }
  }

  private static IOException unreadable(final Path file, final IOException e) {
    if (e instanceof NoSuchFileException) {
      return new IOException(
          file + ": no such file; an engine writes it that was started with --share", e);
    }
    if (e instanceof AccessDeniedException) {
      return new IOException(file + ": no permission to read it", e);
    }
    final String reason =
        e instanceof FileSystemException failure && failure.getReason() != null
            ? failure.getReason()
            : e.getMessage();
    return new IOException(file + ": can't be read: " + reason, e);
  }
}
