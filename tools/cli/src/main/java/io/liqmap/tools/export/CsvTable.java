package io.liqmap.tools.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.liqmap.tools.answer.Format;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * Writes a table as CSV in UTF-8 with a line of names: times as ISO-8601 UTC, numbers with twelve
 * digits at most, as in JSON, nothing for none.
 */
public final class CsvTable implements TableWriter {
  private static final MathContext DIGITS = new MathContext(12);

  private final List<TableField> fields;
  private final CsvWriter csv;
  private final String[] texts;

  /**
   * Begins a table.
   *
   * @param to stays open
   */
  public CsvTable(final Writer to, final List<TableField> fields) {
    this.fields = fields;
    csv = CsvWriter.builder().lineDelimiter(LineDelimiter.PLATFORM).build(to);
    texts = new String[fields.size()];
    csv.writeRecord(fields.stream().map(TableField::name).toList());
  }

  @Override
  public void write(final Object[] row) {
    for (int i = 0; i < texts.length; i++) {
      texts[i] =
          switch (fields.get(i).type()) {
            case TIME -> Format.time((Long) row[i]);
            case INTEGER, TEXT -> row[i].toString();
            case NUMBER -> number((Double) row[i]);
          };
    }
    csv.writeRecord(texts);
  }

  private static String number(final double value) {
    return Double.isNaN(value)
        ? ""
        : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  @Override
  public void close() throws IOException {
    csv.flush();
  }
}
