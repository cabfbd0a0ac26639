package io.liqmap.engine.shared.counters;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.status.CountersReader;

/** How an engine fares, as of its last beat; read whole when it is opened, never written. */
public final class EngineCountersReader {
  private static final long FRESH_MILLIS = 1_500;
  private static final long FROZEN_MILLIS = 5_000;

  /** What has become of an engine. */
  public enum State {
    /** Its heart beats. */
    RUNNING,
    /** It has ended in order. */
    ENDED,
    /** It has ended because something failed that it can't go on without. */
    FAILED,
    /** Its process is there, its heart doesn't beat: it was stopped, or the machine is choked. */
    FROZEN,
    /** Its process is gone without a word. */
    DEAD
  }

  /**
   * An error, however often it occurred.
   *
   * @param count how often
   * @param first when, ms since 1970
   * @param last when, ms since 1970
   * @param text with its stack
   */
  public record DistinctError(long count, long first, long last, String text) {}

  private static final Map<Integer, EngineCounter> BY_NUMBER =
      Stream.of(EngineCounter.values())
          .collect(Collectors.toMap(EngineCounter::number, (figure) -> figure));

  private final CountersFile file;
  private final CountersReader counters;
  private final int[][] ids;

  EngineCountersReader(final CountersFile file) {
    this.file = file;
    counters = new CountersReader(file.metadata(), file.values());
    ids = new int[EngineCounter.values().length][file.maps()];
    for (int id = 0; id <= counters.maxCounterId(); id++) {
      final EngineCounter figure = BY_NUMBER.get(counters.getCounterTypeId(id));
      final int map =
          file.metadata().getInt(CountersReader.metaDataOffset(id) + CountersReader.KEY_OFFSET);
      if (counters.getCounterState(id) == CountersReader.RECORD_ALLOCATED
          && figure != null
          && map >= 0
          && map < file.maps()) {
        ids[figure.ordinal()][map] = id + 1;
      }
    }
  }

  /**
   * Looks into a folder.
   *
   * @param folder of a journal, or a shared one
   * @throws NoSuchFileException if no engine has left anything there
   * @throws IOException if what is there can't be read, saying what is wrong
   */
  public static EngineCountersReader open(final Path folder) throws IOException {
    return new EngineCountersReader(CountersFile.read(folder.resolve(EngineCounters.FILE)));
  }

  /** Map writers of the engine. */
  public int maps() {
    return file.maps();
  }

  /** Process of the engine. */
  public long process() {
    return file.process();
  }

  /** When the engine was started, ms since 1970. */
  public long started() {
    return file.started();
  }

  /** A figure that the engine has one of; 0 where it has none. */
  public long value(final EngineCounter figure) {
    return value(figure, 0);
  }

  /** A figure of a map writer; 0 where it has none. */
  public long value(final EngineCounter figure, final int map) {
    final int id = ids[figure.ordinal()][map] - 1;
    return id < 0 ? 0 : counters.getCounterValue(id);
  }

  /**
   * What has become of the engine.
   *
   * @param now ms since 1970
   */
  public State state(final long now) {
    final long ended = file.state();
    if (ended == CountersFile.ENDED) {
      return State.ENDED;
    }
    if (ended == CountersFile.FAILED) {
      return State.FAILED;
    }
    // A clock that was set back makes no dead engine young.
    final long age = Math.abs(now - value(EngineCounter.HEARTBEAT));
    // Where processes are numbered apart, as in containers, only the heartbeat tells.
    if (age < FRESH_MILLIS) {
      return State.RUNNING;
    }
    if (!file.isProcessThere()) {
      return State.DEAD;
    }
    return age < FROZEN_MILLIS ? State.RUNNING : State.FROZEN;
  }

  /**
   * Errors that occurred, in the order of their first time.
   *
   * @throws IOException if they can't be read
   */
  public List<DistinctError> errors() throws IOException {
    final List<DistinctError> found = new ArrayList<>();
    try {
      ErrorLogReader.read(
          file.errors(),
          (count, first, last, text) -> found.add(new DistinctError(count, first, last, text)));
    } catch (final RuntimeException e) {
      throw new IOException("the error log is damaged: " + e.getMessage(), e);
    }
    return found;
  }
}
