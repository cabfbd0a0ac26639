package io.liqmap.engine.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Opens regular files only: a link would lead to another file, a FIFO would wait for its other end
 * for ever.
 */
public final class PlainFile {
  private PlainFile() {}

  /**
   * Requires a regular file; a link to one will do.
   *
   * @throws FileSystemException if it is missing, inaccessible, or something else
   */
  public static void requireRegular(final Path file) throws IOException {
    final BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    if (!found.isRegularFile()) {
      throw new FileSystemException(file.toString(), null, "is " + kind(found) + ", no file");
    }
  }

  /**
   * Requires a file that may be written to: regular, no link, and without another name.
   *
   * @throws FileSystemException if it is missing, inaccessible, or something else
   */
  public static void requireSole(final Path file) throws IOException {
    final BasicFileAttributes found =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isRegularFile()) {
      throw new FileSystemException(
          file.toString(), null, "is " + kind(found) + ", and isn't written to; move it away");
    }
    if (names(file) > 1) {
      throw new FileSystemException(
          file.toString(),
          null,
          "has another name (a hard link), whose content would change too, and isn't written to;"
              + " put a copy in its place");
    }
  }

  /**
   * Requires that a file may be moved over a name: nothing there, or a regular file.
   *
   * @throws FileSystemException if a link, a device, a FIFO or a folder is there
   */
  public static void requireReplaceable(final Path file) throws IOException {
    try {
      final BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!found.isRegularFile()) {
        throw new FileSystemException(
            file.toString(), null, "is " + kind(found) + ", and isn't replaced; name a file");
      }
    } catch (final NoSuchFileException e) {
      // Nothing is in the way.
    }
  }

  /** Why a file is unusable, for error messages. */
  public static String reason(final IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof NoSuchFileException) {
      return "is missing";
    }
    return e instanceof FileSystemException failure && failure.getReason() != null
        ? failure.getReason()
        : e.toString();
  }

  private static String kind(final BasicFileAttributes found) {
    if (found.isSymbolicLink()) {
      return "a symbolic link";
    }
    return found.isDirectory() ? "a folder" : "a device, FIFO or socket";
  }

  /** How many names a file has; 1 where unknown. */
  private static int names(final Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
        : 1;
  }

  /**
   * Makes a file that isn't there yet, for reading and writing.
   *
   * @throws java.nio.file.FileAlreadyExistsException if anything has that name, a link included
   */
  public static FileChannel create(final Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Opens a file that is there, for reading and writing.
   *
   * @throws FileSystemException as {@link #requireSole}
   */
  public static FileChannel open(final Path file) throws IOException {
    requireSole(file);
    return FileChannel.open(
        file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Opens a file for reading.
   *
   * @throws FileSystemException as {@link #requireRegular}
   */
  public static FileChannel read(final Path file) throws IOException {
    requireRegular(file);
    return FileChannel.open(file, StandardOpenOption.READ);
  }
}
