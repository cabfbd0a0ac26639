package io.liqmap.engine.journal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import net.openhft.chronicle.core.time.SystemTimeProvider;
import net.openhft.chronicle.core.time.TimeProvider;

/**
 * Simulates a disk that is slow or hangs: Chronicle Queue asks a clock before each document, and
 * this one answers late.
 */
public final class HangingDisk implements TimeProvider {
  private volatile long delayNanos;
  private volatile boolean hangs;
  private volatile boolean isWaitedFor;

  /** Makes a journal on this disk. */
  public JournalWriter create(
      final Path folder, final JournalSettings settings, final String settingsText)
      throws IOException {
    return JournalWriter.create(new JournalFolder(folder, this), settings, settingsText);
  }

  /** Lets each document take so long from now on. */
  public void slowDown(final long nanos) {
    delayNanos = nanos;
  }

  /** Lets the next document wait for {@link #wakeUp}. */
  public void hang() {
    hangs = true;
  }

  /** Waits until a thread hangs. */
  public void awaitHang() throws InterruptedIOException {
    while (!isWaitedFor) {
      LockSupport.parkNanos(1_000_000);
      if (Thread.interrupted()) {
        throw new InterruptedIOException("interrupted before a thread hung");
      }
    }
  }

  public void wakeUp() {
    hangs = false;
  }

  @Override
  public long currentTimeMillis() {
    if (delayNanos > 0) {
      LockSupport.parkNanos(delayNanos);
    }
    while (hangs) {
      isWaitedFor = true;
      LockSupport.parkNanos(1_000_000);
    }
    return SystemTimeProvider.INSTANCE.currentTimeMillis();
  }
}
