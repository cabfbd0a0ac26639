package io.liqmap.gateway.connection;

import java.util.function.LongSupplier;
import org.agrona.concurrent.OffsetEpochNanoClock;

/**
 * The time, for any thread.
 *
 * @param epochNanos ns since 1970
 * @param nanoTime ns of a clock that never goes back
 */
public record Clocks(LongSupplier epochNanos, LongSupplier nanoTime) {
  /** The machine's. */
  public static Clocks system() {
    return new Clocks(new OffsetEpochNanoClock()::nanoTime, System::nanoTime);
  }
}
