package io.liqmap.tools.importer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of one folder that belong together; those that are missing are null.
 *
 * @param bars ohlcv, never null
 * @param openInterest open-interest, or null
 * @param liquidation liquidation, or null
 * @param ratio long-short-ratio, or null
 */
record CoinalyzeFiles(
    InputFile bars, InputFile openInterest, InputFile liquidation, InputFile ratio) {

  /** Groups files by folder. */
  static List<CoinalyzeFiles> group(final List<InputFile> inputs) throws ImportException {
    final Map<Path, Map<InputKind, InputFile>> folders = new TreeMap<>();
    for (final InputFile input : inputs) {
      final Path folder = input.path().toAbsolutePath().normalize().getParent();
      folders.computeIfAbsent(folder, (f) -> new TreeMap<>()).put(input.kind(), input);
    }
    final List<CoinalyzeFiles> groups = new ArrayList<>();
    for (final Map.Entry<Path, Map<InputKind, InputFile>> folder : folders.entrySet()) {
      final Map<InputKind, InputFile> files = folder.getValue();
      final InputFile bars = files.get(InputKind.BARS);
      if (bars == null) {
        throw ImportException.in(
            folder.getKey(),
            "there is no -ohlcv.csv among the files given of this folder, and the others are joined with its bars",
            "add it to the inputs");
      }
      groups.add(
          new CoinalyzeFiles(
              bars,
              files.get(InputKind.BAR_OPEN_INTEREST),
              files.get(InputKind.BAR_LIQUIDATION),
              files.get(InputKind.LONG_SHORT_RATIO)));
    }
    return groups;
  }
}
