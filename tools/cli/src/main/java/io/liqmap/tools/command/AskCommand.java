package io.liqmap.tools.command;

import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.clusters.MaxPain;
import io.liqmap.engine.core.clusters.Reactions;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.shared.view.Cascade;
import io.liqmap.engine.shared.view.Questions;
import io.liqmap.engine.shared.view.StopAdvice;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.shared.view.ViewSettings;
import io.liqmap.engine.shared.view.ViewWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.DoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.Unmatched;

/** {@code liqmap ask}: the questions that an execution system puts to the view, from a journal. */
@Command(
    name = "ask",
    description = {
      "Puts a question to the view as of a moment: what an execution system was told then.",
      "An estimate under the model that answers, never a forecast."
    })
public final class AskCommand implements Callable<Integer> {
  static final long HOUR = 3_600_000_000_000L;

  /** Wide enough for any map: a factor of some thousand either way at 5 bp. */
  private static final int BUCKETS = 1 << 14;

  private static final int CLUSTERS = 64;

  /** Beyond it a price or a notional is a slip of the keys. */
  private static final double MOST = 1e15;

  private static final int LEVERAGES = 64;
  private static final double MOST_SIGMAS = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--journal",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Folder of the journal.")
  private Path journal;

  @Option(
      names = "--symbol",
      scope = ScopeType.INHERIT,
      paramLabel = "S",
      description = "Instrument (default: the only one).")
  private String symbol;

  @Option(
      names = "--at",
      scope = ScopeType.INHERIT,
      paramLabel = "TIME|SEQ",
      converter = Moment.Converter.class,
      description = "Moment, its own events included (default: the end).")
  private Moment at;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the answer as JSON.")
  private boolean json;

  /** Words that are no question of ours: kept, so that an error can list those that are. */
  @Unmatched private List<String> unknown = new ArrayList<>();

  @Override
  public Integer call() {
    final String known = String.join(", ", spec.subcommands().keySet());
    throw wrong(
        unknown.isEmpty()
            ? "name a question: " + known
            : "'" + unknown.get(0) + "' is no question; ask one of " + known);
  }

  /** An error in what was typed, with the usage of the question that it belongs to. */
  private ParameterException wrong(final String message) {
    final ParseResult asked = spec.commandLine().getParseResult();
    return new ParameterException(
        asked.hasSubcommand() ? asked.subcommand().commandSpec().commandLine() : spec.commandLine(),
        message);
  }

  /** A question, once there is a view to ask. */
  @FunctionalInterface
  private interface Question {
    /**
     * Answers.
     *
     * @return what the answer rests on
     */
    String answer(ViewReader view, Questions questions, ClusterTracker levels, AskAnswer to)
        throws IOException;
  }

  private int ask(final String name, final Question question) throws IOException {
    return ask(name, (mark) -> {}, question);
  }

  /**
   * Asks a question.
   *
   * @param check refuses what makes no sense at a mark price
   */
  private int ask(final String name, final DoubleConsumer check, final Question question)
      throws IOException {
    // Who keeps unknown words has them kept for the questions too.
    final List<String> words = new ArrayList<>(unknown);
    words.addAll(spec.commandLine().getParseResult().subcommand().unmatched());
    if (!words.isEmpty()) {
      throw wrong("Unknown option or word: '" + words.get(0) + "'");
    }
    if (journal == null) {
      throw wrong("Missing required option: '--journal=DIR'");
    }
    try (JournalReplay opened = JournalReplay.open(journal)) {
      final Replay replay = opened.replay();
      opened.fromSnapshot(replay, spec, "--at", at);
      final MapWriter writer = replay.map();
      final InstrumentMap map = chosen(writer.maps());
      check.accept(map.markPrice() * map.instrument().priceUnit());
      final ClusterTracker levels = writer.levels(map.instrument().id());
      final ViewSettings settings =
          new ViewSettings(1, BUCKETS, CLUSTERS, LEVERAGES, map.settings().resolutionBps());
      try (ViewMemory memory = ViewMemory.inProcess(settings)) {
        new ViewWriter(memory, 0, map, levels)
            .publish(
                writer.sequence(),
                writer.time(),
                levels.quality(),
                writer.missing(),
                writer.rejected(),
                true);
        final ViewReader view = new ViewReader(memory, 0);
        view.refresh();
        final Questions questions = new Questions(view);
        final AskAnswer answer =
            new AskAnswer(
                view, questions, map.instrument().quoteAsset(), spec.commandLine().getOut(), json);
        answer.begin(name, map, writer, writer.time(), PricePath.of(writer, map.instrument().id()));
        answer.end(question.answer(view, questions, levels, answer));
      }
      return ExitCodes.DONE;
    }
  }

  private InstrumentMap chosen(final LiquidationMaps maps) {
    final List<String> known = new ArrayList<>();
    InstrumentMap only = null;
    for (int id = 0; id < maps.capacity(); id++) {
      if (maps.of(id) != null) {
        known.add(maps.of(id).instrument().symbol());
        only = maps.of(id);
      }
    }
    final InstrumentMap map = symbol == null ? only : maps.of(symbol);
    if (map == null && symbol != null) {
      throw wrong(
          "--symbol "
              + symbol
              + ": as of then the journal has "
              + (known.isEmpty() ? "no instrument" : String.join(", ", known)));
    }
    if (map == null) {
      throw wrong("as of then the journal has no instrument: ask about a later moment");
    }
    if (symbol == null && known.size() > 1) {
      throw wrong("name one instrument with --symbol: " + String.join(", ", known));
    }
    if (map.markPrice() == 0) {
      throw wrong(map.instrument().symbol() + " has no price as of then: ask about a later moment");
    }
    return map;
  }

  private void positive(final String option, final double value) {
    if (!(value > 0 && value <= MOST)) {
      throw wrong(option + " has to be above 0, at most 1e15, was " + value);
    }
  }

  private void requireRange(final double low, final double high) {
    positive("--low", low);
    positive("--high", high);
    if (low > high) {
      throw wrong("--low " + low + " is above --high " + high + ": turn them round");
    }
  }

  /** The nearest cluster of a side. */
  @Command(
      name = "nearest",
      description = "The cluster nearest to mark: of longs below it, of shorts above it.")
  int nearest(
      @Option(
              names = "--side",
              required = true,
              paramLabel = "long|short",
              description = "Side of the positions.")
          final Side side,
      @Option(
              names = "--min-notional",
              defaultValue = "0",
              paramLabel = "X",
              description = "Only clusters with as much (default: ${DEFAULT-VALUE}).")
          final double least)
      throws IOException {
    if (!(least >= 0 && least <= MOST)) {
      throw wrong("--min-notional has to be 0 to 1e15, was " + least);
    }
    return ask(
        "nearest",
        (view, questions, levels, to) -> {
          to.cluster("cluster", "nearest", questions.nearest(side, least));
          return "Distance is from mark to the cluster's near edge.";
        });
  }

  /** The largest clusters near mark. */
  @Command(name = "largest", description = "The largest clusters near mark, of both sides.")
  int largest(
      @Option(
              names = "--n",
              defaultValue = "5",
              paramLabel = "N",
              description = "How many at most, 1 to 64 (default: ${DEFAULT-VALUE}).")
          final int count,
      @Option(
              names = "--within-bps",
              defaultValue = "1000",
              paramLabel = "BPS",
              description =
                  "How far from mark their near edges lie at most (default: ${DEFAULT-VALUE}).")
          final double within)
      throws IOException {
    positive("--within-bps", within);
    if (count < 1 || count > CLUSTERS) {
      throw wrong("--n has to be 1 to " + CLUSTERS + ", was " + count);
    }
    return ask(
        "largest",
        (view, questions, levels, to) -> {
          final int[] found = new int[count];
          final int number = questions.largest(within, found);
          to.count("found", "found", number);
          to.beginList("clusters");
          for (int i = 0; i < number; i++) {
            to.cluster("", found[i]);
          }
          to.endList();
          return "By what stands in them now; distance is from mark to the near edge.";
        });
  }

  /** What stands between two prices. */
  @Command(name = "between", description = "What stands between two prices, by side.")
  int between(
      @Option(names = "--low", required = true, paramLabel = "P", description = "Lower price.")
          final double low,
      @Option(names = "--high", required = true, paramLabel = "P", description = "Higher price.")
          final double high)
      throws IOException {
    requireRange(low, high);
    return ask(
        "between",
        (view, questions, levels, to) -> {
          to.notional("long", "long", questions.between(Side.LONG, low, high));
          to.notional("short", "short", questions.between(Side.SHORT, low, high));
          return "Inside a bucket in proportion to the logarithm of price.";
        });
  }

  /** What stands between mark and prices. */
  @Command(
      name = "cumulative",
      description = "What would be liquidated if mark went straight to a price, or to several.")
  int cumulative(
      @Option(
              names = "--to",
              required = true,
              arity = "1..*",
              split = ",",
              paramLabel = "P",
              description = "Prices.")
          final double[] prices)
      throws IOException {
    for (final double price : prices) {
      positive("--to", price);
    }
    return ask(
        "cumulative",
        (view, questions, levels, to) -> {
          final double[] notionals = new double[prices.length];
          questions.cumulative(prices, notionals);
          to.beginList("levels");
          for (int i = 0; i < prices.length; i++) {
            to.beginItem();
            to.price("price", "to", prices[i]);
            to.words("side", "side", prices[i] < view.markPrice() ? "long" : "short");
            to.notional("notional", "notional", notionals[i]);
            to.endItem();
          }
          to.endList();
          return "Longs on the way down, shorts on the way up; what stands now, nothing opened on"
              + " the way.";
        });
  }

  /** Where a notional is reached. */
  @Command(
      name = "reach",
      description = "The price at which what would be liquidated from mark on reaches a notional.")
  int reach(
      @Option(
              names = "--side",
              required = true,
              paramLabel = "long|short",
              description = "Side of the positions.")
          final Side side,
      @Option(names = "--notional", required = true, paramLabel = "X", description = "Notional.")
          final double notional)
      throws IOException {
    positive("--notional", notional);
    return ask(
        "reach",
        (view, questions, levels, to) -> {
          to.price("price", "price", questions.priceAt(side, notional));
          return "None where less than that stands on the side.";
        });
  }

  /** Longs against shorts. */
  @Command(name = "imbalance", description = "Longs against shorts near mark, -1 to 1.")
  int imbalance(
      @Option(
              names = "--within-bps",
              defaultValue = "500",
              paramLabel = "BPS",
              description = "How far from mark, below 10000 (default: ${DEFAULT-VALUE}).")
          final double within)
      throws IOException {
    if (!(within > 0 && within < 10_000)) {
      throw wrong("--within-bps has to be above 0 and below 10000, was " + within);
    }
    return ask(
        "imbalance",
        (view, questions, levels, to) -> {
          final double mark = view.markPrice();
          to.figure("imbalance", "imbalance", questions.imbalance(within));
          to.notional(
              "long", "long", questions.between(Side.LONG, mark * (1 - within / 10_000), mark));
          to.notional(
              "short", "short", questions.between(Side.SHORT, mark, mark * (1 + within / 10_000)));
          return "(long - short) / (long + short): above 0 more would be sold below than bought"
              + " above.";
        });
  }

  /** How far a shock carries. */
  @Command(
      name = "cascade",
      description = "How far a price shock carries when what it sweeps moves price farther.")
  int cascade(
      @Option(
              names = "--shock-bps",
              required = true,
              paramLabel = "BPS",
              description =
                  "Share of mark: below 0 down, into the longs; above 0 up, into the shorts.")
          final double shock)
      throws IOException {
    if (!(shock >= -9_999 && shock <= 100_000 && shock != 0)) {
      throw wrong("--shock-bps has to be -9999 to 100000 and not 0, was " + shock);
    }
    return ask(
        "cascade",
        (view, questions, levels, to) -> {
          final Cascade cascade = new Cascade();
          questions.cascade(shock, cascade);
          to.words("side", "side", MapJson.name(cascade.side()));
          to.price("shockPrice", "shock to", cascade.shockPrice());
          to.price("reachPrice", "reaches", cascade.reachPrice());
          to.notional("notional", "sweeps", cascade.notional());
          to.count("rounds", "rounds", cascade.rounds());
          to.figure("impactPerMillion", "impact", cascade.impact() * 1e6);
          to.flag("isCutShort", "cut short", cascade.isCutShort());
          return "Impact on the logarithm of price is linear in notional, estimated from trades by "
              + (levels.measuredBars() > 0
                  ? "bars of " + OriginText.duration(levels.measuredBars())
                  : "the minute")
              + " (per million above); while it is unknown, none is assumed.";
        });
  }

  /** Where a stop lies best. */
  @Command(
      name = "stop",
      description = "Where in a range a stop has the least liquidations around it.")
  int stop(
      @Option(
              names = "--side",
              required = true,
              paramLabel = "long|short",
              description = "Side of the position that it closes.")
          final Side side,
      @Option(names = "--entry", required = true, paramLabel = "P", description = "Its entry.")
          final double entry,
      @Option(names = "--low", required = true, paramLabel = "P", description = "Lowest price.")
          final double low,
      @Option(names = "--high", required = true, paramLabel = "P", description = "Highest price.")
          final double high,
      @Option(
              names = "--own",
              paramLabel = "P",
              description = "A stop to compare with (default: the end that loses less).")
          final Double own,
      @Option(
              names = "--around-bps",
              defaultValue = "15",
              paramLabel = "BPS",
              description = "What counts as around it (default: ${DEFAULT-VALUE}).")
          final double around,
      @Option(
              names = "--noise-sigmas",
              defaultValue = "2",
              paramLabel = "K",
              description =
                  "A stop nearer to mark than so many standard deviations of the price over"
                      + " --horizon is none; 0 for no such rule (default: ${DEFAULT-VALUE}).")
          final double noise,
      @Option(
              names = "--horizon",
              defaultValue = "1h",
              paramLabel = "30m|4h|1d",
              converter = Horizon.class,
              description = "Time over which price is taken to move (default: ${DEFAULT-VALUE}).")
          final Long horizon)
      throws IOException {
    positive("--entry", entry);
    requireRange(low, high);
    if (own != null) {
      positive("--own", own);
    }
    if (!(around > 0 && around < 10_000)) {
      throw wrong("--around-bps has to be above 0 and below 10000, was " + around);
    }
    if (!(noise >= 0 && noise <= MOST_SIGMAS)) {
      throw wrong("--noise-sigmas has to be 0 to 100, was " + noise);
    }
    return ask(
        "stop",
        (mark) -> {
          requireLosingSide("--low", side, low, mark);
          requireLosingSide("--high", side, high, mark);
          if (own != null) {
            requireLosingSide("--own", side, own, mark);
          }
        },
        (view, questions, levels, to) -> {
          final StopAdvice advice = new StopAdvice();
          final double sigma = view.volatility() * Math.sqrt((double) horizon / HOUR);
          questions.stop(
              side,
              entry,
              low,
              high,
              own == null ? Double.NaN : own,
              around,
              noise * sigma,
              advice);
          to.price("price", "stop at", advice.price());
          to.notional("notionalAround", "around it", advice.around());
          to.sigmas("distanceSigmas", "from mark", questions.sigmas(advice.price(), horizon));
          to.bps("lossBps", "loses", advice.lossBps());
          to.price("quietestPrice", "quietest at", advice.quietestPrice());
          to.notional("quietestNotionalAround", "around that", advice.quietestAround());
          to.sigmas(
              "quietestDistanceSigmas",
              "from mark",
              questions.sigmas(advice.quietestPrice(), horizon));
          to.price("ownPrice", "instead of", advice.ownPrice());
          to.notional("ownNotionalAround", "around that", advice.ownAround());
          to.sigmas("ownDistanceSigmas", "from mark", questions.sigmas(advice.ownPrice(), horizon));
          to.bps("ownLossBps", "which loses", advice.ownLossBps());
          to.bps("costBps", "costs more", advice.lossBps() - advice.ownLossBps());
          to.notional("meanNotionalAround", "range's mean", advice.meanAround());
          to.figure("noiseSigmas", "noise, σ", noise);
          to.count("horizonSeconds", "within, s", horizon / 1_000_000_000L);
          to.bps("noiseBps", "that is", noise * sigma * 1e4);
          to.cluster("avoid", "avoid", advice.avoid());
          return String.format(
              Locale.ROOT,
              "Liquidations of both sides within %s bp of each bucket's centre; of equal ones the"
                  + " one nearer to mark. %s",
              MapJson.plain(around),
              noiseRule(noise, horizon, sigma, advice));
        });
  }

  private static String noiseRule(
      final double noise, final long horizon, final double sigma, final StopAdvice advice) {
    if (noise == 0) {
      return "Distance from mark isn't weighed.";
    }
    if (Double.isNaN(sigma)) {
      return "Volatility is unknown as of then, so distance from mark isn't weighed.";
    }
    return String.format(
        Locale.ROOT,
        "A stop nearer to mark than %s standard deviations over %s (%.0f bp) is within the noise,"
            + " and isn't advised%s.",
        MapJson.plain(noise),
        Format.duration(horizon),
        noise * sigma * 1e4,
        Double.isNaN(advice.price()) ? ": all of the range is; lay it farther away" : "");
  }

  /** Elsewhere a stop would trigger at once. */
  private void requireLosingSide(
      final String option, final Side side, final double price, final double mark) {
    if (!(side.sign() * (mark - price) > 0)) {
      throw wrong(
          option
              + " "
              + MapJson.plain(price)
              + ": a "
              + MapJson.name(side)
              + "'s stop lies "
              + (side == Side.LONG ? "below" : "above")
              + " mark, which is "
              + Format.price(mark)
              + " as of then; there it would trigger at once");
    }
  }

  /** Where most would be liquidated. */
  @Command(
      name = "max-pain",
      description = "The price around which most would be liquidated: of longs, shorts, and both.")
  int maxPain() throws IOException {
    return ask(
        "max-pain",
        (view, questions, levels, to) -> {
          to.price("price", "max pain", view.maxPain());
          to.notional("notional", "around it", view.maxPainNotional());
          to.price("longPrice", "of longs", view.maxPain(Side.LONG));
          to.notional("longNotional", "around it", view.maxPainNotional(Side.LONG));
          to.price("shortPrice", "of shorts", view.maxPain(Side.SHORT));
          to.notional("shortNotional", "around it", view.maxPainNotional(Side.SHORT));
          to.figure("aroundBps", "within, bp", MaxPain.AROUND_BPS);
          return MaxPainAnswer.MEANING;
        });
  }

  /** Probability of touching a price. */
  @Command(
      name = "touch",
      description = "Probability that price touches a level, under a driftless random walk.")
  int touch(
      @Option(names = "--price", required = true, paramLabel = "P", description = "Level.")
          final double price,
      @Option(
              names = "--horizon",
              required = true,
              paramLabel = "30m|4h|1d",
              converter = Horizon.class,
              description = "Within which time.")
          final Long horizon)
      throws IOException {
    positive("--price", price);
    return ask(
        "touch",
        (view, questions, levels, to) -> {
          to.share("probability", "probability", questions.touchProbability(price, horizon));
          to.figure("volatilityPerHour", "volatility", view.volatility());
          return "If the logarithm of price were a Brownian motion without drift that keeps the"
              + " realised volatility (standard deviation over an hour, above): no forecast,"
              + " and none of direction.";
        });
  }

  /** What price did after clusters were cleared. */
  @Command(name = "reactions", description = "What price did after mark had cleared clusters.")
  int reactions() throws IOException {
    return ask(
        "reactions",
        (view, questions, levels, to) -> {
          final Reactions reactions = levels.reactions();
          to.beginList("reactions");
          for (final Side side : Side.values()) {
            for (int horizon = 0; horizon < reactions.horizons(); horizon++) {
              to.beginItem();
              to.words(
                  "side",
                  "cleared",
                  MapJson.name(side) + (json ? "" : " clusters, " + after(reactions, horizon)));
              if (json) {
                to.count("horizonSeconds", "", reactions.horizonNanos(horizon) / 1_000_000_000L);
              }
              if (reactions.isKnown(horizon)) {
                to.count("count", "  times", reactions.count(side, horizon));
                to.count("continuations", "  went on", reactions.continuations(side, horizon));
                to.count("reversals", "  came back", reactions.reversals(side, horizon));
                to.bps("meanBps", "  mean move", reactions.meanBps(side, horizon));
              } else {
                to.unknown("count", "  times");
                to.unknown("continuations", "  went on");
                to.unknown("reversals", "  came back");
                to.unknown("meanBps", "  mean move");
              }
              to.endItem();
            }
          }
          to.endList();
          return "Moves from mark at clearing, above 0 in the direction of the sweep. Frequencies of the past, with their counts"
              + (levels.barNanos() > 0
                  ? "; unknown where the time is shorter than a bar of prices."
                  : ".");
        });
  }

  private static String after(final Reactions reactions, final int horizon) {
    return Format.duration(reactions.horizonNanos(horizon)) + " later";
  }

  /** Reads a duration such as 30m. */
  static final class Horizon implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,10})(s|m|h|d)");
    private static final long MOST_SECONDS = 36_500L * 86_400;

    @Override
    public Long convert(final String text) {
      final Matcher matcher = FORM.matcher(text);
      final long seconds = matcher.matches() ? seconds(matcher) : 0;
      if (seconds < 1 || seconds > MOST_SECONDS) {
        throw new TypeConversionException(
            "'" + text + "' is no duration of 1s to 36500d; give one as 30m, 4h or 1d");
      }
      return seconds * 1_000_000_000L;
    }

    private static long seconds(final Matcher matcher) {
      final long unit =
          switch (matcher.group(2)) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3_600;
            default -> 86_400;
          };
      return Long.parseLong(matcher.group(1)) * unit;
    }
  }
}
