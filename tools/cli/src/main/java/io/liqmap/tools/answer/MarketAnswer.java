package io.liqmap.tools.answer;

import io.liqmap.engine.core.map.MarketState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a feed says beside prices; null and NaN where it says nothing.
 *
 * @param fundingRate last funding rate
 * @param fundingTime when it was said
 * @param nextFundingTime when funding is paid next
 * @param accountRatio long accounts for each short one
 * @param accountRatioTime when it was said
 * @param openInterestTime when open interest was said
 * @param openInterestChange by the length of time
 * @param takerFlow by the length of time
 */
record MarketAnswer(
    double fundingRate,
    String fundingTime,
    String nextFundingTime,
    double accountRatio,
    String accountRatioTime,
    String openInterestTime,
    Map<String, Change> openInterestChange,
    Map<String, Flow> takerFlow) {

  record Change(String since, double share) {}

  record Flow(String since, double flow) {}

  static MarketAnswer of(final MarketState market) {
    final Map<String, Change> changes = new LinkedHashMap<>();
    final Map<String, Flow> flows = new LinkedHashMap<>();
    for (final long span : new long[] {MarketState.HOUR, MarketState.DAY}) {
      final String label = span == MarketState.HOUR ? "1h" : "24h";
      final String since = Format.timeOrNull(market.since(span));
      changes.put(label, new Change(since, market.openInterestChange(span)));
      flows.put(label, new Flow(since, market.takerFlow(span)));
    }
    return new MarketAnswer(
        market.fundingRate(),
        Format.timeOrNull(market.fundingTime()),
        Format.timeOrNull(market.nextFunding()),
        market.accountRatio(),
        Format.timeOrNull(market.accountRatioTime()),
        Format.timeOrNull(market.updateTime()),
        changes,
        flows);
  }

  /** A line of what is known; empty where nothing is. */
  String line() {
    final List<String> parts = new ArrayList<>();
    final String next = nextFundingTime == null ? "" : " at " + nextFundingTime;
    add(parts, fundingRate, "funding %+.4f %%%s", fundingRate * 100, next);
    openInterestChange.forEach(
        (span, change) ->
            add(parts, change.share, "open interest %+.2f %% in %s", change.share * 100, span));
    add(parts, accountRatio, "accounts %.2f long for each short", accountRatio);
    takerFlow.forEach(
        (span, flow) -> add(parts, flow.flow, "taker flow %+.3f in %s", flow.flow, span));
    return String.join(", ", parts);
  }

  private static void add(
      final List<String> parts, final double value, final String format, final Object... shown) {
    if (!Double.isNaN(value)) {
      parts.add(String.format(Locale.ROOT, format, shown));
    }
  }
}
