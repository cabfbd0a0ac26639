package io.liqmap.tools.importer;

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

  /** Groups files by folder and, where a name says them, market and interval. */
  static List<CoinalyzeFiles> group(final List<InputFile> inputs) throws ImportException {
    requireOneMarket(inputs);
    final Map<String, Map<InputKind, InputFile>> groups = new TreeMap<>();
    for (final InputFile input : inputs) {
      final Map<InputKind, InputFile> files =
          groups.computeIfAbsent(CoinalyzeName.group(input.path()), (f) -> new TreeMap<>());
      final InputFile other = files.put(input.kind(), input);
      if (other != null) {
        throw ImportException.in(
            input.path(),
            "is a second file of " + input.kind() + " beside " + other.path(),
            "keep each stretch of time in a folder of its own, or import it into a feed of its own");
      }
    }
    joinToTheOnlyBars(groups);
    final List<CoinalyzeFiles> found = new ArrayList<>();
    for (final Map<InputKind, InputFile> files : groups.values()) {
      final InputFile bars = files.get(InputKind.BARS);
      if (bars == null) {
        throw ImportException.in(
            files.values().iterator().next().path(),
            "no bars (-ohlcv.csv, or t,o,h,l,c,v) of its folder, market and interval are among the files given, and it is joined with bars",
            "add them to the inputs");
      }
      found.add(
          new CoinalyzeFiles(
              bars,
              files.get(InputKind.BAR_OPEN_INTEREST),
              files.get(InputKind.BAR_LIQUIDATION),
              files.get(InputKind.LONG_SHORT_RATIO)));
    }
    return found;
  }

  private static void requireOneMarket(final List<InputFile> inputs) throws ImportException {
    InputFile first = null;
    for (final InputFile input : inputs) {
      if (CoinalyzeName.of(input.path()).code().isEmpty()) {
        continue;
      }
      if (first == null) {
        first = input;
      }
      final CoinalyzeName name = CoinalyzeName.of(input.path());
      final CoinalyzeName other = CoinalyzeName.of(first.path());
      if (!name.code().equals(other.code()) || !name.market().equals(other.market())) {
        throw ImportException.in(
            input.path(),
            "is of another market than " + first.path() + ", by its name",
            "give files of one market, as " + other.market() + "." + other.code());
      }
    }
  }

  /** Files of a kind may be anywhere as long as there is no doubt which bars they belong to. */
  private static void joinToTheOnlyBars(final Map<String, Map<InputKind, InputFile>> groups) {
    Map<InputKind, InputFile> bars = null;
    final Map<InputKind, InputFile> others = new TreeMap<>();
    int files = 0;
    for (final Map<InputKind, InputFile> group : groups.values()) {
      if (group.containsKey(InputKind.BARS)) {
        if (bars != null) {
          return;
        }
        bars = group;
      } else {
        others.putAll(group);
        files += group.size();
      }
    }
    if (bars == null || files == 0 || files != others.size()) {
      return;
    }
    for (final InputKind kind : others.keySet()) {
      if (bars.containsKey(kind)) {
        return;
      }
    }
    bars.putAll(others);
    groups.values().removeIf((group) -> !group.containsKey(InputKind.BARS));
  }
}
