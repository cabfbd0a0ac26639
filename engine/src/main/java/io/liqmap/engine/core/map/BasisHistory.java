package io.liqmap.engine.core.map;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;

/**
 * Mark over index: now, and the mean over the marks of the last hour. One thread; allocates nothing
 * once made.
 */
final class BasisHistory {
  private static final double BPS = 1e-4;
  private static final long STEP_NANOS = MarketState.HOUR / 12;
  private static final int STEPS = 12;

  private final double[] sums = new double[STEPS];
  private final long[] counts = new long[STEPS];
  private long step;
  private double last = Double.NaN;
  private long time;

  void onMark(final long at, final long mark, final long index) {
    last = (double) mark / index - 1;
    time = at;
    if (at / STEP_NANOS != step) {
      begin(at / STEP_NANOS);
    }
    final int place = (int) (step % STEPS);
    sums[place] += last;
    counts[place]++;
  }

  private void begin(final long next) {
    if (next - step >= STEPS) {
      Arrays.fill(sums, 0);
      Arrays.fill(counts, 0);
    } else {
      for (long passed = step + 1; passed <= next; passed++) {
        sums[(int) (passed % STEPS)] = 0;
        counts[(int) (passed % STEPS)] = 0;
      }
    }
    step = next;
  }

  double bps() {
    return last / BPS;
  }

  /** Of 55 to 60 minutes up to the last mark; NaN where the first five of them have none. */
  double meanBps() {
    if (counts[(int) ((step + 1) % STEPS)] == 0) {
      return Double.NaN;
    }
    double sum = 0;
    long count = 0;
    for (long of = step + 1; of <= step + STEPS; of++) {
      sum += sums[(int) (of % STEPS)];
      count += counts[(int) (of % STEPS)];
    }
    return sum / count / BPS;
  }

  /** Of the last mark with an index, 0 before the first. */
  long time() {
    return time;
  }

  void encode(final StateWriter out) {
    out.putLong(step);
    out.putDouble(last);
    out.putLong(time);
    for (int place = 0; place < STEPS; place++) {
      out.putDouble(sums[place]);
      out.putLong(counts[place]);
    }
  }

  void decode(final StateReader in) {
    step = in.getLong();
    last = in.getDouble();
    time = in.getLong();
    for (int place = 0; place < STEPS; place++) {
      sums[place] = in.getDouble();
      counts[place] = in.getLong();
    }
  }
}
