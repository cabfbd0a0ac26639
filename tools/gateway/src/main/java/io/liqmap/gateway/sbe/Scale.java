package io.liqmap.gateway.sbe;

import io.liqmap.engine.feed.FeedAdapter;
import java.util.concurrent.TimeUnit;

/** Venues' mantissas and times as those of the feed. */
final class Scale {
  private static final int MAX_POWER = 18;
  private static final long[] POWERS = powers();

  /** Microseconds of 2000 and 2100: so many as milliseconds are of other centuries. */
  private static final long MIN_MICROS = 946_684_800_000_000L;

  private static final long MAX_MICROS = 4_102_444_800_000_000L;

  private Scale() {}

  /**
   * Returns mantissa × 10^shift, 0 unless that is whole and a mantissa of the feed: positive, at
   * most {@link FeedAdapter#MAX_MANTISSA}.
   */
  static long shifted(final long mantissa, final int shift) {
    if (mantissa <= 0 || Math.abs(shift) > MAX_POWER) {
      return 0;
    }
    final long power = POWERS[Math.abs(shift)];
    if (shift >= 0) {
      return mantissa <= FeedAdapter.MAX_MANTISSA / power ? mantissa * power : 0;
    }
    final long quotient = mantissa / power;
    return quotient * power == mantissa && quotient <= FeedAdapter.MAX_MANTISSA ? quotient : 0;
  }

  /** Whether a step, 1 or more, is a multiple of 10^shift. */
  static boolean isMultipleOfPower(final long step, final int shift) {
    return shift <= 0 || (shift <= MAX_POWER && step % POWERS[shift] == 0);
  }

  /** Returns nanoseconds since 1970, 0 unless they are from 2000 to 2100. */
  static long ofMicros(final long micros) {
    return micros >= MIN_MICROS && micros <= MAX_MICROS ? TimeUnit.MICROSECONDS.toNanos(micros) : 0;
  }

  /** The same for micro- or milliseconds: only one of them is from 2000 to 2100. */
  static long ofMicrosOrMillis(final long time) {
    return time >= MIN_MICROS / 1_000 && time <= MAX_MICROS / 1_000
        ? TimeUnit.MILLISECONDS.toNanos(time)
        : ofMicros(time);
  }

  private static long[] powers() {
    final long[] powers = new long[MAX_POWER + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
