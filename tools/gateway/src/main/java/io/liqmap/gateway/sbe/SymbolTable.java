package io.liqmap.gateway.sbe;

import io.liqmap.engine.feed.InstrumentDefinition;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Finds a venue's instruments by the bytes of their symbols. Immutable. */
final class SymbolTable {
  static final int NONE = -1;

  private final DirectBuffer[] symbols;

  /** Open addressing: indexes of symbols, at most half of the slots. */
  private final int[] slots;

  /**
   * Makes a table.
   *
   * @throws IllegalArgumentException if two instruments have the same symbol
   */
  SymbolTable(final List<InstrumentDefinition> instruments) {
    symbols = new DirectBuffer[instruments.size()];
    slots = new int[BitUtil.findNextPositivePowerOfTwo(2 * symbols.length + 1)];
    Arrays.fill(slots, NONE);
    for (int i = 0; i < symbols.length; i++) {
      final String symbol = instruments.get(i).symbol();
      final byte[] bytes = symbol.getBytes(StandardCharsets.US_ASCII);
      symbols[i] = new UnsafeBuffer(bytes);
      final int slot = slot(symbols[i], 0, bytes.length);
      if (slots[slot] != NONE) {
        throw new IllegalArgumentException("two instruments have the symbol " + symbol);
      }
      slots[slot] = i;
    }
  }

  /** Returns the index of the instrument in the list, or {@link #NONE}. */
  int find(final DirectBuffer buffer, final int offset, final int length) {
    return slots[slot(buffer, offset, length)];
  }

  /** Returns the slot of a symbol, or the free one where it would be. */
  private int slot(final DirectBuffer buffer, final int offset, final int length) {
    final int mask = slots.length - 1;
    int slot = (int) hash(buffer, offset, length) & mask;
    while (slots[slot] != NONE && !isSame(symbols[slots[slot]], buffer, offset, length)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static boolean isSame(
      final DirectBuffer symbol, final DirectBuffer buffer, final int offset, final int length) {
    if (symbol.capacity() != length) {
      return false;
    }
    int i = 0;
    while (i < length && symbol.getByte(i) == buffer.getByte(offset + i)) {
      i++;
    }
    return i == length;
  }

  /** Mixes bytes to 64 bits. */
  static long hash(final DirectBuffer buffer, final int offset, final int length) {
    final int end = offset + length;
    long hash = length;
    int index = offset;
    for (; end - index >= Long.BYTES; index += Long.BYTES) {
      hash = mixed(hash, buffer.getLong(index, ByteOrder.LITTLE_ENDIAN));
    }
    for (; index < end; index++) {
      hash = mixed(hash, buffer.getByte(index));
    }
    return hash;
  }

  private static long mixed(final long hash, final long bits) {
    final long product = (hash ^ bits) * 0x9E37_79B9_7F4A_7C15L;
    return product ^ product >>> 32;
  }
}
