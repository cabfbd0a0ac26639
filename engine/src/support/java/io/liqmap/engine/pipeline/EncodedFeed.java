package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;

/** Encodes events block by block, as a subclass produces them. */
abstract class EncodedFeed implements BlockSource {
  /** Filled before {@link #put}. */
  final FeedEvent event = new FeedEvent();

  private final FeedEncoder encoder = new FeedEncoder();
  private final ExpandableDirectByteBuffer block = new ExpandableDirectByteBuffer(1 << 18);
  private int length;

  /** Puts the messages of the next block; none at the end. */
  abstract void fillBlock();

  /** Appends the event; returns where its frame ends in the block. */
  final int put() {
    length += encoder.encode(event, block, length);
    return length;
  }

  @Override
  public final boolean nextBlock() {
    length = 0;
    fillBlock();
    return length > 0;
  }

  @Override
  public final DirectBuffer buffer() {
    return block;
  }

  @Override
  public final int offset() {
    return 0;
  }

  @Override
  public final int length() {
    return length;
  }
}
