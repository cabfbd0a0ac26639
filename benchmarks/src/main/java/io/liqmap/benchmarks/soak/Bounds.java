package io.liqmap.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Says what grew. The first third of a run doesn't count: classes are loaded there and code is
 * compiled. Of what there is at the end of each minute, the median of the last third may lie above
 * that of the second by an allowance at most.
 */
final class Bounds {
  /** Compiled code and the statistics of the runtime come and go. */
  private static final long HEAP = 2 << 20;

  /**
   * Buffers of snapshots grow with the state, which keeps when positions were opened for a month.
   */
  private static final long DIRECT = 1 << 20;

  /** Two pieces of a queue's file: around a new day the old file's are still mapped. */
  private static final long MAPPED = 128L << 20;

  private static final long MAPPINGS = 4;
  private static final long FILES = 4;
  private static final long THREADS = 2;
  private static final List<String> THREAD_NAMES = List.of("feed", "map", "journal");

  /**
   * Bytes per event that a thread may allocate over the last two thirds. The work on events
   * allocates nothing; once a second the journal asks the file system whether its files exist, with
   * each new day it opens a file, and what the map remembers of when positions were opened doubles
   * its arrays now and then.
   */
  private static final double ALLOCATED = 0.1;

  private Bounds() {}

  /** What grew or allocated beyond its bound, a sentence each. */
  static List<String> broken(final List<Minute> minutes) {
    final List<String> broken = new ArrayList<>();
    grown(broken, "heap after a collection, bytes", minutes, HEAP, (m) -> m.footprint().heap());
    grown(broken, "direct memory, bytes", minutes, DIRECT, (m) -> m.footprint().direct());
    grown(broken, "mapped by the JDK, bytes", minutes, MAPPED, (m) -> m.footprint().pooled());
    grown(broken, "mapped files, bytes", minutes, MAPPED, (m) -> m.footprint().mapped());
    grown(broken, "mappings", minutes, MAPPINGS, (m) -> m.footprint().mappings());
    grown(broken, "open files", minutes, FILES, (m) -> m.footprint().files());
    grown(broken, "threads", minutes, THREADS, (m) -> m.footprint().threads());
    for (int thread = 0; thread < THREAD_NAMES.size(); thread++) {
      allocated(broken, thread, minutes);
    }
    return broken;
  }

  private static void grown(
      final List<String> broken,
      final String what,
      final List<Minute> minutes,
      final long allowance,
      final ToLongFunction<Minute> value) {
    final int third = minutes.size() / 3;
    final long second = median(minutes.subList(third, minutes.size() - third), value);
    final long last = median(minutes.subList(minutes.size() - third, minutes.size()), value);
    if (last - second > allowance) {
      broken.add(
          String.format(
              Locale.ROOT,
              "%s: grew from %,d (median of the second third) to %,d (of the last), %,d more; allowed are %,d",
              what,
              second,
              last,
              last - second,
              allowance));
    }
  }

  private static long median(final List<Minute> minutes, final ToLongFunction<Minute> value) {
    final long[] sorted = minutes.stream().mapToLong(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static void allocated(
      final List<String> broken, final int thread, final List<Minute> minutes) {
    final double perEvent = allocated(minutes, thread);
    if (perEvent > ALLOCATED) {
      broken.add(
          String.format(
              Locale.ROOT,
              "the %s thread allocated %.4f B per event over the last two thirds; allowed are %.4f",
              THREAD_NAMES.get(thread),
              perEvent,
              ALLOCATED));
    }
  }

  /** Bytes per event over the last two thirds. */
  static double allocated(final List<Minute> minutes, final int thread) {
    final List<Minute> counted = minutes.subList(minutes.size() / 3, minutes.size());
    final double bytes =
        counted.stream().mapToDouble((m) -> m.allocated().get(thread) * m.events()).sum();
    return bytes / Math.max(1, counted.stream().mapToLong(Minute::events).sum());
  }
}
