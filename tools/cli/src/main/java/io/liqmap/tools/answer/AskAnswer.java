package io.liqmap.tools.answer;

import io.liqmap.engine.core.clusters.GroupTracker;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.Instrument;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.shared.view.ViewReader;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An answer of the view, with what it is about and what it lacks.
 *
 * @param question name of the question
 * @param instrument symbol
 * @param venue of the instrument
 * @param time engine time
 * @param sequence feed sequence of the last event
 * @param stateHash hash of the engine's state
 * @param model that answers, or consensus
 * @param window label of the window
 * @param notionalUnit quote asset
 * @param markPrice NaN while unknown
 * @param openInterest NaN while unknown
 * @param coverage share of open interest that the map shows
 * @param dispersion how far the models disagree about a consensus, 0 to 1; empty for a model
 * @param calibration what the map took off in the past over what was liquidated
 * @param quality what its data lacks
 * @param bracketTable whose brackets, and of when
 * @param market what the feed says beside prices; null for a group
 * @param path what its prices were made from
 * @param members of a group; empty for an instrument
 * @param answer members of the question
 * @param assumption what the answer rests on
 * @param lacking what its data lacks, in words
 * @param label symbol, or venue and symbol where the journal has several of the symbol
 */
public record AskAnswer(
    String question,
    String instrument,
    String venue,
    String time,
    long sequence,
    String stateHash,
    String model,
    String window,
    String notionalUnit,
    double markPrice,
    double openInterest,
    BySide<Double> coverage,
    Optional<BySide<Double>> dispersion,
    BySide<CalibrationAnswer> calibration,
    Quality quality,
    BracketsUsed bracketTable,
    MarketAnswer market,
    @Json.Inlined PricePath path,
    Optional<List<MemberAnswer>> members,
    @Json.Inlined Record answer,
    String assumption,
    @Json.TextOnly String lacking,
    @Json.TextOnly String label) {

  /**
   * Of a view that holds a map.
   *
   * @param answer whose components are the members and the lines
   */
  public static AskAnswer of(
      final String question,
      final MapWriter writer,
      final InstrumentMap map,
      final MapVariant variant,
      final ViewReader view,
      final QuestionAnswer answer) {
    return of(
        question,
        writer,
        map.instrument(),
        map,
        variant,
        view,
        MarketAnswer.of(map, writer.time()),
        Optional.empty(),
        answer);
  }

  /**
   * Of a view that holds a group: brackets and prices are those of the member whose mark is its.
   *
   * @param answer whose components are the members and the lines
   */
  public static AskAnswer of(
      final String question,
      final MapWriter writer,
      final GroupTracker tracker,
      final ViewReader view,
      final QuestionAnswer answer) {
    final GroupMap group = tracker.group();
    return of(
        question,
        writer,
        group.instrument(),
        group.reference(writer.time()).map(),
        MapVariant.FIRST,
        view,
        null,
        Optional.of(MemberAnswer.of(group, tracker.density(), writer.time())),
        answer);
  }

  private static AskAnswer of(
      final String question,
      final MapWriter writer,
      final Instrument asked,
      final InstrumentMap map,
      final MapVariant variant,
      final ViewReader view,
      final MarketAnswer market,
      final Optional<List<MemberAnswer>> members,
      final QuestionAnswer answer) {
    return new AskAnswer(
        question,
        asked.symbol(),
        asked.venue(),
        Format.time(view.time()),
        view.sequence(),
        Format.hash(writer.stateHash()),
        new MapVariant(variant.model(), Window.ALL).name(map.settings()),
        variant.window().label(),
        asked.quoteAsset(),
        view.markPrice() == 0 ? Double.NaN : view.markPrice(),
        view.openInterest(),
        BySide.of(view::coverage),
        variant.isConsensus() ? Optional.of(BySide.of(view::dispersion)) : Optional.empty(),
        BySide.of((side) -> CalibrationAnswer.of(view, side)),
        new Quality(
            lacks(view, QualityFlags.OPEN_INTEREST_STALE),
            lacks(view, QualityFlags.MARK_MISSING),
            members.isPresent() ? writer.faults().gaps() : writer.gaps(asked.id()),
            view.missing(),
            view.rejected(),
            !lacks(view, QualityFlags.NOT_JOURNALED)),
        BracketsUsed.of(map, writer.time()),
        market,
        PricePath.of(writer, map.instrument().id()),
        members,
        (Record) answer,
        answer.assumption(),
        lacking(view),
        members.isPresent()
            ? asked.symbol()
            : map.instrument().name().among(writer.maps().names()));
  }

  private static boolean lacks(final ViewReader view, final int flag) {
    return (view.quality() & flag) != 0;
  }

  private static String lacking(final ViewReader view) {
    final List<String> lacking = new ArrayList<>();
    if (lacks(view, QualityFlags.OPEN_INTEREST_STALE)) {
      lacking.add("fresh open interest");
    }
    if (lacks(view, QualityFlags.MARK_MISSING)) {
      lacking.add("a mark price (the last price is used)");
    }
    if (lacks(view, QualityFlags.GAP)) {
      lacking.add(
          view.missing() == 0
              ? "messages that never came, how many is unknown"
              : view.missing() + " messages that never came");
    }
    if (lacks(view, QualityFlags.REJECTED)) {
      lacking.add(view.rejected() + " messages that were rejected");
    }
    if (lacks(view, QualityFlags.MEMBER_SILENT)) {
      lacking.add("a member, which is silent");
    }
    return lacking.isEmpty() ? "nothing" : String.join(", ", lacking);
  }

  public void print(final PrintWriter out) {
    final Lines to = new Lines(out, 15);
    out.printf("%s  %s  sequence %s  state %s%n", label, time, sequence, stateHash);
    out.printf(
        "mark %s   model %s   coverage long %s, short %s%n",
        Format.price(markPrice),
        model + (window.equals(Window.ALL.label()) ? "" : " of " + window),
        Format.percent(coverage.of(Side.LONG)),
        Format.percent(coverage.of(Side.SHORT)));
    dispersion.ifPresent(
        (sides) ->
            to.line(
                "models",
                "disagree about %s of the longs and %s of the shorts",
                Format.percent(sides.longs()),
                Format.percent(sides.shorts())));
    to.line("calibration", "%s", CalibrationAnswer.line(calibration));
    to.line("brackets", "%s", bracketTable.description());
    if (bracketTable.warning() != null) {
      to.line("warning", "%s", bracketTable.warning());
    }
    members.ifPresent((all) -> all.forEach((member) -> to.line("member", "%s", member.line())));
    if (market != null) {
      market.print(to);
    }
    to.line("lacking", "%s", lacking);
    path.print(to);
    out.println();
    new LabelledLines(to, notionalUnit).print(answer);
    out.println();
    to.text(0, "%s", assumption);
    out.flush();
  }
}
