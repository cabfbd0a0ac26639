package io.liqmap.engine.shared.events;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A process of its own that reads a stream until it has ended, and checks each event. */
final class StreamProcess {
  static final String JOINED = "joined";

  private StreamProcess() {}

  /** Takes the file; says when it has joined, then what it has seen. */
  public static void main(final String[] args) throws Exception {
    final Path file = Path.of(args[0]);
    final ReceivedEvent received = new ReceivedEvent();
    final long[] seen = new long[2];
    try (EventStreamReader reader = EventStreamReader.open(file)) {
      checkMapping(file);
      System.out.println(JOINED);
      boolean hasEnded;
      do {
        // Asked first: what was sent before the end is there then.
        hasEnded = reader.hasEnded();
        reader.poll(
            (buffer, offset, length) -> {
              final long sequence = received.check(buffer, offset, length);
              assertTrue(sequence > seen[1], () -> sequence + " after " + seen[1]);
              seen[0]++;
              seen[1] = sequence;
            },
            Integer.MAX_VALUE);
      } while (!hasEnded);
      System.out.println("last " + seen[1]);
      System.out.println("events " + seen[0]);
    }
  }

  /** Linux says how a file is mapped. */
  private static void checkMapping(final Path file) throws Exception {
    final Path maps = Path.of("/proc/self/maps");
    if (Files.exists(maps)) {
      try (Stream<String> lines = Files.lines(maps)) {
        final String mapping =
            lines.filter((line) -> line.endsWith(file.toString())).findFirst().orElseThrow();
        assertTrue(mapping.contains(" r--s "), mapping);
      }
    }
  }
}
