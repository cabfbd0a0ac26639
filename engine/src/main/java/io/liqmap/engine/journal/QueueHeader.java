package io.liqmap.engine.journal;

/**
 * The four bytes before each document in a file of Chronicle Queue, little-endian.
 *
 * <pre>
 *   bit 31       bit 30      bits 29 to 0
 *   unfinished   metadata    bytes that follow; the next header starts at a multiple of four
 *   0: nothing yet; 0xC0000000: the file is closed, a later one continues
 * </pre>
 */
final class QueueHeader {
  static final int LENGTH = 4;

  private static final int UNFINISHED = 0x80000000;
  private static final int METADATA = 0x40000000;
  private static final int CONTENT_LENGTH = 0x3FFFFFFF;
  private static final int END_OF_FILE = UNFINISHED | METADATA;

  private QueueHeader() {}

  static long align(final long position) {
    return position + LENGTH - 1 & -LENGTH;
  }

  static boolean isNothing(final int header) {
    return header == 0;
  }

  static boolean isEndOfFile(final int header) {
    return header == END_OF_FILE;
  }

  static boolean isUnfinished(final int header) {
    return (header & UNFINISHED) != 0;
  }

  static boolean isMetadata(final int header) {
    return (header & METADATA) != 0;
  }

  static int contentLength(final int header) {
    return header & CONTENT_LENGTH;
  }
}
