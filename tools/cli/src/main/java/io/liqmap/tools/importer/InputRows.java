package io.liqmap.tools.importer;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Rows of an input file, counted, in rising order of their key.
 *
 * <p>Rows of equal keys keep their order; those of a file that is newest first are reversed.
 */
final class InputRows implements Closeable {
  private final InputFile input;
  private final CsvRows csv;
  private final RowKey keyOf;
  private final Tally tally;
  private final int[] at;
  private RowSorter sorter;
  private long key = Long.MIN_VALUE;

  /**
   * Finds the columns, and closes the rows where one is missing.
   *
   * @param columns names of all columns that a file without header has
   * @param needed how many of them, from the first, any file must have
   */
  InputRows(
      final InputFile file,
      final CsvRows rows,
      final List<String> columns,
      final int needed,
      final RowKey rowKey)
      throws IOException {
    input = file;
    csv = rows;
    keyOf = rowKey;
    tally = new Tally(file);
    try {
      at = rows.columns(columns, needed);
    } catch (final IOException e) {
      rows.close();
      throw e;
    }
  }

  /** Position of a needed column, by its index among their names. */
  int at(final int column) {
    return at[column];
  }

  /** Position of an optional column; −1 if the file lacks it. */
  int column(final List<String> all, final String name) {
    return csv.column(all, name);
  }

  boolean next() throws IOException {
    if (input.order().isMixed() ? nextSorted() : nextInFile()) {
      tally.read();
      return true;
    }
    final long headers = csv.claimSkippedHeaders();
    if (headers > 0) {
      tally.note("header lines inside the file skipped: " + headers);
    }
    return false;
  }

  private boolean nextInFile() throws IOException {
    if (!csv.next()) {
      input.order().end();
      return false;
    }
    final long above = key;
    key = keyOf.of(csv.row());
    input.order().row(input.path(), above, key);
    return true;
  }

  private boolean nextSorted() throws IOException {
    if (sorter == null) {
      sorter = input.order().sorter();
      long highest = Long.MIN_VALUE;
      long reordered = 0;
      while (csv.next()) {
        final long rowKey = keyOf.of(csv.row());
        reordered += rowKey < highest ? 1 : 0;
        highest = Math.max(highest, rowKey);
        sorter.add(rowKey, csv.row());
      }
      input.order().reordered(reordered);
    }
    if (!sorter.next(csv.row())) {
      return false;
    }
    key = sorter.key();
    return true;
  }

  Row row() {
    return csv.row();
  }

  long key() {
    return key;
  }

  Tally tally() {
    return tally;
  }

  @Override
  public void close() throws IOException {
    if (sorter != null) {
      sorter.close();
    }
    csv.close();
  }
}
