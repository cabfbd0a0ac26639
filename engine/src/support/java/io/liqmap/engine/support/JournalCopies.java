package io.liqmap.engine.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Copies of journals to damage or to resume, without most of what their queue files reserve: that
 * is some 80 MB of zeros, to be written, read and deleted for each copy.
 */
public final class JournalCopies {
  /** More zeros than there are within a journal; so many stay at its end. */
  private static final int RESERVED = 1 << 20;

  private JournalCopies() {}

  /** Copies a journal of documents smaller than 1 MiB. */
  public static void folder(final Path from, final Path to) throws IOException {
    try (Stream<Path> content = Files.walk(from)) {
      for (final Path one : content.toList()) {
        final Path target = to.resolve(from.relativize(one).toString());
        if (Files.isDirectory(one)) {
          Files.createDirectories(target);
        } else if (one.toString().endsWith(".cq4")) {
          queueFile(one, target);
        } else {
          Files.copy(one, target);
        }
      }
    }
  }

  /** Copies a queue file to a place where none is. */
  public static void queueFile(final Path from, final Path to) throws IOException {
    final byte[] zeros = new byte[RESERVED];
    try (InputStream source = Files.newInputStream(from);
        OutputStream target = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
      byte[] piece;
      do {
        piece = source.readNBytes(RESERVED);
        target.write(piece);
      } while (piece.length > 0 && !Arrays.equals(piece, zeros));
    }
  }
}
