package io.liqmap.tools.answer;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.settings.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the instrument that an option names: {@code venue:symbol}, or a symbol of one venue. */
public final class InstrumentChoice {
  private static final int SHOWN = 12;

  private InstrumentChoice() {}

  /**
   * Finds one among those that are known.
   *
   * @param option that names it
   * @param where what goes between the name and those that are known, such as ": the journal has"
   * @throws IllegalArgumentException if none or several have the name, with what to write
   */
  public static <T> T of(
      final String option,
      final String word,
      final List<T> known,
      final Function<T, InstrumentName> name,
      final String where) {
    final List<T> found = InstrumentName.matching(word, known, name);
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          option
              + " "
              + word
              + ": several venues have it; name one of "
              + found.stream()
                  .map((one) -> name.apply(one).toString())
                  .collect(Collectors.joining(", ")));
    }
    final List<InstrumentName> names = known.stream().map(name).toList();
    final String near = nearest(word, names);
    throw new IllegalArgumentException(
        option
            + " "
            + word
            + where
            + " "
            + list(names)
            + (near.isEmpty() ? "" : "; did you mean " + near + "?"));
  }

  /** Finds a map of a journal. */
  public static InstrumentMap of(
      final String word, final List<InstrumentMap> maps, final String where) {
    return of("--symbol", word, maps, (map) -> map.instrument().name(), where);
  }

  /** The names of several, as few words as tell them apart. */
  public static String list(final List<InstrumentName> names) {
    if (names.isEmpty()) {
      return "no instrument";
    }
    return names.stream()
            .limit(SHOWN)
            .map((name) -> name.among(names))
            .collect(Collectors.joining(", "))
        + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
  }

  private static String nearest(final String word, final List<InstrumentName> names) {
    final List<String> words = new ArrayList<>();
    names.forEach((name) -> words.add(name.among(names)));
    names.forEach((name) -> words.add(name.toString()));
    return Spelling.nearest(word, words);
  }
}
