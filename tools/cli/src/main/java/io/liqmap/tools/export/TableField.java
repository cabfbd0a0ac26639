package io.liqmap.tools.export;

/**
 * A column of a table.
 *
 * @param name lower case, words joined by underscores
 * @param type of all its values
 */
public record TableField(String name, Type type) {
  /** What a column's values are. */
  public enum Type {
    /** {@link Long}: ns since 1970, UTC. */
    TIME,
    /** {@link Long}. */
    INTEGER,
    /** {@link Double}; NaN for none. */
    NUMBER,
    /** {@link String}. */
    TEXT
  }
}
