package io.liqmap.tools.importer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SHA-256 sum that a venue publishes beside a file, as Binance does for each zip, as {@code
 * sha256sum} writes it.
 */
final class ChecksumFile {
  static final String ENDING = ".CHECKSUM";

  private static final int MAX_LENGTH = 4096;
  private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64})[ \\t]+\\*?(\\S[^\r\n]*)");

  private final Path archive;
  private final Path file;
  private boolean checked;
  private String note;

  ChecksumFile(final Path of) {
    archive = of;
    file = of.resolveSibling(of.getFileName() + ENDING);
  }

  /**
   * Compares the archive with its sum, where there is one.
   *
   * @throws ImportException if they differ
   */
  void check() throws IOException {
    final String name = archive.getFileName().toString();
    if (!Files.isRegularFile(file)) {
      return;
    }
    final Matcher line = LINE.matcher(text());
    if (!line.matches()) {
      note = file.getFileName() + " holds no SHA-256 sum and file name: not checked";
      return;
    }
    final String named = line.group(2).strip();
    final String published = line.group(1).toLowerCase(Locale.ROOT);
    final String own = sum();
    final boolean namesAnother = !named.equals(name);
    if (!published.equals(own)) {
      throw ImportException.in(
          archive,
          "its SHA-256 sum is "
              + own
              + ", but "
              + file.getFileName()
              + " says "
              + published
              + (namesAnother ? " for " + ImportException.quote(named) : ""),
          namesAnother
              ? "the sum is of another file: get the sum of this one, or remove it"
              : "get both files again: one of them is damaged, or the venue has replaced the archive since");
    }
    checked = true;
    if (namesAnother) {
      note = file.getFileName() + " names " + ImportException.quote(named) + ", with the right sum";
    }
  }

  boolean isChecked() {
    return checked;
  }

  List<String> notes() {
    return note == null ? List.of() : List.of(note);
  }

  private String text() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      final String text = new String(in.readNBytes(MAX_LENGTH), StandardCharsets.ISO_8859_1);
      return text.strip();
    }
  }

  private String sum() throws IOException {
    final MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    final byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(archive)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
