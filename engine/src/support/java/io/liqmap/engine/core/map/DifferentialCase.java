package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Brackets;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LearningMode;
import io.liqmap.engine.core.model.LearningSettings;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.ProfileTier;
import io.liqmap.engine.core.model.SkewSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Settings, a market and the faults of its feed, all drawn from one seed. */
final class DifferentialCase {
  private static final long MINUTE = 60_000_000_000L;
  private static final double[] RESOLUTIONS = {1, 2, 5, 10, 20, 50};
  private static final double[] LEVERAGES = {2, 3, 5, 10, 20, 25, 50, 75, 100, 125};
  private static final int[] STRETCHES = {1, 1, 30, 4_000};

  final long seed;
  final boolean isInverse;
  final MapSettings settings;
  final CorruptedFeed feed;
  private final SplittableRandom random;

  DifferentialCase(final long seed) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    isInverse = random.nextInt(3) == 0;
    settings = settings();
    final double volatility = StrictMath.pow(10, -4.3 + 2 * random.nextDouble());
    final RandomMarket market =
        new RandomMarket(
            random.nextLong(),
            volatility,
            random.nextInt(8, 120),
            STRETCHES[random.nextInt(STRETCHES.length)]);
    final List<Corruption> corruptions = new ArrayList<>(Corruption.all());
    final int kept = random.nextInt(corruptions.size() + 1);
    while (corruptions.size() > kept) {
      corruptions.remove(random.nextInt(corruptions.size()));
    }
    feed =
        new CorruptedFeed(
            market::next, isInverse, corruptions, random.nextInt(2, 60), random.split());
  }

  private MapSettings settings() {
    final ModelSettings[] models = new ModelSettings[random.nextInt(1, 4)];
    for (int model = 0; model < models.length; model++) {
      models[model] = model(model);
    }
    final double resolution = RESOLUTIONS[random.nextInt(RESOLUTIONS.length)];
    final MapSettings drawn = TestSettings.of(resolution, brackets(), models);
    return isInverse && random.nextBoolean()
        ? TestSettings.withOwnBrackets(drawn, Brackets.inCoin())
        : drawn;
  }

  private Dated<BracketTable> brackets() {
    return switch (random.nextInt(4)) {
      case 0 -> TestSettings.changing(Brackets.btcusdt2021(), Brackets.btcusdt2024());
      case 1 -> TestSettings.changing(Brackets.btcusdt2024(), Brackets.solusdt2024());
      default -> TestSettings.undated();
    };
  }

  private ModelSettings model(final int number) {
    final double tradeNotional = isInverse ? 1 : 6e6;
    final boolean isByDistance = random.nextInt(3) == 0;
    return new ModelSettings(
        "model " + number,
        1 + random.nextInt(3),
        isByDistance ? distances() : profile(),
        isByDistance ? learning() : LearningSettings.OFF,
        random.nextInt(4) == 0 ? Maintenance.NONE : Maintenance.VENUE,
        new EntrySettings(part(), part(), random.nextInt(3) == 0 ? 20 * tradeNotional : 0),
        new ExitSettings(
            random.nextBoolean() ? 0 : MINUTE * random.nextInt(1, 1_000),
            random.nextBoolean() ? 0 : random.nextInt(1, 500)),
        random.nextBoolean()
            ? SkewSettings.NONE
            : new SkewSettings(weights(), weights(), weights()));
  }

  private LearningSettings learning() {
    final LearningMode[] modes = LearningMode.values();
    return new LearningSettings(
        modes[random.nextInt(modes.length)],
        .01 + random.nextDouble(),
        MINUTE * random.nextInt(60, 10_000));
  }

  /** Ranges of distances, with shares of their own on each side, some of none. */
  private List<ProfileTier> distances() {
    final int tiers = random.nextInt(1, 8);
    final double[] longs = shares(tiers);
    final double[] shorts = shares(tiers);
    final List<ProfileTier> profile = new ArrayList<>();
    double from = .002 + .02 * random.nextDouble();
    for (int tier = 0; tier < tiers; tier++) {
      final double to = from * (1.05 + random.nextDouble());
      profile.add(new DistanceTier(from, to, longs[tier], shorts[tier]));
      from = to;
    }
    return profile;
  }

  /** Add up to less than one, mostly. */
  private double[] shares(final int tiers) {
    final double[] shares = new double[tiers];
    final double reach = .95 * (random.nextInt(4) == 0 ? 1 : random.nextDouble());
    double sum = 0;
    for (int tier = 0; tier < tiers; tier++) {
      shares[tier] = random.nextInt(4) == 0 ? 0 : .05 + random.nextDouble();
      sum += shares[tier];
    }
    for (int tier = 0; tier < tiers; tier++) {
      shares[tier] *= sum > 0 ? reach / sum : 0;
    }
    return shares;
  }

  private List<ProfileTier> profile() {
    final List<Double> leverages = new ArrayList<>();
    for (final double leverage : LEVERAGES) {
      if (random.nextInt(3) == 0) {
        leverages.add(leverage);
      }
    }
    if (leverages.isEmpty()) {
      leverages.add(10.0);
    }
    final double[] weights = new double[leverages.size()];
    double sum = 0;
    for (int tier = 0; tier < weights.length; tier++) {
      weights[tier] = .05 + random.nextDouble();
      sum += weights[tier];
    }
    final List<ProfileTier> tiers = new ArrayList<>();
    for (int tier = 0; tier < weights.length; tier++) {
      final double notional = isInverse ? 1 + random.nextInt(100) : 1e4 * random.nextInt(1, 200);
      tiers.add(TestSettings.tier(leverages.get(tier), weights[tier] / sum, notional));
    }
    return tiers;
  }

  private SkewSettings.Weights weights() {
    return new SkewSettings.Weights(2 * random.nextDouble() - 1, random.nextDouble() - .5);
  }

  /** None, all, or something between. */
  private double part() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> 1;
      default -> random.nextDouble();
    };
  }

  @Override
  public String toString() {
    return "seed " + seed + ", " + (isInverse ? "inverse, " : "linear, ") + settings;
  }
}
