package io.liqmap.benchmarks.bench;

import java.io.IOException;

/** Something that is measured, again and again; prepared when it is made. One thread. */
interface Stage extends AutoCloseable {
  /**
   * Measures once, and checks the answer.
   *
   * @param rate events per second for paced stages; others ignore it
   * @throws IllegalStateException if the answer is wrong
   */
  Passage pass(double rate) throws Exception;

  @Override
  default void close() throws IOException {
    // Most hold nothing.
  }
}
