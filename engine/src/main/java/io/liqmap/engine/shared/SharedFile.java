package io.liqmap.engine.shared;

import io.liqmap.engine.files.FolderAccess;
import io.liqmap.engine.files.HeldFile;
import io.liqmap.engine.files.PlainFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.agrona.CloseHelper;

/**
 * A file that one process writes and others read while it does.
 *
 * <pre>
 *   create      NAME.new, held by this process
 *   map, store  header and all bytes, so that the disk has room for them
 *   publish     NAME.new is renamed to NAME: no reader opens half a file
 *   close       releases the file; the system does so for a process that is killed
 *
 *     0  8 B    magic
 *     8  int32  version of the layout
 *    12  …      the kind's own, up to 128
 * </pre>
 *
 * Little-endian. Mapped bytes stay mapped for as long as anything refers to them: unmapping them
 * under another thread would crash the process. One thread, {@link #isHeld} any.
 */
public final class SharedFile implements AutoCloseable {
  /** Bytes before the contents. */
  public static final int HEADER_LENGTH = 128;

  private static final int VERSION = 8;
  private static final int CHUNK = 1 << 16;

  /** Systems measure the start of a process by a clock that may be set meanwhile. */
  private static final long START_TOLERANCE_MILLIS = 2_000;

  /**
   * A kind of file.
   *
   * @param name in messages
   * @param magic first eight bytes, ASCII
   * @param version of its layout
   * @param maxLength of a file, bytes
   */
  public record Kind(String name, String magic, int version, long maxLength) {
    /** A header of this kind, its other fields 0. */
    public ByteBuffer header() {
      return ByteBuffer.allocate(HEADER_LENGTH)
          .order(ByteOrder.LITTLE_ENDIAN)
          .put(0, magic.getBytes(StandardCharsets.US_ASCII))
          .putInt(VERSION, version);
    }

    /** Whether a header is one of this kind, of whatever version. */
    public boolean matches(final ByteBuffer header) {
      return header.limit() >= HEADER_LENGTH
          && header.slice(0, VERSION).equals(header().slice(0, VERSION));
    }

    /** Why a header isn't one of this kind and version; null if it is. */
    public String flaw(final ByteBuffer header) {
      if (!matches(header)) {
        return "no " + name + ", it doesn't start with " + magic;
      }
      final int found = header.getInt(VERSION);
      return found == version
          ? null
          : name
              + " of layout "
              + found
              + ", this version reads layout "
              + version
              + "; read it with the version that writes it";
    }
  }

  private final Path file;
  private final Kind kind;

  /** Null of a reader. */
  private final HeldFile held;

  /** Null of the writer. */
  private final HeldFile.Opened opened;

  private SharedFile(
      final Path file, final Kind kind, final HeldFile held, final HeldFile.Opened opened) {
    this.file = file;
    this.kind = kind;
    this.held = held;
    this.opened = opened;
  }

  /**
   * Begins a file; {@link #publish} puts it in the place of an older one.
   *
   * @throws IOException if another engine is creating one there, or the folder isn't writable
   */
  public static SharedFile create(final Path file, final Kind kind) throws IOException {
    final Path absolute = file.toAbsolutePath();
    FolderAccess.make(absolute.getParent());
    final HeldFile held = HeldFile.create(beside(absolute));
    if (held == null) {
      throw new IOException(
          file
              + ": another engine is creating its "
              + kind.name()
              + " there; stop one engine of the two");
    }
    return new SharedFile(absolute, kind, held, null);
  }

  private static Path beside(final Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  /**
   * Writes a header and zeros, and maps all of it for writing.
   *
   * @param length of the file, bytes
   * @throws IOException if the disk has no room for it
   */
  public ByteBuffer map(final ByteBuffer header, final int length) throws IOException {
    // A mapped page that the disk has no room for would kill the process that touches it.
    final ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK);
    try {
      for (long written = 0; written < length; written += held.channel().write(zeros, written)) {
        zeros.clear().limit((int) Math.min(CHUNK, length - written));
      }
    } catch (final IOException e) {
      throw new IOException(
          file
              + ": no room for "
              + length
              + " bytes ("
              + e.getMessage()
              + "); free some, choose another folder, or share less",
          e);
    }
    store(header);
    return mapped(held.channel(), FileChannel.MapMode.READ_WRITE, length);
  }

  /** Writes bytes from the start of the file. */
  public void store(final ByteBuffer bytes) throws IOException {
    final ByteBuffer all = bytes.duplicate().clear();
    try {
      while (all.hasRemaining()) {
        held.channel().write(all, all.position());
      }
    } catch (final IOException e) {
      throw new IOException(file + ": writing failed: " + e.getMessage(), e);
    }
  }

  /** Gives the file its name, in the place of an older one. */
  public void publish() throws IOException {
    Files.move(beside(file), file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Opens a file for reading.
   *
   * @throws NoSuchFileException if there is none
   * @throws IOException if reading fails, or it is of another kind or version, saying what is wrong
   */
  public static SharedFile open(final Path file, final Kind kind) throws IOException {
    return open(file, kind, HeldFile::open);
  }

  /** The same for a file whose bytes other processes write to as well. */
  public static SharedFile openForWriting(final Path file, final Kind kind) throws IOException {
    return open(file, kind, HeldFile::openForWriting);
  }

  /** Opens a file. */
  @FunctionalInterface
  private interface Opening {
    HeldFile.Opened open(Path file) throws IOException;
  }

  private static SharedFile open(final Path file, final Kind kind, final Opening opening)
      throws IOException {
    final HeldFile.Opened opened;
    try {
      opened = opening.open(file);
    } catch (final NoSuchFileException e) {
      throw new NoSuchFileException(
          file.toString(), null, "no such file; an engine that shares its state writes it");
    } catch (final IOException e) {
      throw new IOException(file + ": reading failed: " + PlainFile.reason(e), e);
    }
    final SharedFile read = new SharedFile(file, kind, null, opened);
    try {
      read.check();
      return read;
    } catch (final IOException | RuntimeException | Error e) {
      read.close();
      throw e;
    }
  }

  private void check() throws IOException {
    final long length = length();
    if (length < HEADER_LENGTH || length > kind.maxLength()) {
      throw refused("no " + kind.name() + ", it has " + length + " bytes");
    }
    final String flaw = kind.flaw(header());
    if (flaw != null) {
      throw refused(flaw);
    }
  }

  /** Exception for contents that aren't those of such a file. */
  public IOException refused(final String why) {
    return new IOException(file + ": " + why);
  }

  /** Bytes of the file. */
  public long length() throws IOException {
    return opened.channel().size();
  }

  /** The header as it is now. */
  public ByteBuffer header() throws IOException {
    return read(HEADER_LENGTH);
  }

  /** The first bytes as they are now, fewer if the file is shorter. */
  public ByteBuffer read(final int length) throws IOException {
    return read(opened.channel(), length);
  }

  /** The first bytes of any file, fewer if it is shorter. */
  public static ByteBuffer read(final FileChannel channel, final int length) throws IOException {
    final ByteBuffer bytes = ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
    int read = 0;
    while (read >= 0 && bytes.hasRemaining()) {
      read = channel.read(bytes, bytes.position());
    }
    return bytes.flip();
  }

  /** Maps a file for reading. */
  public ByteBuffer map(final int length) throws IOException {
    return mapped(opened.channel(), FileChannel.MapMode.READ_ONLY, length);
  }

  /** Maps a file that was opened for writing. */
  public ByteBuffer mapForWriting(final int length) throws IOException {
    return mapped(opened.channel(), FileChannel.MapMode.READ_WRITE, length);
  }

  private static ByteBuffer mapped(
      final FileChannel channel, final FileChannel.MapMode mode, final int length)
      throws IOException {
    return channel.map(mode, 0, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Whether its writer holds it, by a file lock of the operating system.
   *
   * @throws IOException if it was closed
   */
  public boolean isHeld() throws IOException {
    return held != null || opened.isHeld();
  }

  /** Start of a process, ms since 1970; 0 where the system doesn't say. */
  public static long startOf(final ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /**
   * Whether a process lives. A number alone may belong to another process by now: in a container it
   * nearly always does.
   *
   * @param start ms since 1970; 0 for unknown
   */
  public static boolean isAlive(final long process, final long start) {
    return ProcessHandle.of(process)
        .filter(ProcessHandle::isAlive)
        .map(SharedFile::startOf)
        .filter(
            (found) ->
                start == 0 || found == 0 || Math.abs(found - start) <= START_TOLERANCE_MILLIS)
        .isPresent();
  }

  /** Removes a file that was published, unless another took its place. */
  public void remove() throws IOException {
    if (held.isAt(file)) {
      Files.deleteIfExists(file);
    }
  }

  /** Releases the file; one that wasn't published is removed. */
  @Override
  public void close() {
    if (held != null && held.isAt(beside(file))) {
      try {
        Files.deleteIfExists(beside(file));
      } catch (final IOException e) {
        // The next writer removes it.
      }
    }
    CloseHelper.quietCloseAll(held, opened);
  }
}
