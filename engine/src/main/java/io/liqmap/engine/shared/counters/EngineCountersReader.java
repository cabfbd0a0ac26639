package io.liqmap.engine.shared.counters;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.margin.Side;
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

/** An engine's counters as of its last heartbeat; read whole when opened, never written. */
public final class EngineCountersReader {
  private static final long FRESH_MILLIS = 1_500;
  private static final long FROZEN_MILLIS = 5_000;

  /** Whether an engine runs. */
  public enum State {
    /** Its heartbeat is current. */
    RUNNING,
    /** It has ended in order. */
    ENDED,
    /** It has ended because of a failure. */
    FAILED,
    /** Its process lives, its heartbeat is late: it was stopped, or the machine is overloaded. */
    FROZEN,
    /** Its process is gone and recorded no shutdown. */
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

  /**
   * How a side's amounts compare with the liquidations reported so far.
   *
   * @param status as of the last whole day; null where the map isn't scored
   * @param expectedOverRealised swept over liquidated, NaN where there is none
   * @param low lower end of its 95 % interval, NaN where there is none
   * @param high upper end, NaN where there is none
   * @param days that count, as many of equal weight
   */
  public record Calibration(
      CalibrationStatus status,
      double expectedOverRealised,
      double low,
      double high,
      double days) {}

  /**
   * Calibration of an instrument's first model.
   *
   * @param venue of the instrument
   * @param symbol of the instrument
   * @param longs of the longs
   * @param shorts of the shorts
   */
  public record InstrumentCalibration(
      String venue, String symbol, Calibration longs, Calibration shorts) {}

  private static final Map<Integer, EngineCounter> BY_NUMBER =
      Stream.of(EngineCounter.values())
          .collect(Collectors.toMap(EngineCounter::number, (counter) -> counter));

  private final CountersFile file;
  private final CountersReader counters;
  private final int[][] ids;

  EngineCountersReader(final CountersFile file) {
    this.file = file;
    counters = new CountersReader(file.metadata(), file.values());
    ids = new int[EngineCounter.values().length][file.maps()];
    for (int id = 0; id <= counters.maxCounterId(); id++) {
      final EngineCounter counter = BY_NUMBER.get(counters.getCounterTypeId(id));
      final int map =
          file.metadata().getInt(CountersReader.metaDataOffset(id) + CountersReader.KEY_OFFSET);
      if (counters.getCounterState(id) == CountersReader.RECORD_ALLOCATED
          && counter != null
          && map >= 0
          && map < file.maps()) {
        ids[counter.ordinal()][map] = id + 1;
      }
    }
  }

  /**
   * Reads the counters in a folder.
   *
   * @param folder of a journal, or a shared one
   * @throws NoSuchFileException if there are none
   * @throws IOException if reading fails, saying what is wrong
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

  /** A counter of the engine; 0 without one. */
  public long value(final EngineCounter counter) {
    return value(counter, 0);
  }

  /** A counter of a map writer; 0 without one. */
  public long value(final EngineCounter counter, final int map) {
    final int id = ids[counter.ordinal()][map] - 1;
    return id < 0 ? 0 : counters.getCounterValue(id);
  }

  /**
   * Whether the engine runs.
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
    // A clock that was set back must not revive a dead engine.
    final long age = Math.abs(now - value(EngineCounter.HEARTBEAT));
    // In containers, which number processes apart, only the heartbeat is reliable.
    if (age < FRESH_MILLIS) {
      return State.RUNNING;
    }
    if (!file.isProcessThere()) {
      return State.DEAD;
    }
    return age < FROZEN_MILLIS ? State.RUNNING : State.FROZEN;
  }

  /** Calibration of the instruments defined, by their numbers, the first 1,024 at most. */
  public List<InstrumentCalibration> calibrations() {
    final CalibrationTable table = new CalibrationTable(file.calibrations());
    final List<InstrumentCalibration> found = new ArrayList<>();
    for (int instrument = 0; instrument < table.rows(); instrument++) {
      final String symbol = table.symbol(instrument);
      if (!symbol.isEmpty()) {
        found.add(
            new InstrumentCalibration(
                table.venue(instrument),
                symbol,
                table.calibration(instrument, Side.LONG),
                table.calibration(instrument, Side.SHORT)));
      }
    }
    return found;
  }

  /**
   * Errors that occurred, in the order of their first time.
   *
   * @throws IOException if reading fails
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
