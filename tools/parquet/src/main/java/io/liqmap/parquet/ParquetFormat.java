package io.liqmap.parquet;

import io.liqmap.tools.export.TableField;
import io.liqmap.tools.export.TableFormat;
import io.liqmap.tools.export.TableWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * Apache Parquet, compressed with Zstandard: times as timestamps in ns, UTC; texts with a
 * dictionary; numbers that are NaN as nulls.
 */
public final class ParquetFormat implements TableFormat {
  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public TableWriter begin(final FileChannel to, final List<TableField> fields) throws IOException {
    final ParquetWriter<Object[]> writer =
        new RowWriterBuilder(new ChannelFile(to), fields).build();
    return new TableWriter() {
      @Override
      public void write(final Object[] row) throws IOException {
        writer.write(row);
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }
}
