package io.liqmap.engine.pipeline;

import io.liqmap.engine.replay.Recovered;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.support.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * An engine in a process of its own, to be killed: recovers, says so, runs under full load for ever
 * and tells how much it has acknowledged.
 */
final class KilledEngine {
  private static final long OVERLAP = 2_000;

  private KilledEngine() {}

  /** Starts one on a journal. */
  static Process start(final Path journal, final Path errors) throws IOException {
    return start(KilledEngine.class, errors, journal.toString());
  }

  /** Starts a program of the tests in a JVM of its own. */
  static Process start(final Class<?> program, final Path errors, final String... arguments)
      throws IOException {
    return new ProcessBuilder(ChildJvm.command(program, List.of(), (Object[]) arguments))
        .redirectError(ProcessBuilder.Redirect.appendTo(new File(errors.toString())))
        .start();
  }

  static EngineSettings settings() {
    return EngineSettingsFixture.of(ThreadingMode.PIPELINED, 16_384, 256);
  }

  /** What a process says first. */
  record Start(
      long events,
      long snapshotEvents,
      long replayed,
      long unacknowledged,
      long micros,
      long hash) {
    static Start parse(final String line) {
      final String[] fields = line.split(" ", -1);
      return new Start(
          Long.parseLong(fields[1]),
          Long.parseLong(fields[2]),
          Long.parseLong(fields[3]),
          Long.parseLong(fields[4]),
          Long.parseLong(fields[5]),
          Long.parseUnsignedLong(fields[6], 16));
    }

    String line() {
      return String.join(
          " ",
          "recovered",
          Long.toString(events),
          Long.toString(snapshotEvents),
          Long.toString(replayed),
          Long.toString(unacknowledged),
          Long.toString(micros),
          Long.toHexString(hash));
    }
  }

  /** Runs until it is killed. */
  public static void main(final String[] args) throws Exception {
    try (Engine engine = Engine.launch(settings(), Path.of(args[0]), Outputs.NONE)) {
      final Recovered found =
          engine.recovered() == null
              ? new Recovered(0, 0, 0, 0, 0, 0, 0, null, 0)
              : engine.recovered();
      System.out.println(
          new Start(
                  found.events(),
                  found.snapshotEvents(),
                  found.replayed(),
                  found.unacknowledged(),
                  found.nanos() / 1_000,
                  engine.map().stateHash())
              .line());
      final Thread teller = new Thread(() -> tell(engine), "teller");
      teller.setDaemon(true);
      teller.start();
      engine.run(
          new EndlessFeed(Math.max(1, found.sequence() - OVERLAP), Long.MAX_VALUE - 1),
          ReplayPace.max());
    }
  }

  private static void tell(final Engine engine) {
    while (true) {
      System.out.println("acknowledged " + engine.acknowledgedEvents());
      LockSupport.parkNanos(500_000);
    }
  }
}
