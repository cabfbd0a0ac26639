package io.liqmap.tools.venue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.nio.file.Path;
import java.util.List;

/** Venues for tests. */
final class Venues {
  static final Path FILE =
      Path.of(System.getProperty("liqmap.home", "../..")).resolve("config/laboratory.conf");
  static final long START = 1_767_225_600_000_000_000L;
  static final long HOUR = 3_600_000_000_000L;
  static final BracketTable BRACKETS =
      new BracketTable(
          List.of(
              new Bracket(0, 50_000, 0.004, 0, 125),
              new Bracket(50_000, 600_000, 0.005, 50, 100),
              new Bracket(600_000, 3e6, 0.0065, 950, 75),
              new Bracket(3e6, 12e6, 0.01, 11_450, 50),
              new Bracket(12e6, 70e6, 0.02, 131_450, 25)));

  private Venues() {}

  static InstrumentDefinition definition(final ContractKind kind) {
    return new InstrumentDefinition(
        0,
        "BTCUSDT",
        "SIMULATED",
        "BTC",
        "USDT",
        -2,
        -3,
        kind,
        OpenInterestUnit.BASE,
        OpenInterestSides.ONE,
        10,
        1,
        1_000,
        FeedOrigin.NOT_STATED);
  }

  /** A scenario of the shipped file. */
  static Scenario scenario(final String name) {
    return Scenarios.load(FILE).of(name);
  }

  static SimulatedVenue of(final long seed, final Scenario scenario) {
    return new SimulatedVenue(seed, definition(ContractKind.LINEAR), BRACKETS, START, scenario);
  }

  static SimulatedVenue standard(final long seed) {
    return of(seed, scenario("mixed"));
  }

  /** Moves so much that liquidations come by the minute. */
  static SimulatedVenue wild(final long seed) {
    final Scenario mixed = scenario("mixed");
    return of(
        seed,
        new Scenario(
            "wild",
            mixed.mixture(),
            withVolatility(mixed.price(), 0.15),
            mixed.venue(),
            mixed.forcedPerReported()));
  }

  private static PriceSettings withVolatility(final PriceSettings price, final double volatility) {
    return new PriceSettings(
        price.drift(),
        volatility,
        price.clustering(),
        price.jumpsPerDay(),
        price.jump(),
        price.jumpSpread(),
        price.jumpKept(),
        price.depth(),
        price.depletion(),
        price.impactKept(),
        price.recovery());
  }
}
