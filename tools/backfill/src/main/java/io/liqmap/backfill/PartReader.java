package io.liqmap.backfill;

import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.feed.FeedFileException;
import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.feed.FrameCursor;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Replica;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Reads a part of a feed file and hands over an instrument's frames: as they lie there where it has
 * the file alone, otherwise copied and numbered without the others'. One thread.
 */
final class PartReader implements AutoCloseable {
  private final FilePart part;
  private final FeedFileReader reader;
  private final FrameFilter filter;
  private final FrameCursor frame = new FrameCursor();
  private final ExpandableArrayBuffer copy = new ExpandableArrayBuffer();
  private long left;
  private long shift;
  private boolean isShiftKnown;
  private long messages;
  private int checksum;

  /** Opens the file. */
  PartReader(final InstrumentName name, final FilePart part) throws IOException {
    this.part = part;
    reader = new FeedFileReader(Path.of(part.file()));
    filter = new FrameFilter(name, part.own(), part.others(), part.foreign());
    left = part.frames();
  }

  /** Says what is to be added to the sequences of a file. */
  @FunctionalInterface
  interface Shift {
    /**
     * Called once.
     *
     * @param sequence of the first message that has one
     */
    long of(String file, long sequence);
  }

  /**
   * Applies the part.
   *
   * @throws FeedFileException if the file is damaged, or isn't what it was
   */
  void read(final Shift shifts, final Replica replica) throws IOException, EngineException {
    reader.moveTo(part.from());
    int skipped = part.skipped();
    while (left > 0) {
      if (!reader.nextBlock()) {
        throw new FlawedDayException(
            part.file() + ": ends before the day does; it was changed while it was read");
      }
      frame.wrap(reader.buffer(), reader.offset(), reader.length());
      for (; skipped > 0; skipped--) {
        frame.next();
      }
      apply(shifts, replica);
    }
  }

  /** Applies the rest of a block, as far as the part has it. */
  private void apply(final Shift shifts, final Replica replica) throws EngineException {
    final DirectBuffer frames = reader.buffer();
    int from = frame.end();
    int length = 0;
    boolean isCopied = false;
    while (left > 0 && frame.next()) {
      left--;
      final boolean isAdmitted = filter.admits(frame, frames);
      if (isAdmitted) {
        messages++;
        checksum = frame.checksum(checksum);
        if (!isShiftKnown && frame.isNumbered()) {
          shift = shifts.of(part.file(), frame.sequence() - filter.foreign());
          isShiftKnown = true;
        }
      }
      final long change = shift - filter.foreign();
      if (!isCopied && (!isAdmitted || change != 0)) {
        isCopied = true;
        length = frame.start() - from;
        copy.putBytes(0, frames, from, length);
      }
      if (isCopied && isAdmitted) {
        final int size = frame.end() - frame.start();
        copy.putBytes(length, frames, frame.start(), size);
        if (frame.isNumbered()) {
          copy.putLong(
              length + FrameCursor.SEQUENCE_OFFSET,
              frame.sequence() + change,
              ByteOrder.LITTLE_ENDIAN);
        }
        length += size;
      }
    }
    if (isCopied) {
      replica.apply(copy, 0, length, 0);
    } else {
      replica.apply(frames, from, frame.end() - from, 0);
    }
  }

  /** Messages that were handed over. */
  long messages() {
    return messages;
  }

  /** Checksum of them. */
  int checksum() {
    return checksum;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
