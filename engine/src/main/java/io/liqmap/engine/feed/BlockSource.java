package io.liqmap.engine.feed;

import java.io.IOException;
import org.agrona.DirectBuffer;

/** Where blocks of framed messages come from. One thread. */
public interface BlockSource {
  /**
   * Goes to the next block.
   *
   * @return false when there is none
   * @throws IOException if the source is damaged or fails; the blocks before are whole
   */
  boolean nextBlock() throws IOException;

  /** Holds the frames of the block, from {@link #offset()}; until the next block. */
  DirectBuffer buffer();

  /** Where the block's frames start. */
  int offset();

  /** Bytes of the block's frames. */
  int length();

  /**
   * Goes back to the start, so that the first block is the next.
   *
   * @return false if the source can be read only once
   */
  default boolean restart() throws IOException {
    return false;
  }

  /** What a user knows the source as, for an error about it. */
  default String name() {
    return getClass().getSimpleName();
  }
}
