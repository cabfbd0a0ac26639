package io.liqmap.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one shard costs: the same frames through an engine alone, through a bare echo of Aeron
 * Cluster and through members, one and three of them, in turn, {@code -Dliqmap.rounds=N} times,
 * {@code -Dliqmap.sleep=DURATION} as the settings' {@code longest-sleep}. Figures are printed; what
 * fails the test is a state that differs, or a frame that never arrives.
 *
 * <pre>
 *   this JVM:  sender ──▶ ring ─────────────▶ liqmap run          ──▶ view ──┐
 *                     ──▶ leader, log, … ──▶ liqmap cluster node ──▶ view ──┤ read by the sender
 *                     ◀── answers ◀──────────┘                              │
 *                     ◀─────────────────────────────────────────────────────┘
 * </pre>
 *
 * Latency is open loop, from when a frame is due; frames that are due together travel together.
 */
@Tag("soak")
final class ShardFiguresTest {
  static final List<String> FLAGS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=4");

  private static final int ROUNDS = Integer.getInteger("liqmap.rounds", 3);
  private static final String SLEEP = System.getProperty("liqmap.sleep", "100us");
  private static final int WARM = 500_000;
  private static final int MANY = 1_000_000;
  private static final int[] RATES = {200, 2_000, 20_000};
  private static final int SECONDS = 5;
  private static final int HASH_EVERY = 10_000;
  private static final long POLL_NANOS = 20_000L;
  private static final double[] SHARES = {.5, .9, .99};
  private static final long MOST_NANOS = 60_000_000_000L;

  @TempDir private Path folder;

  private final Map<String, List<Double>> figures = new TreeMap<>();

  @Test
  void shouldComeToTheSameStateOnEachWay() throws Exception {
    final MeasuredFlow flow =
        new MeasuredFlow(WARM + MANY + Arrays.stream(RATES).map((rate) -> rate * SECONDS).sum());
    final List<Long> hashes = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      hashes.add(measure("0 engine alone", flow, engine(round)));
      for (final int members : new int[] {1, 3}) {
        measure(members + " echo", flow, shard(round, members, true));
        hashes.add(measure(members + " members", flow, shard(round, members, false)));
      }
    }
    figures.forEach(ShardFiguresTest::print);
    assertEquals(1, hashes.stream().distinct().count(), hashes::toString);
  }

  private Path place(final String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  private MeasuredWay engine(final int round) throws IOException {
    final Path place = place("engine-" + round);
    final Path settings = Files.writeString(place.resolve("engine.conf"), "max-instruments = 8\n");
    return new MeasuredEngine(place, settings, HASH_EVERY);
  }

  private MeasuredWay shard(final int round, final int members, final boolean isEcho)
      throws IOException {
    final Path place = place((isEcho ? "echo-" : "members-") + members + "-" + round);
    return new MeasuredShard(
        place,
        LoopbackCluster.of(
            place, members, "hash-every = " + HASH_EVERY, "longest-sleep = " + SLEEP),
        isEcho);
  }

  private long measure(final String name, final MeasuredFlow flow, final MeasuredWay way)
      throws Exception {
    try (way) {
      final boolean hasMap = !name.endsWith("echo");
      stream(flow, way, 0, WARM, hasMap);
      final long began = System.nanoTime();
      stream(flow, way, WARM, WARM + MANY, hasMap);
      add(name + ", events/s", MANY * 1e9 / (System.nanoTime() - began));
      int first = WARM + MANY;
      for (final int rate : RATES) {
        final int end = first + rate * SECONDS;
        pace(name + ", µs at " + rate + "/s", flow, way, first, end, rate, hasMap);
        first = end;
      }
      return way.finish(first);
    }
  }

  /** As fast as they are taken. */
  private static void stream(
      final MeasuredFlow flow,
      final MeasuredWay way,
      final int first,
      final int end,
      final boolean hasMap) {
    final long began = System.nanoTime();
    int next = first;
    while (next < end || way.answered() < end || (hasMap && way.viewed() < end)) {
      final int pieceEnd = next < end ? flow.pieceEnd(next, end, Piece.BYTES) : next;
      if (pieceEnd > next && way.send(flow, next, pieceEnd)) {
        next = pieceEnd;
      } else {
        LockSupport.parkNanos(POLL_NANOS);
      }
      way.poll();
      requireInTime(began, way);
    }
  }

  private static void requireInTime(final long began, final MeasuredWay way) {
    assertTrue(
        System.nanoTime() - began < MOST_NANOS,
        () -> "answered " + way.answered() + ", viewed " + way.viewed());
  }

  /** At a rate. */
  private void pace(
      final String name,
      final MeasuredFlow flow,
      final MeasuredWay way,
      final int first,
      final int end,
      final int rate,
      final boolean hasMap) {
    final long began = System.nanoTime();
    final Seen answered = new Seen(way::answered, first, end, began, rate);
    final Seen viewed = new Seen(way::viewed, first, end, began, rate);
    int next = first;
    while (!answered.isWhole() || (hasMap && !viewed.isWhole())) {
      final long passed = System.nanoTime() - began;
      final int due = (int) Math.min(end, first + 1 + passed * rate / 1_000_000_000L);
      if (next < due) {
        final int pieceEnd = flow.pieceEnd(next, due, Piece.BYTES);
        if (way.send(flow, next, pieceEnd)) {
          next = pieceEnd;
        }
      }
      way.poll();
      answered.look();
      viewed.look();
      requireInTime(began, way);
      LockSupport.parkNanos(POLL_NANOS);
    }
    if (way instanceof MeasuredShard) {
      answered.addTo(name + " to the answer");
    }
    if (hasMap) {
      viewed.addTo(name + " to the view");
    }
  }

  /** When frames first showed. */
  private final class Seen {
    private final LongSupplier source;
    private final int first;
    private final long began;
    private final int rate;
    private final long[] took;
    private int seen;

    Seen(
        final LongSupplier source,
        final int first,
        final int end,
        final long began,
        final int rate) {
      this.source = source;
      this.first = first;
      this.began = began;
      this.rate = rate;
      took = new long[end - first];
    }

    void look() {
      final long upTo = Math.min(source.getAsLong() - first, took.length);
      final long now = System.nanoTime() - began;
      for (; seen < upTo; seen++) {
        took[seen] = now - seen * 1_000_000_000L / rate;
      }
    }

    boolean isWhole() {
      return seen == took.length;
    }

    /** The first third doesn't count. */
    void addTo(final String name) {
      final long[] counted = Arrays.copyOfRange(took, took.length / 3, took.length);
      Arrays.sort(counted);
      for (final double share : SHARES) {
        add(
            name + String.format(Locale.ROOT, ", p%.0f", share * 100),
            counted[(int) (share * counted.length)] / 1e3);
      }
    }
  }

  private void add(final String name, final double figure) {
    figures.computeIfAbsent(name, (key) -> new ArrayList<>()).add(figure);
  }

  private static void print(final String name, final List<Double> rounds) {
    Collections.sort(rounds);
    System.out.printf(
        Locale.ROOT,
        "  %-50s %,12.0f (%,.0f – %,.0f)%n",
        name,
        rounds.get(rounds.size() / 2),
        rounds.get(0),
        rounds.get(rounds.size() - 1));
  }
}
