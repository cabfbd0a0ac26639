package io.liqmap.tools.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain lines split without a parser, against the parser alone. */
final class PlainRowsTest {
  private static final String[] PLAIN = {
    "1", "60000.1", "-0.5e3", "", " ", "true", "2024-08-05", "#"
  };
  private static final String[] ODD = {"\"a,b\"", "ü", "x\ry", "\"", "q\"q", "\"two\nlines\""};

  @TempDir private Path folder;

  @Test
  void shouldSplitAnyTextAsTheParserDoes() throws IOException {
    final SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 600; round++) {
      final String text = text(random, round % 3 == 0 ? 0 : 40);
      if (text.isBlank()) {
        continue;
      }
      assertEquals(parsed(text), read(text), () -> text);
    }
  }

  private static String text(final SplittableRandom random, final int rowsPerOdd) {
    final StringBuilder text = new StringBuilder();
    final int rows = random.nextInt(1, 60);
    final String end = random.nextInt(8) == 0 ? "\r\n" : "\n";
    for (int row = 0; row < rows; row++) {
      if (random.nextInt(10) > 0) {
        final int fields = random.nextInt(30) == 0 ? random.nextInt(60, 70) : random.nextInt(1, 9);
        for (int field = 0; field < fields; field++) {
          text.append(field == 0 ? "" : ",");
          text.append(PLAIN[random.nextInt(PLAIN.length)]);
          if (rowsPerOdd > 0 && random.nextInt(rowsPerOdd * 4) == 0) {
            text.append(field == 0 ? "" : ",").append(ODD[random.nextInt(ODD.length)]);
          }
          if (random.nextInt(3_000) == 0) {
            text.append("9".repeat(random.nextInt(40_000)));
          }
        }
      }
      text.append(row == rows - 1 && random.nextBoolean() ? "" : end);
    }
    return text.toString();
  }

  private static String seen(final Row row) {
    return row.fields() + " fields: " + row.content() + " " + row.bad("", "").getMessage();
  }

  private List<String> read(final String text) throws IOException {
    final Path file = Files.writeString(folder.resolve("rows.csv"), text);
    final List<String> rows = new ArrayList<>();
    try (CsvRows csv = new CsvRows(file, Long.MAX_VALUE)) {
      if (csv.hasHeader()) {
        rows.add(seen(csv.row()));
      }
      while (csv.next()) {
        rows.add(seen(csv.row()));
      }
    } catch (final ImportException e) {
      rows.add("failed");
    }
    return rows;
  }

  private List<String> parsed(final String text) throws IOException {
    final Row row = new Row(folder.resolve("rows.csv"));
    final List<String> rows = new ArrayList<>();
    try (CsvReader<Row> reader =
        CsvReader.builder()
            .skipEmptyLines(true)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .maxBufferSize(1 << 16)
            .build(
                row,
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8)) {
      for (final Row each : reader) {
        rows.add(seen(each));
      }
    } catch (final RuntimeException e) {
      rows.add("failed");
    }
    return rows;
  }

  @Test
  void shouldReadPlainTextToItsEndWithoutTheParser() throws IOException {
    final PlainRows rows = rows("1,2\n\n3,4\n5,6");
    final Row row = new Row(folder);
    int count = 0;
    while (rows.next(row)) {
      count++;
    }
    assertEquals(3, count);
    assertEquals(4, rows.lines());
    assertTrue(rows.isPlain());
  }

  @Test
  void shouldEndAheadOfTheFirstLineThatIsNotPlain() throws IOException {
    final PlainRows rows = rows("1,2\n3,\"4\"\n5,6\n");
    final Row row = new Row(folder);
    assertTrue(rows.next(row));
    assertFalse(rows.next(row));
    assertFalse(rows.isPlain());
    assertEquals(1, rows.lines());
    assertEquals(
        "3,\"4\"\n5,6\n", new String(rows.rest().readAllBytes(), StandardCharsets.US_ASCII));
  }

  private static PlainRows rows(final String text) {
    return new PlainRows(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
