package io.liqmap.tools.importer;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Rows of a CSV file with or without a header, one at a time. */
final class CsvRows implements Closeable {
  private static final int MAX_FIELD = 1 << 16;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Path file;
  private final Row row;
  private final InputStream text;
  private final PlainRows plain;

  /** Null as long as the rows are plain. */
  private Iterator<Row> parsed;

  private final boolean hasHeader;
  private final List<String> header;
  private boolean firstPending;
  private boolean anyRow;
  private long skippedHeaders;
  private List<String> expected = List.of();
  private int[] expectedAt = {};
  private int expectedFields;
  private boolean exact;

  /** Opens a file and reads its first row: a header doesn't start with a digit. */
  CsvRows(final Path csv, final long maxExpanded) throws IOException {
    file = csv;
    row = new Row(csv);
    text = withoutMark(csv, DataFile.open(csv, maxExpanded));
    plain = new PlainRows(text);
    try {
      if (!fetch()) {
        throw ImportException.in(csv, "holds no rows", "leave it out, or get the file again");
      }
      hasHeader = !row.startsWithDigit();
      header = hasHeader ? names() : List.of();
      firstPending = !hasHeader;
    } catch (final IOException | RuntimeException e) {
      text.close();
      throw e;
    }
  }

  boolean hasColumn(final String name) {
    return ColumnNames.find(header, name) >= 0;
  }

  /**
   * Positions of the columns wanted: by name where there is a header, else the first of them.
   *
   * @param all names of all columns that a file without header has
   * @param wanted how many of them, from the first, are needed
   */
  int[] columns(final List<String> all, final int wanted) throws ImportException {
    final int[] positions = new int[wanted];
    for (int i = 0; i < wanted; i++) {
      positions[i] = hasHeader ? ColumnNames.find(header, all.get(i)) : i;
      if (positions[i] < 0) {
        throw missing(all, all.get(i));
      }
    }
    if (hasColumn("is_best_match")) {
      throw foreign(KnownFiles.ofHeader(header));
    }
    expected = all;
    expectedAt = positions;
    expectedFields = hasHeader ? header.size() : all.size();
    exact = true;
    return positions;
  }

  /** Position of a column, by name where there is a header; −1 if the header doesn't name it. */
  int column(final List<String> all, final String name) {
    return hasHeader ? ColumnNames.find(header, name) : all.indexOf(name);
  }

  boolean hasHeader() {
    return hasHeader;
  }

  /** The known kind that the header, or the first row without one, shows; or null. */
  KnownFiles known() {
    return hasHeader ? KnownFiles.ofHeader(header) : KnownFiles.ofRow(row);
  }

  /** Whether the columns are those of klines; called before any row is read. */
  boolean isKlines() {
    return KnownFiles.KLINES.equals(known());
  }

  long claimSkippedHeaders() {
    final long headers = skippedHeaders;
    skippedHeaders = 0;
    return headers;
  }

  private ImportException missing(final List<String> all, final String column) {
    final KnownFiles known = KnownFiles.ofHeader(header);
    if (known != null) {
      return foreign(known);
    }
    return ImportException.at(
        file,
        1,
        "the column "
            + column
            + " is missing; the file has "
            + ImportException.quote(String.join(",", header)),
        "expected are "
            + String.join(",", all)
            + ": check that the file is of the kind that its name or place says");
  }

  private ImportException foreign(final KnownFiles known) {
    return ImportException.in(file, known.what(), known.advice());
  }

  boolean next() throws IOException {
    if (!firstPending && !fetchData()) {
      return false;
    }
    firstPending = false;
    final boolean isFirst = !anyRow;
    anyRow = true;
    if (exact && row.fields() != expectedFields) {
      if (isFirst && !hasHeader) {
        throw ofAnotherKind();
      }
      throw row.bad(
          row.fields() + " columns where " + expectedFields + " were expected",
          "the row is broken or cut off: " + Row.MEND);
    }
    return true;
  }

  private ImportException ofAnotherKind() {
    final KnownFiles known = KnownFiles.ofRow(row);
    return known != null
        ? foreign(known)
        : row.bad(
            row.fields() + " columns where " + expectedFields + " were expected",
            "expected are "
                + String.join(",", expected)
                + ": check that the file is of the kind that its name or place says");
  }

  /** Goes to the next row that isn't a header: files of several days may have been joined. */
  private boolean fetchData() throws IOException {
    while (fetch()) {
      if (row.startsWithDigit() || !isHeader()) {
        return true;
      }
      skippedHeaders++;
    }
    return false;
  }

  private boolean isHeader() throws ImportException {
    if (expected.isEmpty() || row.fields() == 0) {
      return false;
    }
    final List<String> names = names();
    final List<String> first = List.of(names.get(0));
    if (!first.get(0).equals(hasHeader ? header.get(0) : "")
        && expected.stream().noneMatch((name) -> ColumnNames.find(first, name) == 0)) {
      return false;
    }
    boolean isSame = names.size() == expectedFields;
    for (int i = 0; i < expectedAt.length; i++) {
      isSame &= ColumnNames.find(names, expected.get(i)) == expectedAt[i];
    }
    if (!isSame) {
      throw row.bad(
          "a second header has other columns than the rows above it",
          "split the file before this line and import both parts");
    }
    return true;
  }

  Row row() {
    return row;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }

  /** Skips a UTF-8 byte order mark; FastCSV's own detection garbles texts of under four bytes. */
  private static InputStream withoutMark(final Path csv, final InputStream text)
      throws IOException {
    try {
      final PushbackInputStream start = new PushbackInputStream(text, MARK.length);
      final byte[] first = start.readNBytes(MARK.length);
      if (!Arrays.equals(first, MARK)) {
        start.unread(first);
      }
      return start;
    } catch (final ImportException e) {
      text.close();
      throw e;
    } catch (final IOException e) {
      text.close();
      throw new ImportException(csv + ": is unreadable (" + reason(e) + "); get the file again", e);
    }
  }

  private List<String> names() {
    final String[] names = new String[Math.min(row.fields(), 64)];
    for (int i = 0; i < names.length; i++) {
      names[i] = row.text(i).strip();
    }
    return List.of(names);
  }

  private boolean fetch() throws IOException {
    try {
      if (parsed == null) {
        if (plain.next(row)) {
          return true;
        }
        if (plain.isPlain()) {
          return false;
        }
        parsed = parser();
      }
      if (!parsed.hasNext()) {
        return false;
      }
      parsed.next();
      return true;
    } catch (final ImportException e) {
      throw e;
    } catch (final IOException e) {
      throw broken(e);
    } catch (final UncheckedIOException e) {
      if (e.getCause() instanceof ImportException flaw) {
        throw flaw;
      }
      throw broken(e.getCause());
    } catch (final CsvParseException e) {
      if (e.getCause() instanceof ImportException flaw) {
        throw flaw;
      }
      throw broken(e);
    }
  }

  private Iterator<Row> parser() {
    row.follow(plain.lines());
    return CsvReader.builder()
        .skipEmptyLines(true)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .maxBufferSize(MAX_FIELD)
        .build(row, plain.rest(), StandardCharsets.UTF_8)
        .iterator();
  }

  private ImportException broken(final Exception cause) {
    final ImportException flaw =
        row.bad("is unreadable from here on (" + reason(cause) + ")", "get the file again");
    flaw.initCause(cause);
    return flaw;
  }

  private static String reason(final Exception cause) {
    final Throwable inner = cause.getCause() == null ? cause : cause.getCause();
    return inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
  }
}
