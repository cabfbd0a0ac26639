package io.liqmap.backfill;

import io.liqmap.engine.core.margin.InstrumentName;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What became of a day.
 *
 * @param name of the instrument
 * @param day since 1970, {@link FileDay#NONE} where none is known
 * @param outcome what was done
 * @param messages of the day
 * @param events applied so far, the day's included
 * @param sequence of the last message
 * @param stateHash of an engine whose feed ends with this day
 * @param reason why it couldn't be computed, empty if it could
 */
record DayResult(
    InstrumentName name,
    long day,
    Outcome outcome,
    long messages,
    long events,
    long sequence,
    long stateHash,
    String reason) {

  private static final int ROOM = 1 << 7;

  /** What was done. */
  enum Outcome {
    /** Computed. */
    COMPUTED,
    /** Its files were there already. */
    KEPT,
    /** Its input is damaged, or isn't its. */
    FLAWED,
    /** A day before it is flawed. */
    NOT_COMPUTED
  }

  static DayResult without(final FileDay day, final Outcome outcome, final String reason) {
    return new DayResult(day.name(), day.day(), outcome, day.messages(), 0, 0, 0, reason);
  }

  boolean isGood() {
    return outcome == Outcome.COMPUTED || outcome == Outcome.KEPT;
  }

  byte[] encode() {
    return Encoded.of(ROOM, this::write);
  }

  private void write(final DataOutputStream out) throws IOException {
    out.writeUTF(name.venue());
    out.writeUTF(name.symbol());
    out.writeLong(day);
    out.writeByte(outcome.ordinal());
    out.writeLong(messages);
    out.writeLong(events);
    out.writeLong(sequence);
    out.writeLong(stateHash);
    out.writeUTF(reason);
  }

  static DayResult decode(final byte[] bytes) {
    return Encoded.read(bytes, DayResult::read);
  }

  private static DayResult read(final DataInputStream in) throws IOException {
    return new DayResult(
        new InstrumentName(in.readUTF(), in.readUTF()),
        in.readLong(),
        Outcome.values()[in.readByte()],
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readUTF());
  }
}
