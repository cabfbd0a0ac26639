package io.liqmap.tools.importer;

import java.io.IOException;
import java.nio.file.Path;

/** An input was rejected: the message has file, line, reason and what to do. */
public final class ImportException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 40;

  public ImportException(final String message) {
    super(message);
  }

  public ImportException(final String message, final Throwable cause) {
    super(message, cause);
  }

  /** Of a file: what is wrong and what to do. */
  public static ImportException in(final Path file, final String what, final String advice) {
    return new ImportException(file + ": " + what + "; " + advice);
  }

  static ImportException at(
      final Path file, final long line, final String what, final String advice) {
    return new ImportException(file + ": line " + line + ": " + what + "; " + advice);
  }

  /** Text of an input, shortened and without control characters, in quotes. */
  public static String quote(final String text) {
    final StringBuilder shown = new StringBuilder("'");
    final int length = Math.min(text.length(), SHOWN);
    for (int i = 0; i < length; i++) {
      final char c = text.charAt(i);
      shown.append(c < ' ' || (c >= 127 && c < 160) || Character.isSurrogate(c) ? '?' : c);
    }
    return shown.append(text.length() > SHOWN ? "…'" : "'").toString();
  }
}
