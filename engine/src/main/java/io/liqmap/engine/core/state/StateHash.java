package io.liqmap.engine.core.state;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A 64-bit hash of a state's bytes: equal states have equal hashes, on any JVM. Tells accidents
 * apart, not forgeries.
 */
public final class StateHash {
  private static final long SEED = 0x9E3779B97F4A7C15L;
  private static final long MULTIPLIER = 0xD6E8FEB86659FD93L;

  private StateHash() {}

  /** Hash of a region whose length is a multiple of 8. */
  public static long of(final DirectBuffer buffer, final int offset, final int length) {
    long hash = SEED ^ length;
    for (int i = offset; i < offset + length; i += Long.BYTES) {
      hash = mix(hash ^ buffer.getLong(i, ByteOrder.LITTLE_ENDIAN));
    }
    return hash;
  }

  private static long mix(final long value) {
    final long folded = (value ^ (value >>> 32)) * MULTIPLIER;
    return (folded ^ (folded >>> 29)) * MULTIPLIER;
  }
}
