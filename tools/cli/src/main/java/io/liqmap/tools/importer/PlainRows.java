package io.liqmap.tools.importer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/**
 * Splits the lines that nearly all files have, ASCII without quotes and carriage returns, in a
 * third of a CSV parser's time. Ends ahead of the first line that is anything else; the parser
 * reads {@link #rest} from there.
 */
final class PlainRows {
  /** As much as the parser asks for at a time, so that broken files break at the same place. */
  private static final int READ = 1 << 13;

  private static final int MAX_LINE = 1 << 15;

  private final InputStream in;
  private byte[] bytes = new byte[2 * READ];
  private int at;
  private int end;
  private boolean isInputAtEnd;
  private boolean isPlain = true;
  private long line;

  PlainRows(final InputStream text) {
    in = text;
  }

  /** Fills the row with the next one; false at the end, or where what comes isn't plain. */
  boolean next(final Row row) throws IOException {
    while (isPlain) {
      final int next = row.split(bytes, at, end, line + 1);
      if (next > at) {
        final boolean isEmpty = next == at + 1;
        at = next;
        line++;
        if (!isEmpty) {
          return true;
        }
      } else if (next == Row.NOT_PLAIN || end - at > MAX_LINE) {
        isPlain = false;
      } else if (!fill()) {
        return false;
      }
    }
    return false;
  }

  /** Reads more; false at the end. A last line without an end gets one. */
  private boolean fill() throws IOException {
    if (isInputAtEnd) {
      return false;
    }
    if (at > 0) {
      System.arraycopy(bytes, at, bytes, 0, end - at);
      end -= at;
      at = 0;
    }
    if (bytes.length - end < READ) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    final int count = in.read(bytes, end, READ);
    if (count < 0) {
      isInputAtEnd = true;
      if (end > at) {
        bytes[end++] = '\n';
      }
      return end > at;
    }
    end += count;
    return true;
  }

  boolean isPlain() {
    return isPlain;
  }

  /** Lines that were read. */
  long lines() {
    return line;
  }

  /** What wasn't read. */
  InputStream rest() {
    return new SequenceInputStream(new ByteArrayInputStream(bytes, at, end - at), in);
  }
}
