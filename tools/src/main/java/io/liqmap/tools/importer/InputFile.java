package io.liqmap.tools.importer;

import java.nio.file.Path;
import java.util.List;

/** A file whose kind is known. */
record InputFile(Path path, InputKind kind, List<String> notes) {
  InputFile {
    notes = List.copyOf(notes);
  }

  String name() {
    return path.getFileName().toString();
  }
}
