package io.liqmap.tools.importer;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** Finds the files to import, each once, and in an order that doesn't depend on the user's. */
final class InputFiles {
  private static final int MAX_DEPTH = 8;
  private static final int LISTED = 5;
  private static final Comparator<InputFile> ORDER =
      Comparator.comparing(InputFile::name)
          .thenComparing((f) -> f.path().toAbsolutePath().normalize());

  private final FileNames names;
  private final Map<Path, InputFile> found = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();

  InputFiles(final FileNames of) {
    names = of;
  }

  /**
   * Finds files as given, and in folders those of the symbol.
   *
   * @throws ImportException if a file isn't there, isn't recognised, or comes twice
   */
  List<InputFile> find(final List<Path> inputs) throws IOException {
    if (inputs.isEmpty()) {
      throw new ImportException("no input files; give files or folders to import");
    }
    for (final Path input : inputs) {
      final InputKind kind = Files.exists(input) ? null : names.kindBefore(input);
      final Path path = kind == null ? input : names.pathAfter(input, kind);
      if (Files.isDirectory(path)) {
        addFolder(path, kind);
      } else if (!Files.isRegularFile(path)) {
        throw ImportException.in(path, "doesn't exist", "check the path");
      } else if (!isChecksum(path)) {
        add(kind == null ? names.recognise(path) : names.ofKind(path, kind));
      }
    }
    final List<InputFile> files = new ArrayList<>(found.values());
    files.sort(ORDER);
    requireOnce(files);
    notes.sort(Comparator.naturalOrder());
    return files;
  }

  List<String> notes() {
    return notes;
  }

  private void addFolder(final Path folder, final InputKind kind) throws IOException {
    final List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, new Collector(files));
    files.sort(Comparator.naturalOrder());
    int used = 0;
    final List<String> left = new ArrayList<>();
    for (final Path file : files) {
      final InputFile input =
          kind == null ? names.recogniseInFolder(file) : names.ofKindInFolder(file, kind);
      if (input != null) {
        add(input);
        used++;
      } else if (names.isOfSymbol(file)) {
        left.add(file.getFileName().toString());
      }
    }
    if (used == 0) {
      throw ImportException.in(
          folder,
          "holds no file that is to be imported",
          "file names have to be like " + names.example());
    }
    if (used < files.size()) {
      notes.add(
          folder
              + ": "
              + (files.size() - used)
              + " files of other symbols or kinds left aside"
              + (left.isEmpty() ? "" : "; of the symbol: " + listed(left)));
    }
  }

  private static String listed(final List<String> names) {
    final List<String> first = names.subList(0, Math.min(LISTED, names.size()));
    return String.join(", ", first)
        + (first.size() < names.size() ? " and " + (names.size() - first.size()) + " more" : "");
  }

  /** Belongs to the file beside it. */
  private static boolean isChecksum(final Path file) {
    return file.getFileName().toString().endsWith(ChecksumFile.ENDING);
  }

  /** Collects regular files; a link back to a parent folder is skipped, with a note. */
  private final class Collector extends SimpleFileVisitor<Path> {
    private final List<Path> files;

    Collector(final List<Path> files) {
      this.files = files;
    }

    @Override
    public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && !isChecksum(file)) {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(final Path file, final IOException failure)
        throws IOException {
      if (failure instanceof FileSystemLoopException) {
        notes.add(file + ": links back to a parent folder; skipped");
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }

  private void add(final InputFile input) throws IOException {
    found.merge(input.path().toRealPath(), input, BinaryOperator.minBy(ORDER));
  }

  /** A day's zip file beside its unpacked CSV file would count everything twice. */
  private static void requireOnce(final List<InputFile> files) throws ImportException {
    final Map<String, InputFile> stems = new TreeMap<>();
    final Set<InputKind> joined =
        Set.of(
            InputKind.BARS,
            InputKind.BAR_OPEN_INTEREST,
            InputKind.BAR_LIQUIDATION,
            InputKind.LONG_SHORT_RATIO);
    for (final InputFile file : files) {
      if (joined.contains(file.kind())) {
        continue;
      }
      final Path folder = file.path().toAbsolutePath().normalize().getParent();
      final InputFile other = stems.put(folder + "/" + FileNames.stem(file.name()), file);
      if (other != null) {
        throw ImportException.in(
            file.path(),
            "is the same as " + other.path() + ", packed or unpacked",
            "give one of them");
      }
    }
  }
}
