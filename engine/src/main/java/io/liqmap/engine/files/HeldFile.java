package io.liqmap.engine.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A file that one process holds by a lock of the operating system, until it closes it or ends. The
 * lock is the file's, not the name's: it holds in all containers of one kernel, whatever their
 * clocks and process numbers say, and it goes along when the file is renamed.
 *
 * <p>Where a process closes a file, the system drops all its locks on it, whichever channel took
 * them. So what is held in this process is read through the channel that holds it: {@link #read}
 * and {@link #open}. Any thread.
 */
public final class HeldFile implements AutoCloseable {
  private static final Map<Object, HeldFile> HELD = new HashMap<>();

  private final Object key;
  private final FileChannel channel;

  private HeldFile(final Object key, final FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Reads from an open channel.
   *
   * @param <T> the result
   */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads; must not close the channel. */
    T from(FileChannel channel) throws IOException;
  }

  /**
   * Makes a file and holds it; removes one that a dead writer left, without following or opening
   * it.
   *
   * @return null if another writer is making one there
   */
  public static HeldFile create(final Path file) throws IOException {
    synchronized (HELD) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isHeld(file)) {
          return null;
        }
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          PlainFile.requireSole(file);
        }
        Files.deleteIfExists(file);
      }
      final FileChannel channel;
      try {
        channel = PlainFile.create(file);
      } catch (final FileAlreadyExistsException e) {
        return null;
      }
      try {
        return hold(file, channel, keyOfNew(file, channel));
      } catch (final IOException | RuntimeException | Error e) {
        channel.close();
        throw e;
      }
    }
  }

  /**
   * Key of a file that was just made; null if another has its name by now. Java has no key of a
   * channel, so a random mark in the file identifies it.
   */
  private static Object keyOfNew(final Path file, final FileChannel channel) throws IOException {
    final byte[] mark = new byte[16];
    new SecureRandom().nextBytes(mark);
    channel.write(ByteBuffer.wrap(mark), 0);
    try {
      final Object key = key(file);
      final ByteBuffer found = ByteBuffer.allocate(mark.length);
      try (FileChannel named = PlainFile.read(file)) {
        named.read(found, 0);
      }
      channel.truncate(0);
      return Arrays.equals(mark, found.array()) ? key : null;
    } catch (final NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Holds a file that is there.
   *
   * @return null if another writer holds it, in this process or another
   * @throws java.nio.file.FileSystemException if it is no regular file, or has another name
   */
  public static HeldFile acquire(final Path file) throws IOException {
    synchronized (HELD) {
      PlainFile.requireSole(file);
      final Object key = key(file);
      if (HELD.containsKey(key)) {
        return null;
      }
      final FileChannel channel = PlainFile.open(file);
      try {
        return hold(file, channel, key);
      } catch (final IOException | RuntimeException | Error e) {
        channel.close();
        throw e;
      }
    }
  }

  /** Locks an open file that still has its name; closes it otherwise. */
  private static HeldFile hold(final Path file, final FileChannel channel, final Object key)
      throws IOException {
    final HeldFile held = new HeldFile(key, channel);
    if (key == null || channel.tryLock() == null || !held.isAt(file)) {
      channel.close();
      return null;
    }
    HELD.put(key, held);
    return held;
  }

  /** Whether a writer holds a file, in this process or another; false if it is missing. */
  public static boolean isHeld(final Path file) throws IOException {
    try (Opened opened = open(file)) {
      return opened.isHeld();
    } catch (final NoSuchFileException e) {
      return false;
    }
  }

  /** Reads a file that may be held in this process. */
  public static <T> T read(final Path file, final Reading<T> reading) throws IOException {
    synchronized (HELD) {
      try (Opened opened = open(file)) {
        return reading.from(opened.channel());
      }
    }
  }

  /**
   * Opens a file for reading that may be held in this process.
   *
   * @throws java.nio.file.FileSystemException if it is no regular file
   */
  public static Opened open(final Path file) throws IOException {
    synchronized (HELD) {
      PlainFile.requireRegular(file);
      final Object key = key(file);
      final HeldFile ours = HELD.get(key);
      return ours == null
          ? new Opened(key, PlainFile.read(file), false)
          : new Opened(key, ours.channel, true);
    }
  }

  /**
   * The same for reading and writing.
   *
   * @throws java.nio.file.FileSystemException if it is no regular file, or has another name
   */
  public static Opened openForWriting(final Path file) throws IOException {
    synchronized (HELD) {
      PlainFile.requireSole(file);
      final Object key = key(file);
      final HeldFile ours = HELD.get(key);
      return ours == null
          ? new Opened(key, PlainFile.open(file), false)
          : new Opened(key, ours.channel, true);
    }
  }

  /** A file that was opened while another may hold it. */
  public static final class Opened implements AutoCloseable {
    private final Object key;
    private final FileChannel channel;
    private final boolean isOurs;

    Opened(final Object key, final FileChannel channel, final boolean isOurs) {
      this.key = key;
      this.channel = channel;
      this.isOurs = isOurs;
    }

    /** Of the holder where this process holds the file. */
    public FileChannel channel() {
      return channel;
    }

    /** Whether a writer holds it now, in this process or another. */
    public boolean isHeld() throws IOException {
      synchronized (HELD) {
        if (isOurs || HELD.containsKey(key)) {
          return HELD.containsKey(key);
        }
        // Shared, so that two queries don't see each other.
        try (FileLock asked = channel.tryLock(0, Long.MAX_VALUE, true)) {
          return asked == null;
        }
      }
    }

    /** Closes it, unless it is the holder's. */
    @Override
    public void close() throws IOException {
      if (!isOurs) {
        channel.close();
      }
    }
  }

  private static Object key(final Path file) throws IOException {
    final Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? file.toRealPath() : key;
  }

  /** The channel that holds it, for reading and writing; closed with it. */
  public FileChannel channel() {
    return channel;
  }

  /** Whether a name still refers to it. */
  public boolean isAt(final Path file) {
    try {
      // Where files have no key but their path, a rename changes it.
      return key instanceof Path ? Files.exists(file) : key.equals(key(file));
    } catch (final IOException e) {
      return false;
    }
  }

  /** Releases the file. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      HELD.remove(key, this);
      channel.close();
    }
  }
}
