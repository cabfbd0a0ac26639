package io.liqmap.engine.feed;

/**
 * Framing of messages inside a block.
 *
 * <pre>
 *   0        4        8                16
 *   +--------+--------+----------------+-----------------+---------+
 *   | length |checksum| message header | message block   | padding |
 *   +--------+--------+----------------+-----------------+---------+
 *   length:   bytes of header and block; frames start at multiples of 8; a trade's frame is 64 bytes
 *   checksum: in a journal that of the feed's messages up to this event, elsewhere 0
 * </pre>
 */
final class Frame {
  static final int CHECKSUM_OFFSET = 4;
  static final int HEADER_LENGTH = 8;
  static final int ALIGNMENT = 8;

  private Frame() {}

  static int alignedLength(final int messageLength) {
    return HEADER_LENGTH + ((messageLength + ALIGNMENT - 1) & -ALIGNMENT);
  }
}
