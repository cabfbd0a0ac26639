package io.liqmap.tools.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.ServiceLoader;

/** A form of files with tables; other modules bring theirs, found by {@link ServiceLoader}. */
public interface TableFormat {
  /** Its name, lower case, as an option gives it. */
  String name();

  /**
   * Begins a table.
   *
   * @param to empty; stays open
   * @param fields columns
   */
  TableWriter begin(FileChannel to, List<TableField> fields) throws IOException;

  /**
   * Finds a form.
   *
   * @return null if no module on the class path has it
   */
  static TableFormat of(final String name) {
    for (final TableFormat format : ServiceLoader.load(TableFormat.class)) {
      if (format.name().equals(name)) {
        return format;
      }
    }
    return null;
  }
}
