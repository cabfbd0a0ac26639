package io.liqmap.engine.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files are held by one writer, and never reached through something that somebody else planted. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HeldFileTest {
  @TempDir private Path folder;
  private Path file;
  private Path precious;

  @BeforeEach
  void makeFiles() throws IOException {
    file = folder.resolve("held");
    precious = Files.writeString(folder.resolve("precious"), "dear diary");
  }

  /** Whether another process finds it locked. */
  private static boolean isLockedForOthers(final Path path) throws Exception {
    final Process process;
    try {
      process =
          new ProcessBuilder(
                  "python3",
                  "-c",
                  """
                  import fcntl, sys
                  try: fcntl.lockf(open(sys.argv[1], 'r+b'), fcntl.LOCK_EX | fcntl.LOCK_NB)
                  except BlockingIOError: sys.exit(7)
                  """,
                  path.toString())
              .redirectErrorStream(true)
              .start();
    } catch (final IOException e) {
      assumeTrue(false, "no python3: " + e);
      return false;
    }
    final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    final int code = process.waitFor();
    assertTrue(code == 0 || code == 7, said);
    return code == 7;
  }

  @Test
  void shouldHoldAFileUntilItIsClosedAlsoUnderAnotherName() throws Exception {
    final Path renamed = folder.resolve("renamed");
    try (HeldFile held = HeldFile.create(file)) {
      assertTrue(HeldFile.isHeld(file));
      assertTrue(isLockedForOthers(file));
      assertNull(HeldFile.create(file));
      assertNull(HeldFile.acquire(file));
      Files.move(file, renamed, StandardCopyOption.ATOMIC_MOVE);
      assertTrue(held.isAt(renamed));
      assertFalse(held.isAt(file));
      assertTrue(isLockedForOthers(renamed));
      assertNull(HeldFile.acquire(renamed));
    }
    assertFalse(HeldFile.isHeld(renamed));
    assertFalse(isLockedForOthers(renamed));
    HeldFile.acquire(renamed).close();
  }

  /** The system drops a process's locks on a file when it closes any channel of it. */
  @Test
  void shouldStillHoldItWhenThisProcessHasReadIt() throws Exception {
    try (HeldFile held = HeldFile.create(file)) {
      final long size = HeldFile.read(file, (channel) -> channel.size());
      assertEquals(0, size);
      HeldFile.open(file).close();
      assertTrue(HeldFile.isHeld(file));
      assertNull(HeldFile.acquire(file));
      assertTrue(held.channel().isOpen());
      assertTrue(isLockedForOthers(file));
    }
  }

  @Test
  void shouldNoticeThatAnotherFileHasItsName() throws IOException {
    try (HeldFile held = HeldFile.create(file)) {
      Files.delete(file);
      assertFalse(held.isAt(file));
      Files.createFile(file);
      assertFalse(held.isAt(file));
    }
  }

  @Test
  void shouldReplaceWhatWasLeftThere() throws IOException {
    Files.writeString(file, "half a file");
    HeldFile.create(file).close();
    assertEquals(0, Files.size(file));
  }

  @Test
  void shouldNotFollowALinkWhenItMakesAFile() throws IOException {
    Files.createSymbolicLink(file, precious);
    HeldFile.create(file).close();
    assertTrue(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    Files.delete(file);
    Files.createLink(file, precious);
    HeldFile.create(file).close();
    assertEquals("dear diary", Files.readString(precious));
    assertThrows(FileAlreadyExistsException.class, () -> PlainFile.create(file));
  }

  @Test
  void shouldTakeNothingThroughALink() throws IOException {
    Files.createSymbolicLink(file, precious);
    assertTrue(refusal(file).contains("symbolic link"), refusal(file));
    Files.delete(file);
    Files.createLink(file, precious);
    assertTrue(refusal(file).contains("hard link"), refusal(file));
    assertTrue(refusal(folder).contains("a folder"), refusal(folder));
  }

  @Test
  void shouldNotWaitForTheOtherEndOfAFifo() throws Exception {
    final Process made;
    try {
      made = new ProcessBuilder("mkfifo", file.toString()).start();
    } catch (final IOException e) {
      assumeTrue(false, "no mkfifo: " + e);
      return;
    }
    assumeTrue(made.waitFor() == 0, "no FIFO here");
    assertTrue(refusal(file).contains("FIFO"), refusal(file));
    assertThrows(FileSystemException.class, () -> HeldFile.open(file));
    assertThrows(FileSystemException.class, () -> PlainFile.requireReplaceable(file));
    HeldFile.create(file).close();
  }

  private static String refusal(final Path path) {
    return assertThrows(FileSystemException.class, () -> HeldFile.acquire(path)).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "rwxr-xr-x, true",
    "rwx------, true",
    "rwxrwxr-x, false",
    "rwxr-xrwx, false",
    "rwxrwxrwx, false"
  })
  void shouldRefuseAFolderThatOthersMayWriteTo(final String mode, final boolean isOwn)
      throws IOException {
    final Path made = Files.createDirectory(folder.resolve("made"));
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));
    if (isOwn) {
      FolderAccess.requireOwn(made);
    } else {
      final FileSystemException e =
          assertThrows(FileSystemException.class, () -> FolderAccess.requireOwn(made));
      assertTrue(e.getReason().contains(mode), e.getReason());
    }
  }

  @Test
  void shouldTakeAFolderWithTheStickyBit() throws Exception {
    final Path made = Files.createDirectory(folder.resolve("made"));
    assumeTrue(new ProcessBuilder("chmod", "1777", made.toString()).start().waitFor() == 0);
    FolderAccess.requireOwn(made);
  }

  @Test
  void shouldRefuseAFolderOfAnotherUser() throws Exception {
    final Path made = Files.createDirectory(folder.resolve("made"));
    assumeTrue(
        new ProcessBuilder("chown", "4711", made.toString()).start().waitFor() == 0,
        "needs the right to give files away");
    final FileSystemException e =
        assertThrows(FileSystemException.class, () -> FolderAccess.requireOwn(made));
    assertTrue(e.getReason().contains("another user"), e.getReason());
  }

  @Test
  void shouldMakeFoldersThatTheOwnerAloneMayWriteTo() throws IOException {
    final Path made = folder.resolve("a").resolve("b");
    FolderAccess.make(made);
    FolderAccess.make(made);
    for (final Path one : List.of(made, made.getParent())) {
      final String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(one));
      assertTrue(mode.matches("rwx.-..-."), mode);
    }
  }
}
