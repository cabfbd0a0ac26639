package io.liqmap.engine.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders that no other user may write to: such a user could replace our files. */
public final class FolderAccess {
  private static final int GROUP_OR_OTHERS_WRITE = 0_022;
  private static final int STICKY = 01_000;

  private static final FileAttribute<?> OWNER_WRITES =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

  private FolderAccess() {}

  /** Makes a missing folder and its parents; only the owner may write. */
  public static void make(final Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(folder, OWNER_WRITES);
    } else {
      Files.createDirectories(folder);
    }
  }

  /**
   * Makes a new folder; only the owner may write.
   *
   * @throws java.nio.file.FileAlreadyExistsException if anything has that name
   */
  public static void makeNew(final Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(folder, OWNER_WRITES);
    } else {
      Files.createDirectory(folder);
    }
  }

  /**
   * Requires that only this user and root may add or remove files in a folder, or that it has the
   * sticky bit, where users remove only their own files. Makes a missing folder; checks nothing
   * where the system has no such permissions.
   *
   * @throws FileSystemException if other users may, naming them
   */
  public static void requireOwn(final Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return;
    }
    make(folder);
    final int mode = (Integer) Files.getAttribute(folder, "unix:mode");
    final int owner = (Integer) Files.getAttribute(folder, "unix:uid");
    final Integer self = self();
    if (self != null && owner != self && owner != 0) {
      throw foreign(folder, "belongs to another user (" + Files.getOwner(folder) + ")");
    }
    if ((mode & GROUP_OR_OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
      throw foreign(
          folder,
          "may be written to by others ("
              + PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))
              + ")");
    }
  }

  private static FileSystemException foreign(final Path folder, final String why) {
    return new FileSystemException(
        folder.toString(), null, why + ", who could replace what is written there");
  }

  /** User id of this process; null where unknown. */
  private static Integer self() throws IOException {
    final Path process = Path.of("/proc/self");
    return Files.exists(process, LinkOption.NOFOLLOW_LINKS)
        ? (Integer) Files.getAttribute(process, "unix:uid")
        : null;
  }
}
