package io.liqmap.tools.score;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.export.TableField;
import io.liqmap.tools.export.TableWriter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Windows as rows of a table, which score cards are made of: window after window, longs and then
 * shorts, model after model. Notionals are in the quote asset.
 */
public final class WindowTable {
  /** Names and types of the columns. */
  public static final List<TableField> FIELDS =
      List.of(
          new TableField("start", TableField.Type.TIME),
          new TableField("end", TableField.Type.TIME),
          new TableField("instrument", TableField.Type.TEXT),
          new TableField("side", TableField.Type.TEXT),
          new TableField("model", TableField.Type.TEXT),
          new TableField("open_interest", TableField.Type.NUMBER),
          new TableField("volume", TableField.Type.NUMBER),
          new TableField("excursion", TableField.Type.NUMBER),
          new TableField("reported", TableField.Type.NUMBER),
          new TableField("expected", TableField.Type.NUMBER),
          new TableField("background", TableField.Type.NUMBER));

  private WindowTable() {}

  /**
   * Writes the windows that a collector has seen: those that a score may leave out because reports
   * are missing around them too.
   *
   * @return how many windows
   */
  public static long write(final WindowCollector collector, final TableWriter table)
      throws IOException {
    long count = 0;
    for (final InstrumentWindows of : collector.instruments()) {
      for (final ScoreWindow window : of.windows()) {
        for (final Side side : Side.values()) {
          write(of, window, side, table);
        }
        count++;
      }
    }
    return count;
  }

  private static void write(
      final InstrumentWindows of,
      final ScoreWindow window,
      final Side side,
      final TableWriter table)
      throws IOException {
    final ScoreWindow.Part part = window.part(side);
    final List<String> models = of.models();
    for (int model = 0; model < models.size(); model++) {
      table.write(
          new Object[] {
            window.start(),
            window.end(),
            of.name().toString(),
            side.name().toLowerCase(Locale.ROOT),
            models.get(model),
            window.openInterest(),
            window.volume(),
            part.excursion(),
            part.reported(),
            part.expected()[model],
            part.background()[model]
          });
    }
  }
}
