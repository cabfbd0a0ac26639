package io.liqmap.gateway.venue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.ArrayList;
import java.util.List;

/** Definitions for tests: eight decimals of everything. */
final class Contracts {
  private Contracts() {}

  static List<InstrumentDefinition> of(final String venue, final String... symbols) {
    final List<InstrumentDefinition> definitions = new ArrayList<>();
    for (final String symbol : symbols) {
      definitions.add(
          new InstrumentDefinition(
              definitions.size(),
              symbol,
              venue,
              "BASE",
              "QUOTE",
              -8,
              -8,
              ContractKind.LINEAR,
              OpenInterestUnit.BASE,
              OpenInterestSides.ONE,
              1,
              1,
              100_000_000,
              FeedOrigin.NOT_STATED));
    }
    return definitions;
  }
}
