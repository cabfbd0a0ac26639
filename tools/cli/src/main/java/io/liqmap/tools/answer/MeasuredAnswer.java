package io.liqmap.tools.answer;

import io.liqmap.engine.core.map.MeasuredMap;
import io.liqmap.engine.core.map.MeasuredSide;
import io.liqmap.engine.core.map.PositionSettings;
import io.liqmap.engine.core.margin.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a map of known positions is made of.
 *
 * @param longs of the longs
 * @param shorts of the shorts
 * @param oldestReport when the state of the oldest report was taken; null without any
 * @param oldestAgeSeconds NaN without any
 * @param medianReport when the state of the median report was taken; null without any
 * @param medianAgeSeconds NaN without any
 * @param staleAfterSeconds age from which a position is left out
 * @param stale positions left out
 * @param reports so far
 * @param outdated reports that were older than what was known
 * @param noRoom reports of accounts beyond the capacity
 * @param beyondMark positions that mark had crossed before they were reported
 * @param assumes what the liquidation prices assume
 * @param warnings what to be careful about
 */
record MeasuredAnswer(
    @Json.Name("long") MeasuredSide longs,
    @Json.Name("short") MeasuredSide shorts,
    String oldestReport,
    double oldestAgeSeconds,
    String medianReport,
    double medianAgeSeconds,
    double staleAfterSeconds,
    long stale,
    long reports,
    long outdated,
    long noRoom,
    long beyondMark,
    String assumes,
    List<String> warnings) {
  private static final double FEW = 10;
  private static final double NANOS = 1e9;

  static MeasuredAnswer of(
      final MeasuredMap measured, final PositionSettings settings, final long now) {
    final List<String> warnings = new ArrayList<>();
    for (final Side side : Side.values()) {
      final MeasuredSide known = measured.side(side);
      if (known.accounts() > 0 && known.effectiveAccounts() < FEW) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "few accounts hold most of the %ss: %,d accounts count like %.1f of equal size",
                Format.lower(side),
                known.accounts(),
                known.effectiveAccounts()));
      }
    }
    if (Double.isNaN(measured.side(Side.LONG).openInterestShare())) {
      warnings.add("the feed has no open interest, so it is unknown what share of it is known");
    }
    if (measured.noRoom() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%,d reports of accounts beyond positions.capacity (%,d) were left out",
              measured.noRoom(),
              settings.capacity()));
    }
    final boolean isEmpty = measured.oldest() == 0;
    return new MeasuredAnswer(
        measured.side(Side.LONG),
        measured.side(Side.SHORT),
        isEmpty ? null : Format.time(measured.oldest()),
        isEmpty ? Double.NaN : (now - measured.oldest()) / NANOS,
        isEmpty ? null : Format.time(measured.median()),
        isEmpty ? Double.NaN : (now - measured.median()) / NANOS,
        settings.staleNanos() / NANOS,
        measured.stale(),
        measured.reports(),
        measured.outdated(),
        measured.noRoom(),
        measured.beyondMark(),
        "a liquidation price of a cross-margin account assumes that all other prices stay the same",
        warnings);
  }

  void print(final Lines lines, final MapAnswer.Units units) {
    lines.text(
        4, "model measured: positions that the venue published, by liquidation price and setting");
    print(lines, "longs", longs, units);
    print(lines, "shorts", shorts, units);
    if (oldestReport != null) {
      lines.text(
          4,
          "median report of %s, oldest of %s; %,d positions without one for %s left out",
          medianReport,
          oldestReport,
          stale,
          Format.duration(Math.round(staleAfterSeconds * NANOS)));
    }
    for (final String warning : warnings) {
      lines.text(9, "warning: %s", warning);
    }
  }

  private static void print(
      final Lines lines, final String side, final MeasuredSide known, final MapAnswer.Units units) {
    lines.text(
        4,
        "%-6s %,d account%s, like %.1f of equal size: %s %s, %s %s of it out of reach; %s; swept"
            + " %,d, %s %s",
        side,
        known.accounts(),
        known.accounts() == 1 ? "" : "s",
        known.effectiveAccounts(),
        Format.amount(known.quantity()),
        units.quantity(),
        Format.amount(known.outOfReach()),
        units.quantity(),
        Double.isNaN(known.openInterestShare())
            ? "share of open interest unknown"
            : Format.percent(known.openInterestShare()) + " of open interest",
        known.swept(),
        Format.amount(known.sweptNotional()),
        units.notional());
  }
}
