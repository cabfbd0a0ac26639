package io.liqmap.tools.export;

import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.history.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns of a heatmap as rows of a table: time after time, longs and then shorts, in the order of
 * prices; only what isn't empty. One thread.
 */
public final class ColumnTable {
  private static final TableField LEVERAGE = new TableField("leverage", TableField.Type.NUMBER);
  private static final List<TableField> FIELDS =
      List.of(
          new TableField("time", TableField.Type.TIME),
          new TableField("sequence", TableField.Type.INTEGER),
          new TableField("instrument", TableField.Type.TEXT),
          new TableField("side", TableField.Type.TEXT),
          new TableField("price_low", TableField.Type.NUMBER),
          new TableField("price_high", TableField.Type.NUMBER),
          new TableField("quantity", TableField.Type.NUMBER),
          new TableField("notional", TableField.Type.NUMBER),
          new TableField("mark", TableField.Type.NUMBER));
  private static final int SIDE = 3;
  private static final int LOW = 4;
  private static final int HIGH = 5;
  private static final int QUANTITY = 6;
  private static final int NOTIONAL = 7;
  private static final int MARK = 8;
  private static final int TIER = 9;

  private final TableWriter table;
  private final PriceRange range;
  private final int group;
  private final boolean isByLeverage;
  private final Object[] row;

  /**
   * Begins.
   *
   * @param instrument full name
   * @param range rows that it doesn't meet are left out
   * @param group buckets in a row, 1 or more
   * @param isByLeverage whether each leverage has a row of its own
   */
  public ColumnTable(
      final TableWriter table,
      final String instrument,
      final PriceRange range,
      final int group,
      final boolean isByLeverage) {
    this.table = table;
    this.range = range;
    this.group = group;
    this.isByLeverage = isByLeverage;
    row = new Object[fields(isByLeverage).size()];
    row[2] = instrument;
  }

  /** Names and types of a table's columns. */
  public static List<TableField> fields(final boolean isByLeverage) {
    if (!isByLeverage) {
      return FIELDS;
    }
    final List<TableField> all = new ArrayList<>(FIELDS);
    all.add(LEVERAGE);
    return List.copyOf(all);
  }

  /** Writes the rows of the next column. */
  public void add(final Column column) throws IOException {
    row[0] = column.time();
    row[1] = column.sequence();
    row[MARK] = column.mark();
    for (final Side side : Side.values()) {
      row[SIDE] = Format.lower(side);
      final MapSnapshot snapshot = column.snapshot();
      final int end = snapshot.firstBucket(side) + snapshot.bucketCount(side);
      int bucket = snapshot.firstBucket(side);
      while (bucket < end) {
        final int next = Math.min(end, (Math.floorDiv(bucket, group) + 1) * group);
        add(snapshot, side, bucket, next);
        bucket = next;
      }
    }
  }

  private void add(final MapSnapshot snapshot, final Side side, final int bucket, final int next)
      throws IOException {
    final int first = Math.floorDiv(bucket, group) * group;
    final double low = snapshot.priceLow(first);
    final double high = snapshot.priceHigh(first + group - 1);
    if (!range.meets(low, high)) {
      return;
    }
    row[LOW] = low;
    row[HIGH] = high;
    if (!isByLeverage) {
      double quantity = 0;
      double notional = 0;
      for (int i = bucket; i < next; i++) {
        quantity += snapshot.quantity(side, i);
        notional += snapshot.notional(side, i);
      }
      write(quantity, notional);
      return;
    }
    for (int leverage = 0; leverage < snapshot.leverages(); leverage++) {
      double quantity = 0;
      double notional = 0;
      for (int i = bucket; i < next; i++) {
        quantity += snapshot.quantity(side, leverage, i);
        notional += snapshot.quantity(side, leverage, i) * snapshot.centre(i);
      }
      row[TIER] = snapshot.leverage(leverage);
      write(quantity, notional);
    }
  }

  private void write(final double quantity, final double notional) throws IOException {
    if (quantity > 0) {
      row[QUANTITY] = quantity;
      row[NOTIONAL] = notional;
      table.write(row);
    }
  }
}
