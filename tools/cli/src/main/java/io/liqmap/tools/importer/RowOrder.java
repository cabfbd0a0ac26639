package io.liqmap.tools.importer;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Whether the rows of a file rise by their key, and what to do if they don't.
 *
 * <p>A file counts as in order until a row is earlier than the one above it: a file in order, which
 * nearly all are, costs one comparison a row. Then {@link Disorder} ends the attempt, a survey
 * reads the file to its end, and the next attempt sorts it while reading.
 */
final class RowOrder {
  private enum State {
    UNKNOWN,
    SURVEY,
    RISING,
    MIXED
  }

  private State state = State.UNKNOWN;
  private long rises;
  private long falls;
  private long lowest = Long.MAX_VALUE;
  private long reordered;
  private Path spillFolder;
  private int memory;

  /** Ends an attempt to import files as if all were in order. */
  static final class Disorder extends IOException {
    private static final long serialVersionUID = 1L;

    Disorder(final Path file) {
      super(file + ": rows aren't in order");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  boolean needsSurvey() {
    return state == State.UNKNOWN;
  }

  /** Tolerates falls until the rows end, and counts them. */
  void startSurvey() {
    state = State.SURVEY;
    rises = 0;
    falls = 0;
    lowest = Long.MAX_VALUE;
  }

  /** Where and within what memory, in bytes, to sort. */
  void sortIn(final Path folder, final int bytes) {
    spillFolder = folder;
    memory = bytes;
  }

  /** A row, of a file that isn't sorted, and the key of the row above it. */
  void row(final Path file, final long above, final long key) throws IOException {
    if (state == State.SURVEY) {
      rises += key > above ? 1 : 0;
      falls += key < above ? 1 : 0;
      lowest = Math.min(lowest, key);
    } else if (key < above) {
      if (state == State.RISING) {
        throw ImportException.in(file, "changed while it was read", "import it again");
      }
      throw new Disorder(file);
    }
  }

  void end() {
    if (state == State.SURVEY) {
      state = falls > 0 ? State.MIXED : State.RISING;
    } else if (state == State.UNKNOWN) {
      state = State.RISING;
    }
  }

  boolean isMixed() {
    return state == State.MIXED;
  }

  /** Whether most rows of a mixed file fall: equal keys are then in reverse, too. */
  boolean isNewestFirst() {
    return isMixed() && falls > rises;
  }

  long lowest() {
    return lowest;
  }

  RowSorter sorter() {
    return new RowSorter(spillFolder, memory, isNewestFirst());
  }

  /** Rows after one of a higher key. */
  void reordered(final long rows) {
    reordered = rows;
  }

  long reordered() {
    return reordered;
  }
}
