package io.liqmap.gateway.recording;

import java.util.Arrays;

/** Lines of one venue and hour on their way to a file. */
final class Chunk {
  static final int FULL = 1 << 16;

  private static final int TIME_DIGITS = 19;

  private byte[] bytes = new byte[FULL];
  private int length;
  private VenueTape tape;
  private long firstTime;

  void begin(final VenueTape of, final long time) {
    tape = of;
    firstTime = time;
    length = 0;
  }

  VenueTape tape() {
    return tape;
  }

  long firstTime() {
    return firstTime;
  }

  long hour() {
    return firstTime / RecordingName.HOUR_NANOS;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  boolean hasRoom(final int frame) {
    return length == 0 || length + TIME_DIGITS + 2 + frame <= FULL;
  }

  /** Adds a line; line breaks within it become blanks. */
  void add(final long time, final byte[] frame, final int offset, final int count) {
    final int needed = length + TIME_DIGITS + 2 + count;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, needed);
    }
    long rest = time;
    for (int i = TIME_DIGITS - 1; i >= 0; i--) {
      bytes[length + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += TIME_DIGITS;
    bytes[length++] = ' ';
    System.arraycopy(frame, offset, bytes, length, count);
    for (int i = length; i < length + count; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        bytes[i] = ' ';
      }
    }
    length += count;
    bytes[length++] = '\n';
  }

  /** Frees what an unusually large frame took. */
  void release() {
    if (bytes.length > FULL) {
      bytes = new byte[FULL];
    }
    tape = null;
  }
}
