package io.liqmap.gateway.recording;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a file of frames, a line each: after its time of receipt, or without one, where the
 * earliest time within it takes its place. Packed or not; one that ends within a member or a line
 * is read as far as it is whole. One thread.
 */
final class FrameFile implements AutoCloseable {
  /** Of a line without a time, and of a frame without one. */
  static final long NO_TIME = -1;

  private static final int MAX_LINE = 1 << 23;
  private static final int BUFFER = 1 << 16;
  private static final int SECOND_DIGITS = 10;
  private static final int NANO_DIGITS = 19;
  private static final int MILLI_DIGITS = 13;
  private static final long MILLION = 1_000_000;

  private final Path file;
  private final InputStream in;
  private final byte[] block = new byte[BUFFER];
  private byte[] line = new byte[1 << 12];
  private int at;
  private int filled;
  private int length;
  private int start;
  private long time;
  private long number;
  private boolean isCut;

  FrameFile(final Path file) throws IOException {
    this.file = file;
    final InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    raw.mark(2);
    final boolean isGzip = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    if (!isGzip && file.getFileName().toString().endsWith(RecordingName.ENDING)) {
      // A kill just after the file was made leaves what identified it, and no member.
      raw.close();
      isCut = true;
      in = InputStream.nullInputStream();
    } else {
      in = isGzip ? new GZIPInputStream(raw, BUFFER) : raw;
    }
  }

  /** Goes to the next line with a frame or a mark; false at the end. */
  boolean next() throws IOException {
    while (nextLine()) {
      if (parse()) {
        return true;
      }
    }
    return false;
  }

  private boolean nextLine() throws IOException {
    length = 0;
    while (at < filled || fill()) {
      final int end = indexOfBreak();
      append(end - at);
      at = end;
      if (at < filled) {
        at++;
        number++;
        return true;
      }
    }
    // What a cut member ends with is a part of a line.
    number += length > 0 ? 1 : 0;
    return length > 0 && !isCut;
  }

  private int indexOfBreak() {
    int end = at;
    while (end < filled && block[end] != '\n') {
      end++;
    }
    return end;
  }

  private void append(final int count) throws IOException {
    if (length + count > MAX_LINE) {
      throw new IOException(
          file
              + " line "
              + (number + 1)
              + ": longer than a frame may be ("
              + MAX_LINE
              + " bytes); check that it is a recording with a frame on each line");
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
    }
    System.arraycopy(block, at, line, length, count);
    length += count;
  }

  private boolean fill() throws IOException {
    try {
      at = 0;
      filled = Math.max(0, in.read(block, 0, BUFFER));
    } catch (final EOFException | ZipException e) {
      isCut = true;
      filled = 0;
    }
    return filled > 0;
  }

  /** Finds time and frame; false where the line holds none. */
  private boolean parse() {
    while (length > 0 && line[length - 1] <= ' ') {
      length--;
    }
    start = 0;
    time = NO_TIME;
    int digits = 0;
    while (digits < length && isDigit(line[digits])) {
      digits++;
    }
    if (digits >= SECOND_DIGITS && digits <= NANO_DIGITS && digits < length) {
      start = digits;
      time = leadingTime(digits);
      while (start < length && (line[start] == ' ' || line[start] == ':')) {
        start++;
      }
    }
    if (start == length || line[start] == '<' || line[start] == '-' || line[start] == '>') {
      // Blank, or what was sent.
      return false;
    }
    if (time == NO_TIME) {
      time = earliestMillis();
    }
    return true;
  }

  /** In s, ms, µs or ns by its digits, with decimals. */
  private long leadingTime(final int digits) {
    long value = 0;
    int taken = 0;
    for (int i = 0; i < digits; i++) {
      value = value * 10 + line[i] - '0';
      taken++;
    }
    if (line[start] == '.') {
      start++;
      while (start < length && isDigit(line[start])) {
        if (taken < NANO_DIGITS) {
          value = value * 10 + line[start] - '0';
          taken++;
        }
        start++;
      }
    }
    final int unit = digits <= 11 ? 10 : digits <= 14 ? 13 : digits <= 17 ? 16 : 19;
    final int decimals = taken - digits + unit - SECOND_DIGITS;
    for (int i = decimals; i < 9; i++) {
      value *= 10;
    }
    return value;
  }

  /** The earliest time in ms within the line, ns: others are those of coming payments. */
  private long earliestMillis() {
    long earliest = NO_TIME;
    int digits = 0;
    long value = 0;
    for (int i = 0; i <= length; i++) {
      if (i < length && isDigit(line[i])) {
        digits++;
        value = digits > MILLI_DIGITS ? value : value * 10 + line[i] - '0';
      } else {
        if (digits == MILLI_DIGITS && value / 1_000_000_000_000L == 1) {
          earliest = earliest == NO_TIME ? value * MILLION : Math.min(earliest, value * MILLION);
        }
        digits = 0;
        value = 0;
      }
    }
    return earliest;
  }

  private static boolean isDigit(final byte c) {
    return c >= '0' && c <= '9';
  }

  /** Time of receipt, ns since 1970; {@link #NO_TIME} where unknown. */
  long time() {
    return time;
  }

  boolean isMark() {
    return line[start] == '#';
  }

  byte[] bytes() {
    return line;
  }

  int offset() {
    return start;
  }

  int length() {
    return length - start;
  }

  /** Whether it ended within a member. */
  boolean isCut() {
    return isCut;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
