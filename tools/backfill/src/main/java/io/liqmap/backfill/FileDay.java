package io.liqmap.backfill;

import io.liqmap.engine.core.margin.InstrumentName;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A day of an instrument, UTC, and where its messages are: the record of the job.
 *
 * @param name venue and symbol; the symbol is a file's path where that is unreadable
 * @param day since 1970, {@link #NONE} where none is known
 * @param parts in the order of time
 * @param messages that the instrument gets
 * @param checksum of them, as a feed's
 * @param flaw why it is flawed, empty if it isn't
 */
record FileDay(
    InstrumentName name, long day, List<FilePart> parts, long messages, int checksum, String flaw) {
  static final long NONE = Long.MIN_VALUE;

  private static final int ROOM = 1 << 8;

  FileDay {
    parts = List.copyOf(parts);
  }

  /** A file of which nothing is known. */
  static FileDay unreadable(final String file, final String flaw) {
    return new FileDay(new InstrumentName("", file), NONE, List.of(), 0, 0, flaw);
  }

  boolean isFlawed() {
    return !flaw.isEmpty();
  }

  /** As ISO writes it; a dash for none. */
  static String text(final long day) {
    return day == NONE ? "-" : LocalDate.ofEpochDay(day).toString();
  }

  /** The same day with what a later file has of it. */
  FileDay with(final FileDay later) {
    final List<FilePart> all = new ArrayList<>(parts);
    all.addAll(later.parts);
    return new FileDay(
        name,
        day,
        all,
        messages + later.messages,
        31 * checksum + later.checksum,
        isFlawed() ? flaw : later.flaw);
  }

  FileDay flawed(final String newFlaw) {
    return new FileDay(name, day, parts, messages, checksum, newFlaw);
  }

  byte[] encode() {
    return Encoded.of(ROOM, this::write);
  }

  private void write(final DataOutputStream out) throws IOException {
    out.writeUTF(name.venue());
    out.writeUTF(name.symbol());
    out.writeLong(day);
    out.writeInt(parts.size());
    for (final FilePart part : parts) {
      part.write(out);
    }
    out.writeLong(messages);
    out.writeInt(checksum);
    out.writeUTF(flaw);
  }

  static FileDay decode(final byte[] bytes) {
    return Encoded.read(bytes, FileDay::read);
  }

  private static FileDay read(final DataInputStream in) throws IOException {
    final InstrumentName name = new InstrumentName(in.readUTF(), in.readUTF());
    final long day = in.readLong();
    final List<FilePart> parts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      parts.add(FilePart.read(in));
    }
    return new FileDay(name, day, parts, in.readLong(), in.readInt(), in.readUTF());
  }
}
