package io.liqmap.tools.command;

import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.clusters.GroupTracker;
import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.GroupMember;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.shared.view.GroupWriter;
import io.liqmap.engine.shared.view.Questions;
import io.liqmap.engine.shared.view.VariantWriter;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.shared.view.ViewSettings;
import io.liqmap.engine.shared.view.ViewWriter;
import io.liqmap.tools.answer.AskAnswer;
import io.liqmap.tools.answer.AskedView;
import io.liqmap.tools.answer.GroupChoice;
import io.liqmap.tools.answer.InstrumentChoice;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.Moment;
import io.liqmap.tools.answer.QuestionAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code liqmap ask}: the questions that an execution system puts to the view, from a journal. */
@Command(
    name = "ask",
    description = {
      "Puts a question to the view as of a time: what an execution system was answered then.",
      "An estimate under the model that answers, never a forecast."
    },
    subcommands = {
      AskBetween.class,
      AskCascade.class,
      AskCumulative.class,
      AskImbalance.class,
      AskLargest.class,
      AskMarket.class,
      AskMaxPain.class,
      AskNearest.class,
      AskReach.class,
      AskReactions.class,
      AskStop.class,
      AskTouch.class
    })
public final class AskCommand implements Callable<Integer> {
  /** Wide enough for any map: a factor of some thousand either way at 5 bp. */
  private static final int BUCKETS = 1 << 14;

  static final int CLUSTERS = 64;

  /** A larger price or notional is a typing error. */
  static final double MOST = 1e15;

  private static final int LEVERAGES = 64;

  private static final List<String> OF_AN_INSTRUMENT = List.of("reactions", "market");

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
      description =
          "Instrument, as venue:symbol or a symbol of one venue, or group (default: the only"
              + " instrument).")
  private String symbol;

  @Option(
      names = "--at",
      scope = ScopeType.INHERIT,
      paramLabel = "TIME|SEQ",
      converter = MomentConverter.class,
      description = "Point in time or sequence, inclusive (default: end of journal).")
  private Moment at;

  @Option(
      names = "--model",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME|consensus",
      description = "Model of the settings, or the mean of all (default: the first).")
  private String model;

  @Option(
      names = "--window",
      scope = ScopeType.INHERIT,
      defaultValue = "all",
      paramLabel = "12h|1d|3d|7d|30d|all",
      description = "Only positions opened within this time (default: ${DEFAULT-VALUE}).")
  private String window;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the answer as JSON.")
  private boolean json;

  /** Words that aren't a question, kept so that an error can list the questions. */
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
  ParameterException wrong(final String message) {
    final ParseResult asked = spec.commandLine().getParseResult();
    return new ParameterException(
        asked.hasSubcommand() ? asked.subcommand().commandSpec().commandLine() : spec.commandLine(),
        message);
  }

  int put(final String name, final Function<AskedView, QuestionAnswer> question)
      throws IOException {
    return put(name, (mark) -> {}, question);
  }

  /**
   * Puts a question to the view and prints the answer.
   *
   * @param check rejects what makes no sense at a mark price
   */
  int put(
      final String name,
      final DoubleConsumer check,
      final Function<AskedView, QuestionAnswer> question)
      throws IOException {
    // A command that keeps unknown words has them kept for its subcommands too.
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
      final GroupMap group = group(writer);
      if (group != null) {
        put(name, check, question, writer, group);
        return ExitCodes.DONE;
      }
      final InstrumentMap map = chosen(writer.maps());
      check.accept(map.markPrice() * map.instrument().priceUnit());
      final MapVariant variant = variant(map.settings());
      final ClusterTracker clusters = writer.tracker(map.instrument().id());
      final ViewSettings settings =
          new ViewSettings(1, BUCKETS, CLUSTERS, LEVERAGES, map.settings().resolutionBps());
      try (ViewMemory memory = ViewMemory.inProcess(settings)) {
        publish(writer, memory, map, variant);
        final ViewReader view = new ViewReader(memory, 0);
        view.refresh();
        final QuestionAnswer found =
            question.apply(new AskedView(view, new Questions(view), clusters));
        print(AskAnswer.of(name, writer, map, variant, view, found));
      }
      return ExitCodes.DONE;
    }
  }

  private GroupMap group(final MapWriter writer) {
    try {
      return GroupChoice.of(writer, "--symbol", symbol);
    } catch (final IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private void put(
      final String name,
      final DoubleConsumer check,
      final Function<AskedView, QuestionAnswer> question,
      final MapWriter writer,
      final GroupMap group)
      throws IOException {
    final GroupTracker tracker = writer.groupTracker(writer.groups().indexOf(group));
    final GroupMember reference = group.reference(writer.time());
    if (OF_AN_INSTRUMENT.contains(name)) {
      throw wrong(name + " is of an instrument: name a member of the group, " + members(group));
    }
    if (tracker == null || reference == null) {
      throw wrong(
          "the group has "
              + (tracker == null ? "one member" : "no price")
              + " at that time: ask about a member, "
              + members(group));
    }
    if (!variant(writer.maps().settings()).equals(MapVariant.FIRST)) {
      throw wrong(
          "a group answers by the first model's whole map; leave --model and --window out, or see"
              + " 'liqmap map'");
    }
    check.accept(reference.markPrice());
    final ViewSettings settings =
        new ViewSettings(
            1,
            BUCKETS,
            CLUSTERS,
            LEVERAGES,
            List.of(""),
            writer.maps().lattice().resolutionBps(),
            group.members());
    try (ViewMemory memory = ViewMemory.inProcess(settings)) {
      new GroupWriter(memory, 0, tracker)
          .publish(
              writer.sequence(),
              writer.time(),
              writer.faults().missing(),
              writer.faults().rejected());
      final ViewReader view = new ViewReader(memory, 0);
      view.refresh();
      final ClusterTracker clusters = writer.tracker(reference.map().instrument().id());
      final QuestionAnswer found =
          question.apply(new AskedView(view, new Questions(view), clusters));
      print(AskAnswer.of(name, writer, tracker, view, found));
    }
  }

  private static String members(final GroupMap group) {
    return String.join(", ", group.settings().members());
  }

  private static void publish(
      final MapWriter writer,
      final ViewMemory memory,
      final InstrumentMap map,
      final MapVariant variant) {
    final int id = map.instrument().id();
    final ClusterTracker clusters = writer.tracker(id);
    final long sequence = writer.sequence();
    final int quality = clusters.quality();
    final long missing = writer.missing(id);
    final long rejected = writer.faults().rejected();
    if (variant.equals(MapVariant.FIRST)) {
      new ViewWriter(memory, 0, map, clusters)
          .publish(sequence, writer.time(), quality, missing, rejected, true);
    } else {
      new VariantWriter(
              memory,
              0,
              0,
              map,
              clusters,
              writer.clusterSettings(),
              variant,
              writer.tracker(id, variant))
          .publish(sequence, writer.time(), quality, missing, rejected);
    }
  }

  private MapVariant variant(final MapSettings settings) {
    final Window within = Window.of(window);
    if (within == null) {
      throw wrong("--window " + window + ": give 12h, 1d, 3d, 7d, 30d or all");
    }
    final boolean isConsensus = MapSnapshot.CONSENSUS.equals(model);
    final int number = model == null || isConsensus ? 0 : settings.model(model);
    if (number < 0) {
      throw wrong(
          "--model "
              + model
              + ": the journal was made with "
              + settings.models().stream()
                  .map(ModelSettings::name)
                  .collect(Collectors.joining(", "))
              + ", or ask for consensus");
    }
    return new MapVariant(isConsensus ? MapVariant.CONSENSUS : number, within);
  }

  /** Rejects a question about what is tracked of the first model's whole map alone. */
  void requireTracked(final String question) {
    if (model != null || Window.of(window) != Window.ALL) {
      throw wrong(
          question
              + " is about the first model's tracked clusters; leave --model and --window out");
    }
  }

  private void print(final AskAnswer answer) throws IOException {
    if (json) {
      Json.write(answer, spec.commandLine().getOut());
    } else {
      answer.print(spec.commandLine().getOut());
    }
  }

  private InstrumentMap chosen(final LiquidationMaps maps) {
    final InstrumentMap map = symbol == null ? only(maps) : named(maps);
    if (map.markPrice() == 0) {
      throw wrong(
          map.instrument().name().among(maps.names())
              + " has no price at that time: ask about a later moment");
    }
    return map;
  }

  private InstrumentMap named(final LiquidationMaps maps) {
    try {
      return InstrumentChoice.of(symbol, maps.all(), ": at that time the journal has");
    } catch (final IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private InstrumentMap only(final LiquidationMaps maps) {
    if (maps.count() == 0) {
      throw wrong("at that time the journal has no instrument: ask about a later moment");
    }
    if (maps.count() > 1) {
      throw wrong("name one instrument with --symbol: " + InstrumentChoice.list(maps.names()));
    }
    return maps.all().get(0);
  }

  void requirePositive(final String option, final double value) {
    if (!(value > 0 && value <= MOST)) {
      throw wrong(option + " has to be above 0, at most 1e15, was " + value);
    }
  }

  void requireBelowMark(final String option, final double bps) {
    if (!(bps > 0 && bps < 10_000)) {
      throw wrong(option + " has to be above 0 and below 10000, was " + bps);
    }
  }

  void requireRange(final double low, final double high) {
    requirePositive("--low", low);
    requirePositive("--high", high);
    if (low > high) {
      throw wrong("--low " + low + " is above --high " + high + ": turn them round");
    }
  }
}
