package io.liqmap.tools.importer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The report that is kept beside a feed. */
final class ReportFile {
  private final Path file;
  private final Path partial;

  ReportFile(final Path feed) {
    final Path target = feed.toAbsolutePath();
    file = target.resolveSibling(target.getFileName() + ".import.json");
    partial = target.resolveSibling(target.getFileName() + ".import.json.part");
  }

  /** No feed may come to lie beside the report of another. */
  void removeOld() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Writes the report beside its place and moves it there, following no links. */
  void write(final ImportReport report) throws IOException {
    Files.deleteIfExists(partial);
    try {
      final ByteBuffer text = ByteBuffer.wrap(report.json().getBytes(StandardCharsets.UTF_8));
      try (FileChannel channel =
          FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      Files.move(
          partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
