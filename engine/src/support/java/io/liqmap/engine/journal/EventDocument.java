package io.liqmap.engine.journal;

import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Events of one document of a journal, encoded one after another. */
public final class EventDocument {
  private final ByteBuffer frames;
  private final UnsafeBuffer buffer;
  private final FeedEncoder encoder = new FeedEncoder();
  private int length;
  private int count;
  private long firstSequence;
  private long lastSequence;

  /** Makes an empty document for so many events. */
  public EventDocument(final int events) {
    frames = ByteBuffer.allocateDirect(events * FeedEncoder.MAX_FRAME_LENGTH);
    buffer = new UnsafeBuffer(frames);
  }

  public EventDocument add(final FeedEvent event) {
    length += encoder.encode(event, buffer, length);
    firstSequence = count == 0 ? event.sequence() : firstSequence;
    lastSequence = event.sequence();
    count++;
    return this;
  }

  /** Appends the events and forgets them. */
  public void appendTo(final Journal journal) throws JournalException {
    journal.append(frames.limit(length).position(0), count, firstSequence, lastSequence);
    length = 0;
    count = 0;
  }
}
