package io.liqmap.engine.support;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;

/** Definitions of instruments. */
public final class TestInstruments {
  private TestInstruments() {}

  /** A linear contract of one coin, with two digits of price and three of quantity. */
  public static InstrumentDefinition linear(
      final int id,
      final String symbol,
      final String venue,
      final String base,
      final String quote,
      final long tickSize) {
    return new InstrumentDefinition(
        id,
        symbol,
        venue,
        base,
        quote,
        -2,
        -3,
        ContractKind.LINEAR,
        OpenInterestUnit.BASE,
        OpenInterestSides.ONE,
        tickSize,
        1,
        1_000,
        FeedOrigin.NOT_STATED);
  }
}
