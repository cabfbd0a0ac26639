package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.map.Cluster;
import io.liqmap.engine.map.MapImage;
import io.liqmap.engine.margin.Side;
import io.liqmap.engine.model.LeverageTier;
import io.liqmap.engine.model.ModelSettings;
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
  private final MapImage image;
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
    json.writeStringField("stateHash", Figures.hash(answer.stateHash()));
    json.writeStringField("window", "all");
    assumptions();
    json.writeObjectFieldStart("coverage");
    number("long", image.coverage(Side.LONG));
    number("short", image.coverage(Side.SHORT));
    json.writeEndObject();
    quality();
    buckets();
    cumulative();
    clusters();
    json.writeEndObject();
  }

  private void assumptions() throws IOException {
    final ModelSettings model = image.settings().model();
    json.writeObjectFieldStart("assumptions");
    json.writeStringField("model", model.name());
    json.writeArrayFieldStart("tiers");
    for (int tier = 0; tier < model.profile().size(); tier++) {
      final LeverageTier line = model.profile().get(tier);
      json.writeStartObject();
      number("leverage", line.leverage());
      number("share", line.share());
      number("mmr", answer.tierRates().get(tier));
      number("positionNotional", line.positionNotional());
      json.writeEndObject();
    }
    json.writeEndArray();
    number("resolutionBps", image.settings().resolutionBps());
    number("turnover", model.turnover());
    number("takerLean", model.takerLean());
    json.writeStringField("brackets", answer.bracketsConfigured() ? "configured" : "standard");
    json.writeStringField("margin", "isolated");
    json.writeEndObject();
  }

  private void quality() throws IOException {
    json.writeObjectFieldStart("quality");
    json.writeBooleanField("openInterestStale", answer.openInterestStale());
    json.writeBooleanField("markMissing", answer.markMissing());
    json.writeNumberField("gaps", answer.gaps());
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
    for (int tier = 0; tier < image.tiers(); tier++) {
      final double quantity = image.quantity(side, tier, bucket);
      if (quantity > 0) {
        number(tierName(image.settings().model().profile().get(tier)), quantity);
      }
    }
    json.writeEndObject();
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
      json.writeStringField("side", name(cluster.side()));
      number("priceLow", image.priceLow(cluster.firstBucket()));
      number("priceHigh", image.priceHigh(cluster.lastBucket()));
      number("peakPrice", image.centre(cluster.peakBucket()));
      number("notional", cluster.notional());
      number("distanceBps", cluster.distanceBps());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void number(final String name, final double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, Json.plain(value));
    } else {
      json.writeNullField(name);
    }
  }

  static String name(final Side side) {
    return side.name().toLowerCase(Locale.ROOT);
  }

  static String tierName(final LeverageTier tier) {
    return BigDecimal.valueOf(tier.leverage()).stripTrailingZeros().toPlainString();
  }
}
