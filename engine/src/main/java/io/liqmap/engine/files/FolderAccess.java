package io.liqmap.engine.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders that nobody else may write to: who may can put his own files in the place of ours. */
public final class FolderAccess {
  private static final int GROUP_OR_OTHERS_WRITE = 0_022;
  private static final int STICKY = 01_000;

  private static final FileAttribute<?> OWNER_WRITES =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

  private FolderAccess() {}

  /** Makes a folder, and those above it, where it is missing; nobody but the owner may write. */
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
   * Makes a folder that isn't there yet; nobody but the owner may write.
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
   * Requires that nobody but this user, and root, may put files into a folder or take them away. A
   * folder with the sticky bit will do, where nobody can take away what isn't his. Makes it if it
   * isn't there; asks nothing where the system has no such permissions.
   *
   * @throws FileSystemException if others may, saying who
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

  /** The user of this process; null where the system doesn't say. */
  private static Integer self() throws IOException {
    final Path process = Path.of("/proc/self");
    return Files.exists(process, LinkOption.NOFOLLOW_LINKS)
        ? (Integer) Files.getAttribute(process, "unix:uid")
        : null;
  }
}
