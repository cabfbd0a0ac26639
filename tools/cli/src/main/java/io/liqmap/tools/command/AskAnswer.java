package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.core.clusters.ClusterState;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.structure.LevelKind;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.shared.view.Questions;
import io.liqmap.engine.shared.view.ViewReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** Writes an answer as lines for a person, or as one JSON object; the same either way. */
final class AskAnswer {
  private final ViewReader view;
  private final Questions questions;
  private final PrintWriter out;
  private final JsonGenerator json;
  private final String quote;

  AskAnswer(
      final ViewReader view,
      final Questions questions,
      final String quote,
      final PrintWriter out,
      final boolean isJson)
      throws IOException {
    this.view = view;
    this.questions = questions;
    this.quote = quote;
    this.out = out;
    json = isJson ? Json.on(out) : null;
  }

  /** Says what the answer is about, and what it lacks. */
  void begin(
      final String question,
      final InstrumentMap map,
      final MapWriter writer,
      final long at,
      final PricePath path)
      throws IOException {
    final String symbol = map.instrument().symbol();
    final String model = map.settings().models().get(0).name();
    final long stateHash = writer.stateHash();
    final BracketsUsed brackets = BracketsUsed.of(map, at);
    final MarketAnswer market = new MarketAnswer(map.market());
    if (json == null) {
      out.printf(
          "%s  %s  sequence %s  state %s%n",
          symbol, Moment.print(view.time()), view.sequence(), Format.hash(stateHash));
      out.printf(
          "mark %s   model %s   coverage long %s, short %s%n",
          view.markPrice() == 0 ? "unknown" : Format.price(view.markPrice()),
          model,
          Format.percent(view.coverage(Side.LONG)),
          Format.percent(view.coverage(Side.SHORT)));
      text("brackets", brackets.description());
      if (!brackets.warning().isEmpty()) {
        text("warning", brackets.warning());
      }
      if (!market.line().isEmpty()) {
        text("market", market.line());
      }
      text("lacking", lacking());
      path.print(out);
      out.println();
      return;
    }
    json.writeStartObject();
    json.writeStringField("question", question);
    json.writeStringField("instrument", symbol);
    json.writeStringField("time", Moment.print(view.time()));
    json.writeNumberField("sequence", view.sequence());
    json.writeStringField("stateHash", Format.hash(stateHash));
    json.writeStringField("model", model);
    json.writeStringField("notionalUnit", quote);
    number("markPrice", view.markPrice() == 0 ? Double.NaN : view.markPrice());
    number("openInterest", view.openInterest());
    json.writeObjectFieldStart("coverage");
    number("long", view.coverage(Side.LONG));
    number("short", view.coverage(Side.SHORT));
    json.writeEndObject();
    json.writeObjectFieldStart("quality");
    json.writeBooleanField("openInterestStale", lacks(QualityFlags.OPEN_INTEREST_STALE));
    json.writeBooleanField("markMissing", lacks(QualityFlags.MARK_MISSING));
    json.writeNumberField("gaps", writer.gaps());
    json.writeNumberField("missing", view.missing());
    json.writeNumberField("rejected", view.rejected());
    json.writeBooleanField("journaled", !lacks(QualityFlags.NOT_JOURNALED));
    json.writeEndObject();
    brackets.write(json);
    market.write(json);
    path.write(json);
  }

  private boolean lacks(final int flag) {
    return (view.quality() & flag) != 0;
  }

  private String lacking() {
    final StringBuilder lacking = new StringBuilder();
    add(lacking, QualityFlags.OPEN_INTEREST_STALE, "fresh open interest");
    add(lacking, QualityFlags.MARK_MISSING, "a mark price (the last price stands in)");
    add(lacking, QualityFlags.GAP, view.missing() + " messages that never came");
    add(lacking, QualityFlags.REJECTED, view.rejected() + " messages that were rejected");
    return lacking.isEmpty() ? "nothing" : lacking.toString();
  }

  private void add(final StringBuilder lacking, final int flag, final String what) {
    if (lacks(flag)) {
      lacking.append(lacking.isEmpty() ? "" : ", ").append(what);
    }
  }

  void price(final String name, final String label, final double value) throws IOException {
    line(name, label, value, Double.isNaN(value) ? "none" : Format.price(value));
  }

  void notional(final String name, final String label, final double value) throws IOException {
    line(
        name,
        label,
        value,
        Double.isNaN(value) ? Format.UNKNOWN : Format.amount(value) + " " + quote);
  }

  void bps(final String name, final String label, final double value) throws IOException {
    line(name, label, value, Format.bps(value));
  }

  void share(final String name, final String label, final double value) throws IOException {
    line(name, label, value, Format.percent(value));
  }

  void figure(final String name, final String label, final double value) throws IOException {
    line(
        name,
        label,
        value,
        Double.isNaN(value) ? "unknown" : String.format(Locale.ROOT, "%.6g", value));
  }

  void count(final String name, final String label, final long value) throws IOException {
    if (json == null) {
      text(label, Format.count(value));
    } else {
      json.writeNumberField(name, value);
    }
  }

  /** A count that isn't known. */
  void unknown(final String name, final String label) throws IOException {
    line(name, label, Double.NaN, "unknown");
  }

  void sigmas(final String name, final String label, final double value) throws IOException {
    line(name, label, value, Format.sigmas(value));
  }

  void flag(final String name, final String label, final boolean value) throws IOException {
    if (json == null) {
      text(label, value ? "yes" : "no");
    } else {
      json.writeBooleanField(name, value);
    }
  }

  void words(final String name, final String label, final String value) throws IOException {
    if (json == null) {
      text(label, value);
    } else {
      json.writeStringField(name, value);
    }
  }

  private void line(final String name, final String label, final double value, final String text)
      throws IOException {
    if (json == null) {
      text(label, text);
    } else {
      number(name, value);
    }
  }

  private void text(final String label, final String text) {
    out.println(Lines.wrap(String.format(Locale.ROOT, "%-14s %s", label, text), 15));
  }

  private void number(final String name, final double value) throws IOException {
    Json.number(json, name, value);
  }

  void beginList(final String name) throws IOException {
    if (json != null) {
      json.writeArrayFieldStart(name);
    }
  }

  void endList() throws IOException {
    if (json != null) {
      json.writeEndArray();
    }
  }

  void beginItem() throws IOException {
    if (json != null) {
      json.writeStartObject();
    }
  }

  void endItem() throws IOException {
    if (json != null) {
      json.writeEndObject();
    }
  }

  /** A cluster as a member of the answer; nothing where there is none. */
  void cluster(final String name, final String label, final int cluster) throws IOException {
    if (json == null) {
      text(label, cluster < 0 ? "none" : line(cluster));
    } else if (cluster < 0) {
      json.writeNullField(name);
    } else {
      json.writeObjectFieldStart(name);
      fields(cluster);
      json.writeEndObject();
    }
  }

  /** A cluster as one of a list. */
  void cluster(final String label, final int cluster) throws IOException {
    if (json == null) {
      text(label, line(cluster));
    } else {
      json.writeStartObject();
      fields(cluster);
      json.writeEndObject();
    }
  }

  private String line(final int cluster) {
    return String.format(
        Locale.ROOT,
        "%-5s %s – %s  peak %s  %s %s  %.0f bp from mark  no. %d since %s%s%s",
        MapJson.name(view.clusterSide(cluster)),
        Format.price(view.priceLow(view.clusterLowBucket(cluster))),
        Format.price(view.priceLow(view.clusterHighBucket(cluster) + 1)),
        Format.price(questions.peak(cluster)),
        Format.amount(view.clusterNotional(cluster)),
        quote,
        questions.distanceBps(cluster),
        view.clusterId(cluster),
        Moment.print(view.clusterBorn(cluster)),
        view.clusterState(cluster) == ClusterState.PARTIAL ? ", partly swept" : "",
        confluence(cluster).isEmpty() ? "" : ", " + confluence(cluster));
  }

  private String confluence(final int cluster) {
    final StringBuilder kinds = new StringBuilder();
    for (final LevelKind kind : LevelKind.values()) {
      if ((view.clusterConfluence(cluster) & kind.bit()) != 0) {
        kinds.append(kinds.isEmpty() ? "" : ", ").append(name(kind).replace('_', ' '));
      }
    }
    return kinds.toString();
  }

  private static String name(final LevelKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private void fields(final int cluster) throws IOException {
    json.writeNumberField("id", view.clusterId(cluster));
    json.writeStringField("side", MapJson.name(view.clusterSide(cluster)));
    json.writeStringField("state", view.clusterState(cluster).name().toLowerCase(Locale.ROOT));
    json.writeStringField("born", Moment.print(view.clusterBorn(cluster)));
    number("priceLow", view.priceLow(view.clusterLowBucket(cluster)));
    number("priceHigh", view.priceLow(view.clusterHighBucket(cluster) + 1));
    number("peakPrice", questions.peak(cluster));
    number("notional", view.clusterNotional(cluster));
    number("largestNotional", view.clusterLargest(cluster));
    number("distanceBps", questions.distanceBps(cluster));
    number("distanceSigmasOfAnHour", questions.distanceSigmas(cluster, AskCommand.HOUR));
    json.writeObjectFieldStart("tiers");
    for (int leverage = 0; leverage < view.leverages(); leverage++) {
      if (view.clusterNotional(cluster, leverage) > 0) {
        number(MapJson.plain(view.leverage(leverage)), view.clusterNotional(cluster, leverage));
      }
    }
    json.writeEndObject();
    json.writeArrayFieldStart("confluence");
    for (final LevelKind kind : LevelKind.values()) {
      if ((view.clusterConfluence(cluster) & kind.bit()) != 0) {
        json.writeString(name(kind));
      }
    }
    json.writeEndArray();
  }

  /** Ends with what the answer rests on. */
  void end(final String assumption) throws IOException {
    if (json == null) {
      out.printf("%n%s%n", Lines.wrap(assumption, 0));
    } else {
      json.writeStringField("assumption", assumption);
      json.writeEndObject();
      json.close();
      out.println();
    }
    out.flush();
  }
}
