package io.liqmap.engine.feed;

import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * Where blocks of framed messages come from. One thread.
 *
 * <p>A live source waits some 10 ms at most: when nothing has arrived by then, its next block is
 * empty, of length 0, so that the engine can stop, append what it holds and publish.
 */
public interface BlockSource {
  /**
   * Goes to the next block, which may be empty.
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

  /**
   * Begins a live source, one that sends each message once, when it happens: its messages are
   * numbered after those before it. Called before its first block.
   *
   * @param sequence of the last message before, 0 if there is none
   * @return false for a recorded source, whose sequences are its own: what a resumed journal holds
   *     of it is skipped
   */
  default boolean continueAfter(final long sequence) {
    return false;
  }

  /** What a user knows the source as, for an error about it. */
  default String name() {
    return getClass().getSimpleName();
  }
}
