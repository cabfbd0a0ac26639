package io.liqmap.tools.answer;

import io.liqmap.engine.core.clusters.MaxPain;
import io.liqmap.engine.core.clusters.Reactions;
import io.liqmap.engine.core.map.MarketState;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.shared.view.Questions;
import io.liqmap.engine.shared.view.StopAdvice;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.shared.view.ViewedMarket;
import io.liqmap.tools.answer.LabelledLines.As;
import io.liqmap.tools.answer.LabelledLines.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a question adds to an answer; a record, whose labelled components become lines. */
public sealed interface QuestionAnswer {
  /** What the answer rests on. */
  String assumption();

  record Nearest(@Label("nearest") ClusterAnswer cluster) implements QuestionAnswer {
    /** Of clusters with a notional of at least that. */
    public static Nearest of(final AskedView asked, final Side side, final double leastNotional) {
      return new Nearest(ClusterAnswer.of(asked, asked.questions().nearest(side, leastNotional)));
    }

    @Override
    public String assumption() {
      return "Distance is from mark to the cluster's near edge.";
    }
  }

  /** The largest clusters near mark. */
  record Largest(@Label("found") long found, List<ClusterAnswer> clusters)
      implements QuestionAnswer {
    /** Up to a number of clusters whose near edges lie within a distance of mark. */
    public static Largest of(final AskedView asked, final double withinBps, final int count) {
      final int[] found = new int[count];
      final int number = asked.questions().largest(withinBps, found);
      return new Largest(
          number,
          Arrays.stream(found, 0, number)
              .mapToObj((cluster) -> ClusterAnswer.of(asked, cluster))
              .toList());
    }

    @Override
    public String assumption() {
      return "By what stands in them now; distance is from mark to the near edge.";
    }
  }

  record Between(
      @Json.Name("long") @Label(value = "long", as = As.NOTIONAL) double longs,
      @Json.Name("short") @Label(value = "short", as = As.NOTIONAL) double shorts)
      implements QuestionAnswer {
    public static Between of(final AskedView asked, final double low, final double high) {
      return new Between(
          asked.questions().between(Side.LONG, low, high),
          asked.questions().between(Side.SHORT, low, high));
    }

    @Override
    public String assumption() {
      return "Inside a bucket in proportion to the logarithm of price.";
    }
  }

  record Cumulative(List<Level> levels) implements QuestionAnswer {
    record Level(
        @Label(value = "to", as = As.PRICE) double price,
        @Label("side") String side,
        @Label(value = "notional", as = As.NOTIONAL) double notional) {}

    public static Cumulative of(final AskedView asked, final double[] prices) {
      final double[] notionals = new double[prices.length];
      asked.questions().cumulative(prices, notionals);
      final List<Level> levels = new ArrayList<>();
      for (int i = 0; i < prices.length; i++) {
        final Side side = prices[i] < asked.reader().markPrice() ? Side.LONG : Side.SHORT;
        levels.add(new Level(prices[i], Format.lower(side), notionals[i]));
      }
      return new Cumulative(levels);
    }

    @Override
    public String assumption() {
      return "Longs on the way down, shorts on the way up; what stands now, nothing opened on"
          + " the way.";
    }
  }

  record Reach(@Label(value = "price", as = As.PRICE) double price) implements QuestionAnswer {
    /** Of a side, from mark on. */
    public static Reach of(final AskedView asked, final Side side, final double notional) {
      return new Reach(asked.questions().priceAt(side, notional));
    }

    @Override
    public String assumption() {
      return "None where less than that stands on the side.";
    }
  }

  record Imbalance(
      @Label("imbalance") double imbalance,
      @Json.Name("long") @Label(value = "long", as = As.NOTIONAL) double longs,
      @Json.Name("short") @Label(value = "short", as = As.NOTIONAL) double shorts)
      implements QuestionAnswer {
    public static Imbalance of(final AskedView asked, final double withinBps) {
      final double mark = asked.reader().markPrice();
      final Questions questions = asked.questions();
      return new Imbalance(
          questions.imbalance(withinBps),
          questions.between(Side.LONG, mark * (1 - withinBps / 10_000), mark),
          questions.between(Side.SHORT, mark, mark * (1 + withinBps / 10_000)));
    }

    @Override
    public String assumption() {
      return "(long - short) / (long + short): above 0 more would be sold below than bought above.";
    }
  }

  /** How far a shock carries. */
  record Cascade(
      @Label("side") String side,
      @Label(value = "shock to", as = As.PRICE) double shockPrice,
      @Label(value = "reaches", as = As.PRICE) double reachPrice,
      @Label(value = "sweeps", as = As.NOTIONAL) double notional,
      @Label("rounds") long rounds,
      @Label("impact") double impactPerMillion,
      @Label("cut short") boolean isCutShort,
      @Json.TextOnly String assumption)
      implements QuestionAnswer {
    /** Of a shock, below 0 down and above 0 up. */
    public static Cascade of(final AskedView asked, final double shockBps) {
      final io.liqmap.engine.shared.view.Cascade cascade =
          new io.liqmap.engine.shared.view.Cascade();
      asked.questions().cascade(shockBps, cascade);
      final long bars = asked.clusters().measuredBars();
      return new Cascade(
          Format.lower(cascade.side()),
          cascade.shockPrice(),
          cascade.reachPrice(),
          cascade.notional(),
          cascade.rounds(),
          cascade.impact() * 1e6,
          cascade.isCutShort(),
          "Impact on the logarithm of price is linear in notional, estimated from trades by "
              + (bars > 0 ? "bars of " + Format.barLength(bars) : "the minute")
              + " (per million above); while it is unknown, none is assumed.");
    }
  }

  /** Where a stop has the least liquidations around it. */
  record Stop(
      @Label(value = "stop at", as = As.PRICE) double price,
      @Label(value = "around it", as = As.NOTIONAL) double notionalAround,
      @Label(value = "from mark", as = As.SIGMAS) double distanceSigmas,
      @Label(value = "loses", as = As.BPS) double lossBps,
      @Label(value = "quietest at", as = As.PRICE) double quietestPrice,
      @Label(value = "around that", as = As.NOTIONAL) double quietestNotionalAround,
      @Label(value = "from mark", as = As.SIGMAS) double quietestDistanceSigmas,
      @Label(value = "instead of", as = As.PRICE) double ownPrice,
      @Label(value = "around that", as = As.NOTIONAL) double ownNotionalAround,
      @Label(value = "from mark", as = As.SIGMAS) double ownDistanceSigmas,
      @Label(value = "which loses", as = As.BPS) double ownLossBps,
      @Label(value = "costs more", as = As.BPS) double costBps,
      @Label(value = "range's mean", as = As.NOTIONAL) double meanNotionalAround,
      @Label("noise, σ") double noiseSigmas,
      @Label("within, s") long horizonSeconds,
      @Label(value = "that is", as = As.BPS) double noiseBps,
      @Label("avoid") ClusterAnswer avoid,
      @Json.TextOnly String assumption)
      implements QuestionAnswer {
    public static Stop of(final AskedView asked, final StopQuestion stop) {
      final Questions questions = asked.questions();
      final long horizon = stop.horizonNanos();
      final double sigma =
          asked.reader().volatility() * Math.sqrt((double) horizon / AskedView.HOUR);
      final double noise = stop.noiseSigmas() * sigma;
      final StopAdvice advice = new StopAdvice();
      questions.stop(
          stop.side(),
          stop.entry(),
          stop.low(),
          stop.high(),
          stop.own(),
          stop.aroundBps(),
          noise,
          advice);
      return new Stop(
          advice.price(),
          advice.around(),
          questions.sigmas(advice.price(), horizon),
          advice.lossBps(),
          advice.quietestPrice(),
          advice.quietestAround(),
          questions.sigmas(advice.quietestPrice(), horizon),
          advice.ownPrice(),
          advice.ownAround(),
          questions.sigmas(advice.ownPrice(), horizon),
          advice.ownLossBps(),
          advice.lossBps() - advice.ownLossBps(),
          advice.meanAround(),
          stop.noiseSigmas(),
          horizon / 1_000_000_000L,
          noise * 1e4,
          ClusterAnswer.of(asked, advice.avoid()),
          "Liquidations of both sides within "
              + Format.plain(stop.aroundBps())
              + " bp of each bucket's centre; of equal ones the one nearer to mark. "
              + noiseRule(stop, noise, Double.isNaN(advice.price())));
    }

    private static String noiseRule(
        final StopQuestion stop, final double noise, final boolean isNone) {
      if (stop.noiseSigmas() == 0) {
        return "Distance from mark isn't weighed.";
      }
      if (Double.isNaN(noise)) {
        return "Volatility is unknown as of then, so distance from mark isn't weighed.";
      }
      return String.format(
          Locale.ROOT,
          "A stop nearer to mark than %s standard deviations over %s (%.0f bp) is within the noise,"
              + " and isn't advised%s.",
          Format.plain(stop.noiseSigmas()),
          Format.duration(stop.horizonNanos()),
          noise * 1e4,
          isNone ? ": all of the range is; lay it farther away" : "");
    }
  }

  record MostPain(
      @Label(value = "max pain", as = As.PRICE) double price,
      @Label(value = "around it", as = As.NOTIONAL) double notional,
      @Label(value = "of longs", as = As.PRICE) double longPrice,
      @Label(value = "around it", as = As.NOTIONAL) double longNotional,
      @Label(value = "of shorts", as = As.PRICE) double shortPrice,
      @Label(value = "around it", as = As.NOTIONAL) double shortNotional,
      @Label("within, bp") double aroundBps)
      implements QuestionAnswer {
    /** Of both sides together, and of each. */
    public static MostPain of(final AskedView asked) {
      final ViewReader view = asked.reader();
      return new MostPain(
          view.maxPain(),
          view.maxPainNotional(),
          view.maxPain(Side.LONG),
          view.maxPainNotional(Side.LONG),
          view.maxPain(Side.SHORT),
          view.maxPainNotional(Side.SHORT),
          MaxPain.AROUND_BPS);
    }

    @Override
    public String assumption() {
      return "Max pain is where most stands within "
          + Format.plain(MaxPain.AROUND_BPS)
          + " bp of a price: what would be liquidated around it, not on the way to it.";
    }
  }

  /** Funding, basis, accounts, and what has changed within some lengths of time. */
  record Market(
      @Json.TextOnly @Label(value = "last funding", as = As.RATE) double settledRate,
      @Json.TextOnly @Label("  paid") String settledTime,
      @Json.TextOnly @Label(value = "predicted", as = As.RATE) double rate,
      @Json.TextOnly @Label("  as of") String said,
      @Json.TextOnly @Label("  due") String nextTime,
      @Json.TextOnly @Label("  every") String interval,
      @Json.TextOnly @Label(value = "basis", as = As.BPS) double basis,
      @Json.TextOnly @Label(value = "  mean of 1h", as = As.BPS) double meanBasis,
      @Json.TextOnly @Label("  as of") String basisTime,
      @Json.TextOnly @Label("long : short") double accountRatio,
      @Json.TextOnly @Label("  as of") String accountRatioTime,
      @Json.TextOnly @Label("open interest") String openInterestTime,
      @Json.TextOnly List<Window> windows)
      implements QuestionAnswer {
    record Window(
        @Label("window") String length,
        @Label("  since") String since,
        @Label(value = "  change", as = As.RATE) double change,
        @Label(value = "  in money", as = As.NOTIONAL) double move,
        @Label("  taker flow") double flow,
        @Label(value = "  in money", as = As.NOTIONAL) double net) {}

    public static Market of(final AskedView asked) {
      final ViewedMarket market = asked.reader().market();
      final List<Window> windows = new ArrayList<>();
      for (int window = 0; window < ViewedMarket.WINDOWS; window++) {
        windows.add(
            new Window(
                MarketState.label(window),
                time(market.since(window)),
                market.openInterestChange(window),
                market.openInterestMove(window),
                market.takerFlow(window),
                market.takerNet(window)));
      }
      final long interval = market.fundingIntervalNanos();
      return new Market(
          market.settledFundingRate(),
          time(market.settledFundingTime()),
          market.fundingRate(),
          time(market.fundingTime()),
          time(market.nextFundingTime()),
          interval == 0 ? Format.UNKNOWN : Format.duration(interval),
          market.basisBps(),
          market.meanBasisBps(),
          time(market.basisTime()),
          market.accountRatio(),
          time(market.accountRatioTime()),
          time(market.openInterestTime()),
          windows);
    }

    private static String time(final long nanos) {
      return nanos == 0 ? Format.UNKNOWN : Format.time(nanos);
    }

    @Override
    public String assumption() {
      return "A rate is a share of the notional that longs pay shorts for one interval; a predicted"
          + " one may change until it is paid. Amounts are at the mark price of the last open"
          + " interest; flow is what takers bought less what they sold over both.";
    }
  }

  record Touch(
      @Label(value = "probability", as = As.SHARE) double probability,
      @Label("volatility") double volatilityPerHour)
      implements QuestionAnswer {
    public static Touch of(final AskedView asked, final double price, final long horizonNanos) {
      return new Touch(
          asked.questions().touchProbability(price, horizonNanos), asked.reader().volatility());
    }

    @Override
    public String assumption() {
      return "If the logarithm of price were a Brownian motion without drift that keeps the"
          + " realised volatility (standard deviation over an hour, above): no forecast,"
          + " and none of direction.";
    }
  }

  /** What price did after mark had cleared clusters. */
  record AfterClearing(List<Reaction> reactions, @Json.TextOnly String assumption)
      implements QuestionAnswer {
    record Reaction(
        @Json.TextOnly @Label("cleared") String cleared,
        String side,
        long horizonSeconds,
        @Label("  times") Long count,
        @Label("  went on") Long continuations,
        @Label("  came back") Long reversals,
        @Label(value = "  mean move", as = As.BPS) double meanBps) {}

    public static AfterClearing of(final AskedView asked) {
      final Reactions reactions = asked.clusters().reactions();
      final List<Reaction> all = new ArrayList<>();
      for (final Side side : Side.values()) {
        for (int horizon = 0; horizon < reactions.horizons(); horizon++) {
          all.add(reaction(reactions, side, horizon));
        }
      }
      return new AfterClearing(
          all,
          "Moves from mark at clearing, above 0 in the direction of the sweep. Frequencies of the"
              + " past, with their counts"
              + (asked.clusters().barNanos() > 0
                  ? "; unknown where the time is shorter than a bar of prices."
                  : "."));
    }

    private static Reaction reaction(
        final Reactions reactions, final Side side, final int horizon) {
      final long nanos = reactions.horizonNanos(horizon);
      final boolean isKnown = reactions.isKnown(horizon);
      return new Reaction(
          Format.lower(side) + " clusters, " + Format.duration(nanos) + " later",
          Format.lower(side),
          nanos / 1_000_000_000L,
          isKnown ? reactions.count(side, horizon) : null,
          isKnown ? reactions.continuations(side, horizon) : null,
          isKnown ? reactions.reversals(side, horizon) : null,
          isKnown ? reactions.meanBps(side, horizon) : Double.NaN);
    }
  }
}
