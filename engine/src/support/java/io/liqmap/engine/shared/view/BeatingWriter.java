package io.liqmap.engine.shared.view;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A process that writes a view, beats, and publishes nothing more, until it is killed. */
final class BeatingWriter {
  private static final long BEAT_NANOS = 500_000_000L;

  private BeatingWriter() {}

  /** Says r when it is ready. */
  public static void main(final String[] args) throws IOException {
    final ViewMemory memory = ViewMemory.create(Path.of(args[0]), NumberedStates.SETTINGS);
    memory.recordHeartbeat(System.currentTimeMillis());
    new NumberedStates(memory, 0).publish(true);
    System.out.println("r");
    while (true) {
      memory.recordHeartbeat(System.currentTimeMillis());
      LockSupport.parkNanos(BEAT_NANOS);
    }
  }
}
