package io.liqmap.tools.importer;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The text inside a plain, gzip or zip file, up to a limit. */
final class DataFile {
  private static final int BUFFER = 1 << 16;
  private static final long MAX_RATIO = 200;
  private static final long RATIO_ALLOWANCE = 64L << 20;

  private DataFile() {}

  static InputStream open(final Path file, final long maxExpanded) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw ImportException.in(
          file, Files.exists(file) ? "is no file" : "doesn't exist", "check the path");
    }
    final long size = Files.size(file);
    if (size == 0) {
      throw ImportException.in(file, "is empty", "get the file again");
    }
    final long limit = limit(size, maxExpanded);
    final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".zip")) {
      return new Capped(file, openZip(file), limit);
    }
    if (name.endsWith(".gz")) {
      return new Capped(file, openGzip(file), limit);
    }
    return new BufferedInputStream(Files.newInputStream(file), BUFFER);
  }

  static long limit(final long size, final long maxExpanded) {
    return Math.min(
        maxExpanded, size > (1L << 40) ? Long.MAX_VALUE : size * MAX_RATIO + RATIO_ALLOWANCE);
  }

  static ImportException expandsTooFar(final Path file, final long limit) {
    return ImportException.in(
        file,
        "expands to more than " + limit + " bytes, far more than market data would",
        "get it again from its source, or unpack it yourself and import what is in it");
  }

  static String entryName(final Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return onlyEntry(file, zip).getName();
    } catch (final ZipException e) {
      throw noArchive(file, "zip", e);
    }
  }

  private static InputStream openZip(final Path file) throws IOException {
    final ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (final ZipException e) {
      throw noArchive(file, "zip", e);
    }
    try {
      return new FilterInputStream(zip.getInputStream(onlyEntry(file, zip))) {
        @Override
        public void close() throws IOException {
          try (zip) {
            super.close();
          }
        }
      };
    } catch (final ZipException e) {
      zip.close();
      throw noArchive(file, "zip", e);
    } catch (final IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipEntry onlyEntry(final Path file, final ZipFile zip) throws ImportException {
    // macOS adds a folder of its own to what it packs.
    final List<ZipEntry> entries =
        zip.stream()
            .<ZipEntry>map((e) -> e)
            .filter((e) -> !e.getName().startsWith("__MACOSX/"))
            .toList();
    if (entries.size() != 1) {
      throw ImportException.in(
          file,
          "holds " + entries.size() + " entries, one CSV file was expected",
          "unpack it and import the CSV file");
    }
    final ZipEntry entry = entries.get(0);
    final String name = entry.getName();
    if (name.contains("/")
        || name.contains("\\")
        || name.contains("..")
        || !name.toLowerCase(Locale.ROOT).endsWith(".csv")) {
      throw ImportException.in(
          file,
          "its entry " + ImportException.quote(name) + " is no plain CSV file name",
          "get the file again from its source");
    }
    return entry;
  }

  private static InputStream openGzip(final Path file) throws IOException {
    final InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      return new WholeGzip(file, raw);
    } catch (final ZipException | EOFException e) {
      raw.close();
      throw noArchive(file, "gzip", e);
    } catch (final IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static ImportException noArchive(
      final Path file, final String kind, final IOException cause) {
    return new ImportException(
        file
            + ": is no whole "
            + kind
            + " file ("
            + cause.getMessage()
            + "); get it again, or rename it if it is plain CSV",
        cause);
  }

  /** Rejects bytes after a member that are no member: the JDK's stream would skip them silently. */
  private static final class WholeGzip extends GZIPInputStream {
    private static final int TRAILER = 8;
    private final Path file;

    WholeGzip(final Path archive, final InputStream raw) throws IOException {
      super(raw, BUFFER);
      file = archive;
    }

    @Override
    public int read(final byte[] bytes, final int offset, final int length) throws IOException {
      final int count = super.read(bytes, offset, length);
      if (count < 0 && (inf.getRemaining() > TRAILER || in.available() > 0)) {
        throw ImportException.in(
            file, "holds bytes after its end that are no gzip", "get the file again");
      }
      return count;
    }
  }

  private static final class Capped extends FilterInputStream {
    private final Path file;
    private final long limit;
    private long handedOut;

    Capped(final Path archive, final InputStream expanded, final long maxBytes) {
      super(expanded);
      file = archive;
      limit = maxBytes;
    }

    @Override
    public int read() throws IOException {
      final int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(final byte[] bytes, final int offset, final int length) throws IOException {
      final int count = super.read(bytes, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    private void count(final int bytes) throws ImportException {
      handedOut += bytes;
      if (handedOut > limit) {
        throw expandsTooFar(file, limit);
      }
    }
  }
}
