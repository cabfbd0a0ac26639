package io.liqmap.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import io.liqmap.tools.export.TableField;
import io.liqmap.tools.export.TableFormat;
import io.liqmap.tools.export.TableWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParquetFormatTest {
  private static final List<TableField> FIELDS =
      List.of(
          new TableField("time", TableField.Type.TIME),
          new TableField("sequence", TableField.Type.INTEGER),
          new TableField("side", TableField.Type.TEXT),
          new TableField("notional", TableField.Type.NUMBER));

  /** A row as a map, without what is null. */
  private static final class Rows
      implements Hydrator<Map<String, Object>, Map<String, Object>, String> {
    @Override
    public Map<String, Object> start() {
      return new LinkedHashMap<>();
    }

    @Override
    public Map<String, Object> add(
        final Map<String, Object> row, final String name, final Object value) {
      if (value != null) {
        row.put(name, value);
      }
      return row;
    }

    @Override
    public Map<String, Object> finish(final Map<String, Object> row) {
      return row;
    }
  }

  @TempDir private Path folder;

  @Test
  void shouldReadBackWhatItWrote() throws IOException {
    final TableFormat format = TableFormat.of("parquet");
    assertInstanceOf(ParquetFormat.class, format, "found by its name");
    final SplittableRandom random = new SplittableRandom(19);
    final List<Map<String, Object>> written = new ArrayList<>();
    final Path file = folder.resolve("table.parquet");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      try (TableWriter writer = format.begin(channel, FIELDS)) {
        final Object[] row = new Object[FIELDS.size()];
        for (long i = 0; i < 20_000; i++) {
          row[0] = 1_722_859_200_000_000_000L + i;
          row[1] = i;
          row[2] = random.nextBoolean() ? "long" : "short";
          row[3] = random.nextInt(10) == 0 ? Double.NaN : random.nextDouble(1e9);
          writer.write(row);
          written.add(asMap(row));
        }
      }
      assertEquals(channel.size(), channel.position(), "it stays open");
    }
    try (Stream<Map<String, Object>> rows =
        ParquetReader.streamContent(file.toFile(), new Rows(), (path) -> path[path.length - 1])) {
      assertEquals(written, rows.toList());
    }
    final ParquetMetadata metadata = ParquetReader.readMetadata(file.toFile());
    assertEquals(
        "required int64 time (TIMESTAMP(NANOS,true))",
        metadata.getFileMetaData().getSchema().getFields().get(0).toString());
  }

  private static Map<String, Object> asMap(final Object[] row) {
    final Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < row.length; i++) {
      if (!(row[i] instanceof Double number && number.isNaN())) {
        map.put(FIELDS.get(i).name(), row[i]);
      }
    }
    return map;
  }
}
