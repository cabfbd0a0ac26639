package io.liqmap.tools.export;

import java.io.Closeable;
import java.io.IOException;

/** Receives the rows of a table. One thread. */
public interface TableWriter extends Closeable {
  /**
   * Writes a row.
   *
   * @param row a value for each column, by its type; reused for the next row
   */
  void write(Object[] row) throws IOException;

  /** Ends the table; what it is written to stays open. */
  @Override
  void close() throws IOException;
}
