package io.liqmap.parquet;

import io.liqmap.tools.export.TableField;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/** Makes writers of rows. */
final class RowWriterBuilder extends ParquetWriter.Builder<Object[], RowWriterBuilder> {
  /** Some hundred thousand rows of ten columns, which is what a writer keeps in memory. */
  private static final long GROUP_BYTES = 16L << 20;

  private final List<TableField> fields;

  RowWriterBuilder(final OutputFile file, final List<TableField> fields) {
    super(file);
    this.fields = fields;
    withCompressionCodec(CompressionCodecName.ZSTD);
    withRowGroupSize(GROUP_BYTES);
  }

  @Override
  protected RowWriterBuilder self() {
    return this;
  }

  @Override
  protected WriteSupport<Object[]> getWriteSupport(final ParquetConfiguration configuration) {
    return new RowSupport(fields);
  }

  /** Deprecated, and yet abstract. */
  @Override
  @SuppressWarnings("deprecation")
  protected WriteSupport<Object[]> getWriteSupport(final Configuration configuration) {
    return new RowSupport(fields);
  }
}
