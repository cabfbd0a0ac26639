package io.liqmap.tools.answer;

import io.liqmap.engine.core.map.FundingState;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MarketState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a feed says beside prices; null and NaN where it says nothing. Rates are shares of the
 * notional that longs pay shorts for one interval, notionals in the quote asset.
 *
 * @param settledFundingRate rate of the last payment
 * @param settledFundingTime when it was paid
 * @param fundingRate predicted rate of the coming payment
 * @param fundingTime when it was said
 * @param nextFundingTime when funding is paid next
 * @param fundingIntervalHours hours between two payments
 * @param basisBps mark over index
 * @param meanBasisBps its mean over the last hour
 * @param basisTime when it was said
 * @param accountRatio long accounts for each short one
 * @param accountRatioTime when it was said
 * @param openInterestTime when open interest was said
 * @param openInterestChange by the length of time
 * @param takerFlow by the length of time
 * @param stale what is too old to be of now
 * @param ages of what is stale, in words
 */
public record MarketAnswer(
    double settledFundingRate,
    String settledFundingTime,
    double fundingRate,
    String fundingTime,
    String nextFundingTime,
    double fundingIntervalHours,
    double basisBps,
    double meanBasisBps,
    String basisTime,
    double accountRatio,
    String accountRatioTime,
    String openInterestTime,
    Map<String, Change> openInterestChange,
    Map<String, Flow> takerFlow,
    List<String> stale,
    @Json.TextOnly Map<String, String> ages) {
  private static final String FUNDING = "funding";
  private static final String BASIS = "basis";
  private static final String ACCOUNTS = "accountRatio";
  private static final String OPEN_INTEREST = "openInterest";
  private static final double HOUR = 3_600e9;
  private static final long MINUTE = 60_000_000_000L;

  /**
   * Of open interest since a time.
   *
   * @param share of what it was
   * @param notional at the mark price
   */
  record Change(String since, double share, double notional) {}

  /**
   * Of takers' trades since a time.
   *
   * @param flow bought less sold over both, −1 to 1
   * @param notional bought less sold, at the mark price
   */
  record Flow(String since, double flow, double notional) {}

  /**
   * Of an instrument as of a time.
   *
   * @param now ns since 1970
   */
  static MarketAnswer of(final InstrumentMap map, final long now) {
    final MarketState market = map.market();
    final FundingState funding = market.funding();
    final Map<String, Change> changes = new LinkedHashMap<>();
    final Map<String, Flow> flows = new LinkedHashMap<>();
    for (int window = 0; window < MarketState.WINDOWS; window++) {
      final String label = MarketState.label(window);
      final String since = Format.timeOrNull(market.since(window));
      changes.put(
          label,
          new Change(since, market.openInterestChange(window), market.openInterestMove(window)));
      flows.put(label, new Flow(since, market.takerFlow(window), market.takerNet(window)));
    }
    final Map<String, String> ages = new LinkedHashMap<>();
    final long quick = map.settings().markStaleNanos();
    final long slow = map.settings().openInterestStaleNanos();
    age(ages, FUNDING, funding.predictedSaid(now), now, quick);
    age(ages, BASIS, market.basisTime(), now, quick);
    age(ages, ACCOUNTS, market.accountRatioTime(), now, slow);
    age(ages, OPEN_INTEREST, market.updateTime(), now, slow);
    return new MarketAnswer(
        funding.settledRate(now),
        Format.timeOrNull(funding.settledTime(now)),
        funding.predictedRate(now),
        Format.timeOrNull(funding.predictedSaid(now)),
        Format.timeOrNull(funding.nextTime(now)),
        funding.interval() == 0 ? Double.NaN : funding.interval() / HOUR,
        market.basisBps(),
        market.meanBasisBps(),
        Format.timeOrNull(market.basisTime()),
        market.accountRatio(),
        Format.timeOrNull(market.accountRatioTime()),
        Format.timeOrNull(market.updateTime()),
        changes,
        flows,
        List.copyOf(ages.keySet()),
        ages);
  }

  private static void age(
      final Map<String, String> ages,
      final String what,
      final long said,
      final long now,
      final long limit) {
    if (said != 0 && now - said > limit) {
      ages.put(what, Format.duration((now - said) / MINUTE * MINUTE));
    }
  }

  /** Prints what is known; nothing where nothing is. */
  void print(final Lines to) {
    String label = "market";
    for (final String line : lines()) {
      to.line(label, "%s", line);
      label = "";
    }
  }

  private List<String> lines() {
    final List<String> lines = new ArrayList<>();
    add(lines, funding());
    final List<String> parts = new ArrayList<>();
    if (!Double.isNaN(basisBps)) {
      parts.add(
          format("basis %+.1f bp", basisBps)
              + (Double.isNaN(meanBasisBps) ? "" : format(", %+.1f in 1h", meanBasisBps))
              + stale(BASIS));
    }
    if (!Double.isNaN(accountRatio)) {
      parts.add(format("accounts %.2f long for each short", accountRatio) + stale(ACCOUNTS));
    }
    add(lines, String.join("; ", parts));
    final List<String> changes = new ArrayList<>();
    openInterestChange.forEach(
        (span, change) -> {
          if (!Double.isNaN(change.share)) {
            changes.add(format("%s %+.2f %%%s", span, change.share * 100, money(change.notional)));
          }
        });
    add(lines, listed("open interest ", changes));
    final List<String> flows = new ArrayList<>();
    takerFlow.forEach(
        (span, flow) -> {
          if (!Double.isNaN(flow.flow)) {
            flows.add(format("%s %+.3f%s", span, flow.flow, money(flow.notional)));
          }
        });
    add(lines, listed("taker flow ", flows));
    return lines;
  }

  private String funding() {
    final List<String> parts = new ArrayList<>();
    if (!Double.isNaN(settledFundingRate)) {
      parts.add(format("paid %+.4f %% at %s", settledFundingRate * 100, settledFundingTime));
    }
    final String at = nextFundingTime == null ? "" : " at " + nextFundingTime;
    if (!Double.isNaN(fundingRate)) {
      parts.add(format("predicted %+.4f %%%s%s", fundingRate * 100, at, stale(FUNDING)));
    } else if (nextFundingTime != null) {
      parts.add("next" + at);
    }
    if (!Double.isNaN(fundingIntervalHours)) {
      parts.add("every " + Format.plain(fundingIntervalHours) + "h");
    }
    return parts.isEmpty() ? "" : "funding " + String.join(", ", parts);
  }

  private String listed(final String what, final List<String> parts) {
    return parts.isEmpty() ? "" : what + String.join(", ", parts) + stale(OPEN_INTEREST);
  }

  private static String money(final double notional) {
    if (Double.isNaN(notional)) {
      return "";
    }
    return " (" + (notional < 0 ? "-" : "+") + Format.amount(Math.abs(notional)).strip() + ")";
  }

  private String stale(final String what) {
    return ages.containsKey(what) ? " (STALE, " + ages.get(what) + " old)" : "";
  }

  private static String format(final String format, final Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static void add(final List<String> lines, final String line) {
    if (!line.isEmpty()) {
      lines.add(line);
    }
  }
}
