package io.liqmap.tools.importer;

/** What the rows of a file are ordered by: an id, or a time in ns. */
@FunctionalInterface
interface RowKey {
  /** Key of a row; called once for each row, in the order of the file. */
  long of(Row row) throws ImportException;
}
