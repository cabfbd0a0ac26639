package io.liqmap.tools.importer;

import java.nio.file.Path;
import java.util.List;

/** A file whose kind is known, and what becomes known of it and its rows' order while importing. */
record InputFile(
    Path path, InputKind kind, List<String> notes, RowOrder order, ChecksumFile checksum) {
  InputFile {
    notes = List.copyOf(notes);
  }

  InputFile(final Path file, final InputKind ofKind, final List<String> firstNotes) {
    this(file, ofKind, firstNotes, new RowOrder(), new ChecksumFile(file));
  }

  String name() {
    return path.getFileName().toString();
  }
}
