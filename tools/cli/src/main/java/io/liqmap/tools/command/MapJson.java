package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.core.clusters.Cluster;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.SkewSettings;
import io.liqmap.engine.core.structure.Confluence;
import io.liqmap.engine.core.structure.StructureSnapshot;
import io.liqmap.engine.core.structure.Swing;
import io.liqmap.engine.core.structure.TrendReading;
import io.liqmap.engine.core.structure.VolumeNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Writes a map as JSON. */
final class MapJson {
  private final MapAnswer answer;
  private final MapSnapshot image;
  private final JsonGenerator json;

  private MapJson(final MapAnswer answer, final JsonGenerator json) {
    this.answer = answer;
    this.image = answer.image();
    this.json = json;
  }

  static void write(final MapAnswer answer, final PrintWriter out) throws IOException {
    try (JsonGenerator json = Json.on(out)) {
      new MapJson(answer, json).write();
    }
    out.println();
  }

  private void write() throws IOException {
    json.writeStartObject();
    json.writeStringField("instrument", image.instrument().symbol());
    json.writeStringField("time", Moment.print(answer.time()));
    json.writeNumberField("sequence", answer.sequence());
    json.writeObjectFieldStart("units");
    json.writeStringField("quantity", image.instrument().baseAsset());
    json.writeStringField("notional", image.instrument().quoteAsset());
    json.writeEndObject();
    number("markPrice", image.markPrice() > 0 ? image.markPrice() : Double.NaN);
    number("openInterest", image.openInterest());
    json.writeStringField("stateHash", Format.hash(answer.stateHash()));
    json.writeStringField("window", image.window().label());
    if (image.window() != Window.ALL) {
      json.writeStringField("since", Moment.print(image.since()));
    }
    assumptions();
    json.writeObjectFieldStart("coverage");
    number("long", image.coverage(Side.LONG));
    number("short", image.coverage(Side.SHORT));
    json.writeEndObject();
    json.writeObjectFieldStart("dispersion");
    number("long", answer.dispersion(Side.LONG));
    number("short", answer.dispersion(Side.SHORT));
    json.writeEndObject();
    quality();
    answer.path().write(json);
    flows();
    answer.market().write(json);
    answer.maxPain().write(json);
    buckets();
    cumulative();
    clusters();
    structure();
    json.writeEndObject();
  }

  private void assumptions() throws IOException {
    json.writeObjectFieldStart("assumptions");
    json.writeStringField("model", image.model());
    json.writeArrayFieldStart("tiers");
    for (final MapAnswer.Part part : answer.models()) {
      tiers(part, part.share());
    }
    json.writeEndArray();
    number("resolutionBps", image.settings().resolutionBps());
    json.writeStringField("brackets", answer.bracketsConfigured() ? "configured" : "standard");
    answer.brackets().write(json);
    json.writeStringField("margin", "isolated");
    json.writeStringField("formula", answer.flows().formula());
    json.writeStringField("formulaSource", answer.flows().source());
    json.writeBooleanField("formulaIsVenues", answer.flows().venueKnown());
    json.writeArrayFieldStart("models");
    for (final MapAnswer.Part part : answer.models()) {
      model(part);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void tiers(final MapAnswer.Part part, final double factor) throws IOException {
    for (final MapAnswer.Tier tier : part.tiers()) {
      json.writeStartObject();
      number("leverage", tier.line().leverage());
      number("share", tier.longShare() * factor);
      number("shareShort", tier.shortShare() * factor);
      number("mmr", tier.longRate());
      number("mmrShort", tier.shortRate());
      json.writeStringField("size", tier.line().size().name());
      number("positionNotional", tier.line().size().notional());
      json.writeEndObject();
    }
  }

  private void model(final MapAnswer.Part part) throws IOException {
    final ModelSettings model = part.settings();
    json.writeStartObject();
    json.writeStringField("name", model.name());
    number("share", part.share());
    number("turnover", model.entries().turnover());
    number("takerLean", model.entries().takerLean());
    number("minTradeNotional", model.entries().minTradeNotional());
    json.writeStringField("maintenance", model.maintenance().name().toLowerCase(Locale.ROOT));
    json.writeStringField("formula", part.formula());
    number("exitAgeHalfLifeSeconds", model.exits().ageHalfLifeNanos() / 1e9);
    number("exitProfitBps", model.exits().profitBps());
    json.writeObjectFieldStart("skew");
    weights("funding", model.skew().funding());
    weights("takerFlow", model.skew().takerFlow());
    weights("accounts", model.skew().accounts());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void weights(final String name, final SkewSettings.Weights weights) throws IOException {
    json.writeObjectFieldStart(name);
    number("leverage", weights.leverage());
    number("lean", weights.lean());
    json.writeEndObject();
  }

  private void flows() throws IOException {
    final MapAnswer.Flows flows = answer.flows();
    json.writeObjectFieldStart("liquidations");
    number("sweptNotionalLong", flows.sweptLong());
    number("sweptNotionalShort", flows.sweptShort());
    number("observedNotionalLong", flows.observedLong());
    number("observedNotionalShort", flows.observedShort());
    number("forcedPerReported", flows.perReported());
    number("forcedShareOfFallsLong", flows.forcedLong());
    number("forcedShareOfFallsShort", flows.forcedShort());
    json.writeEndObject();
  }

  private void quality() throws IOException {
    json.writeObjectFieldStart("quality");
    json.writeBooleanField("openInterestStale", answer.openInterestStale());
    json.writeBooleanField("markMissing", answer.markMissing());
    json.writeNumberField("gaps", answer.gaps());
    json.writeNumberField("missing", answer.missing());
    json.writeNumberField("rejected", answer.rejected());
    json.writeBooleanField("journaled", answer.journaled());
    json.writeEndObject();
  }

  /**
   * Longs lie below mark and shorts above, so side after side is in the order of prices, but for
   * the bucket of mark itself.
   */
  private void buckets() throws IOException {
    json.writeArrayFieldStart("buckets");
    final List<Integer> longs = new ArrayList<>(answer.outward(Side.LONG));
    Collections.reverse(longs);
    for (final int bucket : longs) {
      bucket(Side.LONG, bucket);
    }
    for (final int bucket : answer.outward(Side.SHORT)) {
      bucket(Side.SHORT, bucket);
    }
    json.writeEndArray();
  }

  private void bucket(final Side side, final int bucket) throws IOException {
    json.writeStartObject();
    json.writeStringField("side", name(side));
    number("priceLow", image.priceLow(bucket));
    number("priceHigh", image.priceHigh(bucket));
    number("quantity", image.quantity(side, bucket));
    number("notional", image.notional(side, bucket));
    json.writeObjectFieldStart("tiers");
    for (int leverage = 0; leverage < image.leverages(); leverage++) {
      final double quantity = image.quantity(side, leverage, bucket);
      if (quantity > 0) {
        number(plain(image.leverage(leverage)), quantity);
      }
    }
    json.writeEndObject();
    if (image.isConsensus()) {
      json.writeObjectFieldStart("spread");
      number("least", image.least(side, bucket));
      number("most", image.most(side, bucket));
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void cumulative() throws IOException {
    json.writeObjectFieldStart("cumulative");
    for (final Side side : Side.values()) {
      json.writeArrayFieldStart(name(side));
      double sum = 0;
      for (final int bucket : answer.outward(side)) {
        sum += image.notional(side, bucket);
        json.writeStartArray();
        json.writeNumber(
            Json.plain(side == Side.LONG ? image.priceLow(bucket) : image.priceHigh(bucket)));
        json.writeNumber(Json.plain(sum));
        json.writeEndArray();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void clusters() throws IOException {
    json.writeArrayFieldStart("clusters");
    for (final Cluster cluster : answer.clusters()) {
      json.writeStartObject();
      if (cluster.isTracked()) {
        json.writeNumberField("id", cluster.id());
      } else {
        json.writeNullField("id");
      }
      json.writeStringField("side", name(cluster.side()));
      number("priceLow", image.priceLow(cluster.lowBucket()));
      number("priceHigh", image.priceHigh(cluster.highBucket()));
      number("peakPrice", image.centre(cluster.peakBucket()));
      number("notional", cluster.notional());
      number("distanceBps", cluster.distanceBps());
      json.writeArrayFieldStart("confluence");
      for (final Confluence level :
          answer.structure().within(cluster.lowBucket(), cluster.highBucket())) {
        level(level);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void level(final Confluence level) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", level.kind().name().toLowerCase(Locale.ROOT));
    number("price", price(level));
    if (level.scaleBps() > 0) {
      json.writeNumberField("scaleBps", level.scaleBps());
    }
    json.writeEndObject();
  }

  /** The price that the structure below gives for the same level. */
  private double price(final Confluence level) {
    return switch (level.kind()) {
      case SWING_HIGH, SWING_LOW -> level.price() * image.instrument().priceUnit();
      case VALUE_AREA_LOW -> image.priceLow(level.bucket());
      case VALUE_AREA_HIGH -> image.priceHigh(level.bucket());
      case POINT_OF_CONTROL, HIGH_VOLUME_NODE -> image.centre(level.bucket());
    };
  }

  private void structure() throws IOException {
    final StructureSnapshot structure = answer.structure();
    json.writeObjectFieldStart("structure");
    if (structure.pointOfControl() >= 0) {
      number("pointOfControl", image.centre(structure.pointOfControl()));
      number("valueAreaLow", image.priceLow(structure.valueAreaLow()));
      number("valueAreaHigh", image.priceHigh(structure.valueAreaHigh()));
    }
    number("droppedVolumeShare", dropped(structure));
    json.writeArrayFieldStart("highVolumeNodes");
    for (final VolumeNode node : structure.nodes()) {
      json.writeStartObject();
      number("price", image.centre(node.bucket()));
      number("share", node.share());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("swings");
    for (final Swing swing : structure.swings()) {
      json.writeStartObject();
      json.writeStringField("kind", swing.isHigh() ? "high" : "low");
      json.writeNumberField("scaleBps", swing.scaleBps());
      number("price", swing.price() * image.instrument().priceUnit());
      json.writeStringField("time", Moment.print(swing.timeNanos()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("trends");
    for (final TrendReading trend : structure.trends()) {
      final boolean isKnown = answer.path().isKnown(trend);
      json.writeStartObject();
      number("windowSeconds", trend.windowNanos() / 1e9);
      number("mean", isKnown ? trend.ema() * image.instrument().priceUnit() : Double.NaN);
      number("slopePerHour", isKnown ? trend.slopePerHour() : Double.NaN);
      if (isKnown) {
        json.writeNumberField("sign", trend.sign());
      } else {
        json.writeNullField("sign");
      }
      json.writeBooleanField("settled", isKnown && trend.isSettled());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Part of the volume that price has left too far behind to be kept. */
  private static double dropped(final StructureSnapshot structure) {
    final double all = structure.volume() + structure.droppedVolume();
    return all > 0 ? structure.droppedVolume() / all : 0;
  }

  private void number(final String name, final double value) throws IOException {
    Json.number(json, name, value);
  }

  static String name(final Side side) {
    return side.name().toLowerCase(Locale.ROOT);
  }

  /** A number without an exponent or trailing zeros. */
  static String plain(final double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
