package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.core.map.MarketState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Funding, change of open interest, account ratio and taker flow, as far as a feed has them. */
final class MarketAnswer {
  private static final long[] SPANS = {MarketState.HOUR, MarketState.DAY};
  private static final String[] LABELS = {"1h", "24h"};

  private final double fundingRate;
  private final long fundingTime;
  private final long nextFunding;
  private final double accountRatio;
  private final long accountRatioTime;
  private final long updateTime;
  private final long[] since = new long[SPANS.length];
  private final double[] changes = new double[SPANS.length];
  private final double[] flows = new double[SPANS.length];

  MarketAnswer(final MarketState market) {
    fundingRate = market.fundingRate();
    fundingTime = market.fundingTime();
    nextFunding = market.nextFunding();
    accountRatio = market.accountRatio();
    accountRatioTime = market.accountRatioTime();
    updateTime = market.updateTime();
    for (int i = 0; i < SPANS.length; i++) {
      since[i] = market.since(SPANS[i]);
      changes[i] = market.openInterestChange(SPANS[i]);
      flows[i] = market.takerFlow(SPANS[i]);
    }
  }

  /** A line of what is known; empty where nothing is. */
  String line() {
    final List<String> parts = new ArrayList<>();
    if (!Double.isNaN(fundingRate)) {
      parts.add(
          String.format(
              Locale.ROOT,
              "funding %+.4f %%%s",
              fundingRate * 100,
              nextFunding == 0 ? "" : " at " + Moment.print(nextFunding)));
    }
    for (int i = 0; i < SPANS.length; i++) {
      if (!Double.isNaN(changes[i])) {
        parts.add(
            String.format(
                Locale.ROOT, "open interest %+.2f %% in %s", changes[i] * 100, LABELS[i]));
      }
    }
    if (!Double.isNaN(accountRatio)) {
      parts.add(String.format(Locale.ROOT, "accounts %.2f long for each short", accountRatio));
    }
    for (int i = 0; i < SPANS.length; i++) {
      if (!Double.isNaN(flows[i])) {
        parts.add(String.format(Locale.ROOT, "taker flow %+.3f in %s", flows[i], LABELS[i]));
      }
    }
    return String.join(", ", parts);
  }

  /** Writes it as a member of an object; null is what the feed doesn't say. */
  void write(final JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("market");
    Json.number(json, "fundingRate", fundingRate);
    time(json, "fundingTime", fundingTime);
    time(json, "nextFundingTime", nextFunding);
    Json.number(json, "accountRatio", accountRatio);
    time(json, "accountRatioTime", accountRatioTime);
    time(json, "openInterestTime", updateTime);
    json.writeObjectFieldStart("openInterestChange");
    spans(json, changes, "share");
    json.writeEndObject();
    json.writeObjectFieldStart("takerFlow");
    spans(json, flows, "flow");
    json.writeEndObject();
    json.writeEndObject();
  }

  private void spans(final JsonGenerator json, final double[] values, final String name)
      throws IOException {
    for (int i = 0; i < SPANS.length; i++) {
      json.writeObjectFieldStart(LABELS[i]);
      time(json, "since", since[i]);
      Json.number(json, name, values[i]);
      json.writeEndObject();
    }
  }

  private static void time(final JsonGenerator json, final String name, final long nanos)
      throws IOException {
    json.writeStringField(name, nanos == 0 ? null : Moment.print(nanos));
  }
}
