package io.liqmap.tools.answer;

import io.liqmap.engine.files.FolderAccess;
import io.liqmap.engine.files.HeldFile;
import io.liqmap.engine.files.PlainFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that a command writes: whole or not at all, and never through a link. */
public final class OutFile {
  private OutFile() {}

  /** Writes what a file will hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes it. */
    void write(PrintWriter to) throws IOException;
  }

  /** Writes the bytes that a file will hold. */
  @FunctionalInterface
  public interface Bytes {
    /** Writes them; the channel stays open. */
    void write(FileChannel to) throws IOException;
  }

  /** Writes a text file, as {@link #writeBytes}. */
  public static void write(final Path out, final Content content) throws IOException {
    writeBytes(out, (to) -> write(out, content, to));
  }

  /**
   * Writes a file; an existing one is replaced once the new one is whole. A device or FIFO is
   * written to as it is.
   *
   * @throws IOException if writing fails, or a link or folder is there
   */
  public static void writeBytes(final Path out, final Bytes content) throws IOException {
    if (Files.exists(out) && !Files.isRegularFile(out) && !Files.isDirectory(out)) {
      try (FileChannel channel = FileChannel.open(out, StandardOpenOption.WRITE)) {
        content.write(channel);
      }
      return;
    }
    final Path target = out.toAbsolutePath();
    PlainFile.requireReplaceable(out);
    FolderAccess.make(target.getParent());
    final Path part = target.resolveSibling(target.getFileName() + ".part");
    final HeldFile held = HeldFile.create(part);
    if (held == null) {
      throw new IOException(out + ": is just being written by another process; wait for its end");
    }
    try (held) {
      content.write(held.channel());
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (final IOException | RuntimeException | Error e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  /** The channel stays open. */
  private static void write(final Path out, final Content content, final FileChannel channel)
      throws IOException {
    final PrintWriter writer = Output.file(Channels.newOutputStream(channel), out).writer();
    content.write(writer);
    writer.flush();
  }
}
