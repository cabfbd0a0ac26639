package io.liqmap.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import io.liqmap.tools.export.TableField;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Writes rows of a table as Parquet's flat records. */
final class RowSupport extends WriteSupport<Object[]> {
  private final List<TableField> fields;
  private RecordConsumer consumer;

  RowSupport(final List<TableField> fields) {
    this.fields = fields;
  }

  private static MessageType schema(final List<TableField> fields) {
    return new MessageType("table", fields.stream().map(RowSupport::type).toList());
  }

  private static Type type(final TableField field) {
    return switch (field.type()) {
      case TIME ->
          Types.required(PrimitiveTypeName.INT64)
              .as(timestampType(true, TimeUnit.NANOS))
              .named(field.name());
      case INTEGER -> Types.required(PrimitiveTypeName.INT64).named(field.name());
      case NUMBER -> Types.optional(PrimitiveTypeName.DOUBLE).named(field.name());
      case TEXT -> Types.required(PrimitiveTypeName.BINARY).as(stringType()).named(field.name());
    };
  }

  @Override
  public WriteContext init(final ParquetConfiguration configuration) {
    return new WriteContext(schema(fields), Map.of());
  }

  /** Deprecated, and yet abstract. */
  @Override
  @SuppressWarnings("deprecation")
  public WriteContext init(final Configuration configuration) {
    return new WriteContext(schema(fields), Map.of());
  }

  @Override
  public void prepareForWrite(final RecordConsumer newConsumer) {
    consumer = newConsumer;
  }

  @Override
  public void write(final Object[] row) {
    consumer.startMessage();
    for (int i = 0; i < row.length; i++) {
      if (!(row[i] instanceof Double number && number.isNaN())) {
        consumer.startField(fields.get(i).name(), i);
        add(row[i]);
        consumer.endField(fields.get(i).name(), i);
      }
    }
    consumer.endMessage();
  }

  private void add(final Object value) {
    if (value instanceof Long whole) {
      consumer.addLong(whole);
    } else if (value instanceof Double number) {
      consumer.addDouble(number);
    } else {
      consumer.addBinary(Binary.fromString((String) value));
    }
  }
}
