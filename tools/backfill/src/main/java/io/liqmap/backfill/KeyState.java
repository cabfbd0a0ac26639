package io.liqmap.backfill;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What an instrument's next day needs of the days before: kept as keyed state, and as the file
 * {@code snapshot} of each day.
 *
 * @param day the last that was computed, since 1970; {@link FileDay#NONE} for none
 * @param stateHash after it
 * @param file that its last messages are of
 * @param shift from a message's sequence in that file to the one that it was applied with
 * @param prices open, high, low and close of the column that has begun; NaN for none
 * @param snapshot of the market; empty where the day's file has it
 * @param flawedDay first that couldn't be computed; {@link FileDay#NONE} for none
 * @param flaw why
 */
@SuppressWarnings("ArrayRecordComponent") // Nothing compares them.
record KeyState(
    long day,
    long stateHash,
    String file,
    long shift,
    double[] prices,
    byte[] snapshot,
    long flawedDay,
    String flaw) {
  private static final int PRICES = 4;
  private static final int ROOM = 1 << 10;

  /** Before the first day. */
  static KeyState none() {
    return new KeyState(
        FileDay.NONE,
        0,
        "",
        0,
        new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN},
        new byte[0],
        FileDay.NONE,
        "");
  }

  /** After a day whose file has the rest. */
  static KeyState inFile(final long day, final long stateHash) {
    final KeyState none = none();
    return new KeyState(day, stateHash, "", 0, none.prices, none.snapshot, FileDay.NONE, "");
  }

  boolean isBeforeFirst() {
    return day == FileDay.NONE;
  }

  /** Whether the day's file has the snapshot. */
  boolean isInFile() {
    return !isBeforeFirst() && snapshot.length == 0;
  }

  boolean isFlawed() {
    return flawedDay != FileDay.NONE;
  }

  /** The same, with a day that couldn't be computed. */
  KeyState flawed(final long newFlawedDay, final String newFlaw) {
    return new KeyState(day, stateHash, file, shift, prices, snapshot, newFlawedDay, newFlaw);
  }

  /** The same with the hash. */
  KeyState with(final long hash) {
    return new KeyState(day, hash, file, shift, prices, snapshot, flawedDay, flaw);
  }

  byte[] encode() {
    return Encoded.of(snapshot.length + ROOM, this::write);
  }

  private void write(final DataOutputStream out) throws IOException {
    out.writeLong(day);
    out.writeLong(stateHash);
    out.writeUTF(file);
    out.writeLong(shift);
    for (final double price : prices) {
      out.writeDouble(price);
    }
    out.writeLong(flawedDay);
    out.writeUTF(flaw);
    out.writeInt(snapshot.length);
    out.write(snapshot);
  }

  static KeyState decode(final byte[] bytes) {
    return Encoded.read(bytes, KeyState::read);
  }

  private static KeyState read(final DataInputStream in) throws IOException {
    final long day = in.readLong();
    final long stateHash = in.readLong();
    final String file = in.readUTF();
    final long shift = in.readLong();
    final double[] prices = new double[PRICES];
    for (int i = 0; i < PRICES; i++) {
      prices[i] = in.readDouble();
    }
    final long flawedDay = in.readLong();
    final String flaw = in.readUTF();
    final byte[] snapshot = new byte[in.readInt()];
    in.readFully(snapshot);
    return new KeyState(day, stateHash, file, shift, prices, snapshot, flawedDay, flaw);
  }
}
