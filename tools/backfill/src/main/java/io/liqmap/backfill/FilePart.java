package io.liqmap.backfill;

import io.liqmap.engine.feed.FeedFileReader.Mark;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where in a feed file a day of an instrument is.
 *
 * @param file its path
 * @param from the block with the first frame
 * @param skipped frames of that block that are before
 * @param frames of the file that the part has, other instruments' included
 * @param own number of the instrument at the start, −1 before its definition
 * @param others numbers of other instruments at the start
 * @param foreign numbered messages of other instruments before, in the file
 */
@SuppressWarnings("ArrayRecordComponent") // Nothing compares them.
record FilePart(
    String file, Mark from, int skipped, long frames, int own, int[] others, long foreign) {

  void write(final DataOutput out) throws IOException {
    out.writeUTF(file);
    out.writeLong(from.position());
    out.writeInt(from.block());
    out.writeInt(from.checksum());
    out.writeLong(from.events());
    out.writeInt(skipped);
    out.writeLong(frames);
    out.writeInt(own);
    out.writeInt(others.length);
    for (final int other : others) {
      out.writeInt(other);
    }
    out.writeLong(foreign);
  }

  static FilePart read(final DataInput in) throws IOException {
    final String file = in.readUTF();
    final Mark from = new Mark(in.readLong(), in.readInt(), in.readInt(), in.readLong());
    final int skipped = in.readInt();
    final long frames = in.readLong();
    final int own = in.readInt();
    final int[] others = new int[in.readInt()];
    for (int i = 0; i < others.length; i++) {
      others[i] = in.readInt();
    }
    return new FilePart(file, from, skipped, frames, own, others, in.readLong());
  }
}
