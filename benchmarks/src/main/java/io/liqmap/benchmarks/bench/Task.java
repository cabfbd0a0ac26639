package io.liqmap.benchmarks.bench;

import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;
import java.nio.file.Path;
import java.util.List;

/**
 * One stage as it is to be measured. Immutable.
 *
 * @param work what
 * @param feed file of the prepared flow
 * @param events of it
 * @param tiers of the map's profile
 * @param instruments of the map
 * @param resolutionBps width of a bucket
 * @param days that a long flow covers
 * @param waitMode how the map's thread waits
 * @param folder where journals are kept while they are needed
 * @param warmUps passages before the first that counts, at most; fewer when it is steady before
 */
record Task(
    Work work,
    Path feed,
    long events,
    int tiers,
    int instruments,
    double resolutionBps,
    int days,
    WaitMode waitMode,
    Path folder,
    int warmUps) {
  private static final int RING_SIZE = 1 << 14;
  private static final int CLAIM = 256;

  List<String> arguments() {
    return List.of(
        work.name(),
        feed.toString(),
        Long.toString(events),
        Integer.toString(tiers),
        Integer.toString(instruments),
        Double.toString(resolutionBps),
        Integer.toString(days),
        waitMode.name(),
        folder.toString(),
        Integer.toString(warmUps));
  }

  static Task parse(final String[] args) {
    return new Task(
        Work.valueOf(args[0]),
        Path.of(args[1]),
        Long.parseLong(args[2]),
        Integer.parseInt(args[3]),
        Integer.parseInt(args[4]),
        Double.parseDouble(args[5]),
        Integer.parseInt(args[6]),
        WaitMode.valueOf(args[7]),
        Path.of(args[8]),
        Integer.parseInt(args[9]));
  }

  Task of(final Work other) {
    return new Task(
        other, feed, events, tiers, instruments, resolutionBps, days, waitMode, folder, warmUps);
  }

  Task withTiers(final int count) {
    return new Task(
        work, feed, events, count, instruments, resolutionBps, days, waitMode, folder, warmUps);
  }

  Task withInstruments(final int count) {
    return new Task(
        work, feed, events, tiers, count, resolutionBps, days, waitMode, folder, warmUps);
  }

  Task waiting(final WaitMode mode) {
    return new Task(
        work, feed, events, tiers, instruments, resolutionBps, days, mode, folder, warmUps);
  }

  Task scale(final long length, final double bps, final int time) {
    return new Task(Work.SCALE, feed, length, tiers, instruments, bps, time, waitMode, folder, 0);
  }

  /** Whether it is paced: its passages ask for a rate. */
  boolean isPaced() {
    return switch (work) {
      case HOP,
          PIPELINED_VIEW,
          JOURNALED_VIEW,
          INLINE_VIEW,
          READER_VIEW,
          SHARED_RING_HOP,
          SHARED_RING_VIEW,
          COUNTER,
          PROCESS_VIEW ->
          true;
      default -> false;
    };
  }

  /** Whether it ends with the map of the whole flow, whose hash has to be the same everywhere. */
  boolean isMapping() {
    return switch (work) {
      case INLINE,
          PIPELINED,
          INLINE_JOURNAL,
          PIPELINED_JOURNAL,
          REPLAY,
          DOCUMENT_PATH,
          PIPELINED_VIEW,
          JOURNALED_VIEW,
          INLINE_VIEW,
          READER_VIEW,
          SHARED_RING_VIEW,
          PROCESS_VIEW ->
          true;
      default -> false;
    };
  }

  PipelineSettings pipeline(final ThreadingMode mode) {
    return new PipelineSettings(mode, RING_SIZE, CLAIM, waitMode, true);
  }

  static String describePipeline() {
    return "ring of " + RING_SIZE + ", claims of " + CLAIM;
  }
}
