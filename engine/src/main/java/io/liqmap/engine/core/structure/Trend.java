package io.liqmap.engine.core.structure;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Exponential means of the price over several windows, and where they tend.
 *
 * <p>The price is sampled at every full minute since 1970: the last price before it. The first
 * sample p₀ starts all means; after that, for a window of τ minutes, with d = e<sup>−1/τ</sup>:
 *
 * <pre>
 *   mean:    m ← d·m + (1 − d)·p          m₀ = p₀
 *   change:  c ← d·c + (1 − d)·Δm         c₀ = 0, Δm what m has just changed by
 *
 *   slope per hour = 60·c / m     change over a window = slope per hour · window
 * </pre>
 *
 * so the slope is the mean's relative change, averaged with the window's own weights. The sign is
 * that of the change over a window, 0 while it is within the dead band. After <i>k</i> minutes
 * without an event the same follows in closed form, with u = m − p: m = p + d<sup>k</sup>·u, and c
 * ← d<sup>k</sup>·c − (1 − d)²·k·d<sup>k−1</sup>·u.
 *
 * <p>One thread; allocates nothing.
 */
final class Trend {
  static final long SAMPLE_NANOS = 60_000_000_000L;

  private static final double SAMPLES_PER_HOUR = 60;
  private static final double BPS = 10_000;

  /** Beyond what any price, or its change, can be. */
  private static final double LIMIT = 2.0 * Structure.MAX_PRICE;

  private final long[] windows;
  private final double deadBandBps;
  private final double[] kept;
  private final double[] weights;
  private final double[] means;
  private final double[] changes;
  private long minute;
  private long samples;

  Trend(final List<Long> windowsNanos, final double deadBandBps) {
    this.deadBandBps = deadBandBps;
    windows = windowsNanos.stream().mapToLong(Long::longValue).toArray();
    kept = new double[windows.length];
    weights = new double[windows.length];
    means = new double[windows.length];
    changes = new double[windows.length];
    for (int i = 0; i < windows.length; i++) {
      final double exponent = -(double) SAMPLE_NANOS / windows[i];
      kept[i] = StrictMath.exp(exponent);
      weights[i] = -StrictMath.expm1(exponent);
    }
  }

  /**
   * Moves to a time, which doesn't lie before the last one.
   *
   * @param price last price before it, 0 if there was none
   */
  void advance(final long at, final long price) {
    final long newMinute = at / SAMPLE_NANOS;
    if (newMinute != minute) {
      if (price > 0) {
        sample(newMinute - minute, (double) price);
      }
      minute = newMinute;
    }
  }

  private void sample(final long times, final double price) {
    if (samples == 0) {
      Arrays.fill(means, price);
    } else if (times == 1) {
      for (int i = 0; i < means.length; i++) {
        final double step = weights[i] * (price - means[i]);
        means[i] += step;
        changes[i] = kept[i] * changes[i] + weights[i] * step;
      }
    } else {
      for (int i = 0; i < means.length; i++) {
        final double above = means[i] - price;
        // StrictMath.pow would allocate.
        final double before = StrictMath.exp((times - 1) * -(double) SAMPLE_NANOS / windows[i]);
        final double fade = before * kept[i];
        means[i] = price + fade * above;
        changes[i] = fade * changes[i] - weights[i] * weights[i] * times * before * above;
      }
    }
    samples += times;
  }

  /** When the next sample is due, ns. */
  long nextSample() {
    return (minute + 1) * SAMPLE_NANOS;
  }

  /** What the means show, window after window. */
  List<TrendReading> readings() {
    final List<TrendReading> readings = new ArrayList<>();
    for (int i = 0; i < windows.length; i++) {
      readings.add(reading(i));
    }
    return List.copyOf(readings);
  }

  private TrendReading reading(final int i) {
    if (samples == 0) {
      return new TrendReading(windows[i], Double.NaN, 0, 0, false);
    }
    final double slope = SAMPLES_PER_HOUR * changes[i] / means[i];
    final double windowHours = (double) windows[i] / SAMPLE_NANOS / SAMPLES_PER_HOUR;
    final double changeBps = slope * windowHours * BPS;
    final int sign = changeBps > deadBandBps ? 1 : changeBps < -deadBandBps ? -1 : 0;
    final boolean isSettled = samples - 1 >= (double) windows[i] / SAMPLE_NANOS;
    return new TrendReading(windows[i], means[i], slope, sign, isSettled);
  }

  void encode(final StateWriter out) {
    out.putLong(samples);
    for (int i = 0; i < means.length; i++) {
      out.putDouble(means[i]);
      out.putDouble(changes[i]);
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param price last one, 0 before the first
   */
  void decode(final StateReader in, final long time, final long price) {
    minute = time / SAMPLE_NANOS;
    samples = in.getLong(0, price > 0 ? minute : 0);
    for (int i = 0; i < means.length; i++) {
      final double limit = samples > 0 ? LIMIT : 0;
      means[i] = in.getDouble(samples > 0 ? 0.5 : 0, limit);
      changes[i] = in.getDouble(-limit, limit);
    }
  }
}
