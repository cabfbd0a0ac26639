package io.liqmap.tools.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a link to the page chooses. Immutable. */
record Link(Map<String, String> choices) {
  private static final List<String> OF_THE_MAP = List.of("instrument", "model", "window", "at");

  /** The first instrument and model of a {@link PageMarket}, all positions, now. */
  static final Link DEFAULT =
      new Link(new LinkedHashMap<>())
          .with("instrument", PageMarket.FIRST)
          .with("model", "blend")
          .with("window", "all");

  Link with(final String key, final Object value) {
    final Map<String, String> more = new LinkedHashMap<>(choices);
    more.put(key, String.valueOf(value));
    return new Link(more);
  }

  /** Behind the {@code #} of an address. */
  String hash() {
    return choices.entrySet().stream()
        .map((choice) -> choice.getKey() + "=" + choice.getValue())
        .collect(Collectors.joining("&"));
  }

  /** As the page says what its figures are of. */
  String shown() {
    return OF_THE_MAP.stream()
        .map((key) -> choices.getOrDefault(key, ""))
        .collect(Collectors.joining(" "))
        .strip();
  }
}
