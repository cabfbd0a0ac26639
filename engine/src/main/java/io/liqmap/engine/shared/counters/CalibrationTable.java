package io.liqmap.engine.shared.counters;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.calibration.OnlineScore;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.Side;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Calibration of the instruments' first models, a row of a file of counters for each:
 *
 * <pre>
 *     0  32 B   symbol, ASCII, zero padded; empty: no such instrument yet
 *    32  int32  status of the longs, of the shorts: unproven 0, calibrated 1, uncalibrated 2,
 *               undecided 3, not scored 255
 *    40  f64    longs: expected over realised, low and high end of its interval, days
 *    72  f64    the same of the shorts
 *   104  16 B   venue, in the same form
 * </pre>
 *
 * <p>Each row is updated on the thread of its instrument's map; allocates only for a new
 * instrument.
 */
public final class CalibrationTable {
  static final int ROW = 128;

  /** Instruments of larger numbers aren't shown. */
  static final int MOST = 1_024;

  private static final int MODEL = 0;
  private static final int SYMBOL_LENGTH = 32;
  private static final int VENUE = 104;
  private static final int VENUE_LENGTH = 16;
  private static final int STATUSES = 32;
  private static final int SCORES = 40;
  private static final int SCORE = 32;

  private final UnsafeBuffer bytes;
  private final long[] revisions;

  CalibrationTable(final UnsafeBuffer bytes) {
    this.bytes = bytes;
    revisions = new long[bytes.capacity() / ROW];
    Arrays.fill(revisions, -1);
  }

  /** Shows what a map says now, if it says something new. */
  public void update(final InstrumentMap map) {
    final int instrument = map.instrument().id();
    if (instrument >= revisions.length) {
      return;
    }
    final OnlineScore longs = map.score(MODEL, Side.LONG);
    final OnlineScore shorts = map.score(MODEL, Side.SHORT);
    final long revision = longs == null ? 0 : longs.revision() + shorts.revision();
    if (revision == revisions[instrument]) {
      return;
    }
    final int row = instrument * ROW;
    if (revisions[instrument] < 0) {
      putText(row + VENUE, VENUE_LENGTH, map.instrument().venue());
      putText(row, SYMBOL_LENGTH, map.instrument().symbol());
    }
    revisions[instrument] = revision;
    put(row, Side.LONG, longs);
    put(row, Side.SHORT, shorts);
  }

  private void putText(final int at, final int room, final String text) {
    final byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    bytes.putBytes(at, ascii, 0, Math.min(room, ascii.length));
  }

  private void put(final int row, final Side side, final OnlineScore score) {
    final boolean isScored = score != null;
    final int status = CalibrationStatus.code(isScored ? score.status() : null);
    bytes.putInt(statusAt(row, side), status, ByteOrder.LITTLE_ENDIAN);
    putDouble(scoreAt(row, side), isScored ? score.ratio() : Double.NaN);
    putDouble(scoreAt(row, side) + 8, isScored ? score.low() : Double.NaN);
    putDouble(scoreAt(row, side) + 16, isScored ? score.high() : Double.NaN);
    putDouble(scoreAt(row, side) + 24, isScored ? score.days() : 0);
  }

  private void putDouble(final int at, final double value) {
    bytes.putDouble(at, value, ByteOrder.LITTLE_ENDIAN);
  }

  private static int statusAt(final int row, final Side side) {
    return row + STATUSES + Integer.BYTES * side.ordinal();
  }

  private static int scoreAt(final int row, final Side side) {
    return row + SCORES + SCORE * side.ordinal();
  }

  int rows() {
    return revisions.length;
  }

  /** Symbol of an instrument; empty before it is defined. */
  String symbol(final int instrument) {
    return text(instrument * ROW, SYMBOL_LENGTH);
  }

  /** Venue of an instrument; empty before it is defined. */
  String venue(final int instrument) {
    return text(instrument * ROW + VENUE, VENUE_LENGTH);
  }

  private String text(final int at, final int room) {
    int length = 0;
    while (length < room && bytes.getByte(at + length) != 0) {
      length++;
    }
    return bytes.getStringWithoutLengthAscii(at, length);
  }

  EngineCountersReader.Calibration calibration(final int instrument, final Side side) {
    final int row = instrument * ROW;
    return new EngineCountersReader.Calibration(
        CalibrationStatus.of(bytes.getInt(statusAt(row, side), ByteOrder.LITTLE_ENDIAN)),
        getDouble(scoreAt(row, side)),
        getDouble(scoreAt(row, side) + 8),
        getDouble(scoreAt(row, side) + 16),
        getDouble(scoreAt(row, side) + 24));
  }

  private double getDouble(final int at) {
    return bytes.getDouble(at, ByteOrder.LITTLE_ENDIAN);
  }
}
