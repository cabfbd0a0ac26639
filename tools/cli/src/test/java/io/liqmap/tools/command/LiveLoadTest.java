package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.support.ChildJvm;
import io.liqmap.gateway.connection.Await;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.tools.Liqmap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command in a process of its own, at a steady rate of frames in the forms of four venues,
 * journaled, shared and recorded: nothing is lost, memory stays level. The gate runs some seconds
 * of it; {@code -Dliqmap.load.seconds=900 -Dliqmap.load.rate=20000} is the session of an evening.
 */
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LiveLoadTest {
  private static final long SECONDS = Long.getLong("liqmap.load.seconds", 5);
  private static final long RATE = Long.getLong("liqmap.load.rate", 3_000);
  private static final long SECOND = 1_000_000_000L;
  private static final int SAMPLES = 10;
  private static final int COLLECTIONS = 3;

  /** Samples of the beginning, in which code is compiled and buffers find their size. */
  private static final int SETTLING = 2;

  /** What a level memory may vary by, KiB. */
  private static final long HEAP_SLACK = 2_048;

  private static final long RESIDENT_SLACK = 32_768;

  @TempDir private Path folder;
  private LiveMarket live;
  private Process engine;

  /** Memory at one time, KiB: of live objects, and resident without mapped files. */
  private record Memory(long heap, long resident) {}

  @BeforeEach
  void begin() throws IOException {
    live = new LiveMarket(folder, SECONDS * RATE / LiveMarket.STREAMS);
    live.market().paced((double) RATE / LiveMarket.STREAMS);
  }

  @AfterEach
  void end() throws Exception {
    if (engine != null) {
      engine.destroyForcibly().waitFor();
    }
    live.close();
  }

  @Test
  void shouldLoseNothingAndKeepItsMemoryLevel() throws Exception {
    engine =
        new ProcessBuilder(
                ChildJvm.command(
                    Liqmap.class,
                    List.of("-XX:TieredStopAtLevel=4", "-Xmx512m", "-Xlog:disable"),
                    live.command(
                            LiveMarket.ALL,
                            LiveMarket.SYMBOLS,
                            "--record",
                            live.recording(),
                            "--share",
                            folder.resolve("shared"),
                            "--json")
                        .toArray()))
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    Await.until(
        "all streams", () -> !engine.isAlive() || live.market().hasBegun(LiveMarket.STREAMS));
    final List<Memory> memory = sample();
    Await.until(
        () -> "every frame " + table(),
        () ->
            !engine.isAlive()
                || (live.market().hasPlayed(LiveMarket.STREAMS) && live.hasEverything()));
    System.out.println(table());
    assertTrue(engine.isAlive(), () -> "it has ended: " + table());
    engine.destroy();
    engine.waitFor();

    final Map<String, Object> summary = JsonText.object(Files.readString(folder.resolve("out")));
    assertEquals(0L, summary.get("gaps"));
    assertEquals(0L, summary.get("rejected"));
    for (final Object venue : (List<?>) summary.get("venues")) {
      final Map<?, ?> of = (Map<?, ?>) venue;
      for (final String fault : List.of("gaps", "missing", "invalid", "unknown", "reconnects")) {
        assertEquals(0L, of.get(fault), fault + " of " + of);
      }
    }
    assertTrue((long) summary.get("lastSequence") > SECONDS * RATE / 2);
    assertEquals(summary.get("stateHash"), live.importedHash(), "import of the recording");
    final Map<String, Object> verified =
        Cli.run("verify", "--journal", live.journal(), "--json").done().json();
    assertEquals(summary.get("lastSequence"), verified.get("lastSequence"));
    isLevel(memory);
  }

  /** Samples memory while the market plays. */
  private List<Memory> sample() throws Exception {
    final List<Memory> memory = new ArrayList<>();
    final long began = System.nanoTime();
    for (int i = 1; i <= SAMPLES && engine.isAlive(); i++) {
      final long due = began + i * SECONDS * SECOND / SAMPLES;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      final Memory now = new Memory(liveHeap(), resident());
      memory.add(now);
      System.out.printf(
          Locale.ROOT,
          "%4d s  %s  live heap %,d KiB, resident %,d KiB%n",
          i * SECONDS / SAMPLES,
          table(),
          now.heap,
          now.resident);
    }
    return memory;
  }

  private static void isLevel(final List<Memory> memory) {
    final List<Memory> settled = memory.subList(SETTLING, memory.size());
    final Memory first = settled.get(0);
    final Memory last = settled.get(settled.size() - 1);
    assertTrue(last.heap < first.heap + HEAP_SLACK, memory::toString);
    assertTrue(last.resident < first.resident + RESIDENT_SLACK, memory::toString);
  }

  /** Sent and received of each venue. */
  private String table() {
    return live.status().stream()
        .map(
            (it) ->
                it.venue()
                    + " "
                    + it.of(VenueCounter.FRAMES)
                    + "/"
                    + live.market().sent(it.venue()))
        .collect(Collectors.joining(", "));
  }

  /** What a full collection leaves: the least of some, since JNI may put one off. */
  private long liveHeap() throws Exception {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      least = Math.min(least, histogramTotal());
    }
    return least;
  }

  private long histogramTotal() throws Exception {
    final Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(engine.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    final String histogram =
        new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    final String total =
        histogram
            .lines()
            .filter((line) -> line.startsWith("Total"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(histogram));
    return Long.parseLong(total.trim().split("\\s+", -1)[2]) >> 10;
  }

  private long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(engine.pid()), "status")).stream()
        .filter((line) -> line.startsWith("RssAnon:"))
        .mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
