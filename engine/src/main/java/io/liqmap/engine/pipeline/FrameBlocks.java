package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FrameCursor;
import io.liqmap.engine.feed.FrameWriter;
import io.liqmap.engine.journal.Journal;
import io.liqmap.engine.journal.JournalException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames of events on their way from the feed's thread to the journal's, in blocks of a document's
 * size that are filled one after another and again and again:
 *
 * <pre>
 *   block 7                     block 8                      block 9
 *   │ frames … │ frames … │     │ frames … │ frames … │      │ frames …
 *              └ cut      └ cut            └ cut      └ cut            └ not handed over yet
 * </pre>
 *
 * The feed hands over all frames up to a <em>cut</em>, with the slot of the ring that they belong
 * to. Frames between two cuts lie in one block. A document ends with its block, or at the last cut
 * that is there. A block is filled again when the journal has begun a later one.
 *
 * <p>Each method belongs to one of the two threads; allocates nothing after construction.
 */
final class FrameBlocks {
  // A cut: slot of the ring; block and end in it; events and last sequence up to there.
  private static final int CUT = 4;
  private static final int PLACE = 1;
  private static final int EVENTS = 2;
  private static final int SEQUENCE = 3;

  /** Bytes of a frequent event's frame. */
  private static final int FRAME = 64;

  private final int blockBytes;
  private final int blocks;
  private final UnsafeBuffer filled;
  private final ByteBuffer frames;
  private final long[] cuts;
  private final int cutMask;

  /** How many cuts were made. */
  private final AtomicLong made = new AtomicLong();

  /** The block that the journal reads. */
  private final AtomicLong reading = new AtomicLong();

  // The feed's.
  private final FrameWriter writer = new FrameWriter();
  private long block;
  private int length;
  private long events;
  private long sequence;
  private long handedOver;
  private long cutsMade;

  // The journal's.
  private int start;
  private int end;
  private long eventsBefore;
  private long eventsUpTo;
  private long lastSequence;
  private long lastSlot = -1;
  private long cutsRead;

  /**
   * Makes empty blocks, enough for the frames of a ring.
   *
   * @param blockBytes a document's most
   * @param slots of the ring, a power of two
   */
  FrameBlocks(final int blockBytes, final int slots) {
    this.blockBytes = blockBytes;
    blocks = 2 + (int) ((long) slots * FRAME / blockBytes);
    final ByteBuffer memory = ByteBuffer.allocateDirect(Math.multiplyExact(blocks, stride()));
    filled = new UnsafeBuffer(memory);
    frames = memory.duplicate();
    cuts = new long[CUT * slots];
    cutMask = slots - 1;
  }

  private int stride() {
    return blockBytes + FRAME - 1 & -FRAME;
  }

  private int startOf(final long number) {
    return (int) (number % blocks) * stride();
  }

  /** Feed: whether the block has room for any event. */
  boolean hasRoom() {
    return length + FeedEncoder.MAX_FRAME_LENGTH <= blockBytes;
  }

  /** Feed: goes to the next block, all frames handed over, if the journal is done with it. */
  boolean nextBlock() {
    if (block + 1 - reading.getAcquire() >= blocks) {
      return false;
    }
    block++;
    length = 0;
    return true;
  }

  /**
   * Feed: writes the event that the adapter has just filled; there is room. The adapter's block
   * stays as it is until the next cut.
   */
  void add(final FeedAdapter adapter, final FeedEvent event) {
    length += writer.add(event, adapter, filled, startOf(block) + length);
    events++;
    sequence = event.sequence();
  }

  /** Feed: hands over the frames so far. */
  void cut(final long slot) {
    if (events != handedOver) {
      writer.finish();
      final int at = (int) (cutsMade & cutMask) * CUT;
      cuts[at] = slot;
      cuts[at + PLACE] = block << Integer.SIZE | length;
      cuts[at + EVENTS] = events;
      cuts[at + SEQUENCE] = sequence;
      handedOver = events;
      cutsMade++;
      made.setRelease(cutsMade);
    }
  }

  /**
   * Journal: appends the next document of events up to a slot.
   *
   * @return false if there are no more
   */
  boolean append(final Journal journal, final long upTo) throws JournalException {
    final long cutsThere = made.getAcquire();
    while (cutsRead < cutsThere) {
      final int at = (int) (cutsRead & cutMask) * CUT;
      final long place = cuts[at + PLACE];
      if (cuts[at] > upTo) {
        break;
      }
      if (place >>> Integer.SIZE != reading.getPlain()) {
        if (start < end) {
          break;
        }
        start = 0;
        reading.setRelease(place >>> Integer.SIZE);
      }
      lastSlot = cuts[at];
      end = (int) place;
      eventsUpTo = cuts[at + EVENTS];
      lastSequence = cuts[at + SEQUENCE];
      cutsRead++;
    }
    if (start == end) {
      return false;
    }
    appendUpToEnd(journal);
    return true;
  }

  private void appendUpToEnd(final Journal journal) throws JournalException {
    final int origin = startOf(reading.getPlain());
    frames.limit(origin + end).position(origin + start);
    journal.append(
        frames,
        (int) (eventsUpTo - eventsBefore),
        FrameCursor.sequence(filled, origin + start),
        lastSequence);
    start = end;
    eventsBefore = eventsUpTo;
  }

  /** Journal: slot of the last event appended, −1 before the first. */
  long lastSlot() {
    return lastSlot;
  }
}
