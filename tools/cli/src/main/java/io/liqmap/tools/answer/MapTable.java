package io.liqmap.tools.answer;

import io.liqmap.engine.core.margin.Side;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Draws a map for a terminal: bands of prices with bars, the highest price at the top, mark in the
 * middle.
 */
public final class MapTable {
  private static final int BANDS = 16;
  private static final int BAR = 40;
  private static final double MAX_REACH = 0.20;
  private static final double SHOWN_SHARE = 0.95;
  private static final int LARGEST = 5;
  private static final int INDENT = 15;
  private static final int DISTANCES_APART = 3;

  private final MapAnswer answer;
  private final PrintWriter out;
  private final Lines lines;

  private MapTable(final MapAnswer answer, final PrintWriter out) {
    this.answer = answer;
    this.out = out;
    lines = new Lines(out, INDENT);
  }

  public static void print(final MapAnswer answer, final PrintWriter out) {
    new MapTable(answer, out).print();
  }

  private void print() {
    heading();
    if (answer.buckets().isEmpty()) {
      out.println("No open positions at that time.");
    } else {
      picture();
      clusters();
    }
    market();
    calibration();
    if (answer.structure() != null) {
      structure();
    }
    if (answer.measured().isPresent()) {
      lines.text(
          0,
          "The positions of these accounts alone, as of their last reports; no forecast. %s%s.",
          Character.toUpperCase(answer.measured().get().assumes().charAt(0)),
          answer.measured().get().assumes().substring(1));
      return;
    }
    lines.text(
        0,
        "An estimate from open interest, volume and the distances above; no forecast. It shows %s"
            + " of the long and %s of the short open interest; %s and %s are out of reach, %s and"
            + " %s unmapped. The models disagree about %s of the longs and %s of the shorts.",
        Format.percent(answer.coverage().longs()),
        Format.percent(answer.coverage().shorts()),
        Format.percent(answer.outOfReach().longs()),
        Format.percent(answer.outOfReach().shorts()),
        Format.percent(answer.unmapped().longs()),
        Format.percent(answer.unmapped().shorts()),
        Format.percent(answer.dispersion().longs()),
        Format.percent(answer.dispersion().shorts()));
  }

  private void heading() {
    lines.text(
        4,
        "%s  %s  sequence %s  state %s",
        answer.label(),
        answer.time(),
        answer.sequence(),
        answer.stateHash());
    final boolean isMarkKnown = !Double.isNaN(answer.markPrice());
    final boolean isInterestKnown = !Double.isNaN(answer.openInterest());
    lines.text(
        5,
        "mark %s%s   open interest %s%s   gaps %,d, rejected %,d",
        Format.price(answer.markPrice()),
        answer.quality().markMissing() && isMarkKnown
            ? " (no mark price: the last price is used)"
            : "",
        Format.amount(answer.openInterest())
            + (isInterestKnown ? " " + answer.units().quantity() : ""),
        answer.quality().openInterestStale() && isInterestKnown ? " (STALE)" : "",
        answer.quality().gaps(),
        answer.quality().rejected());
    if (answer.path() != null) {
      answer.path().print(lines);
    }
    answer.members().ifPresent(this::members);
    answer
        .since()
        .ifPresent(
            (since) ->
                out.printf("positions opened within %s, since %s%n", answer.window(), since));
    if (answer.measured().isPresent()) {
      answer.measured().get().print(lines, answer.units());
      out.println();
      return;
    }
    answer.assumptions().models().forEach(this::model);
    lines.text(
        4,
        "isolated margin, %s, %s%s; %s bp",
        answer.assumptions().bracketTable().description(),
        answer.assumptions().formula(),
        answer.assumptions().formulaIsVenues()
            ? ""
            : " (Binance's, for want of " + answer.venue() + "'s)",
        Format.plain(answer.assumptions().resolutionBps()));
    if (answer.assumptions().bracketTable().warning() != null) {
      lines.text(9, "warning: %s", answer.assumptions().bracketTable().warning());
    }
    out.println();
  }

  private void members(final List<MemberAnswer> members) {
    lines.text(
        4,
        "a group: the sum of its members, each by its own mark, contract and brackets; %s%s",
        answer.units().notional().contains("+")
            ? answer.units().notional().replace("+", ", ") + " count 1:1; "
            : "",
        members.stream()
            .filter(MemberAnswer::isReference)
            .findFirst()
            .map((member) -> "mark and assumptions are those of " + member.name())
            .orElse("no member has a price"));
    out.printf(
        "%-35s%12s  %13s  %15s  %15s  %s%n",
        "member", "mark", "open interest", "shown long/short", "of the map", "last event");
    members.forEach((member) -> lines.text(35, "%s", member.text(answer.units().quantity())));
  }

  private void calibration() {
    if (answer.calibration().isEmpty() || answer.calibration().get().longs().isUnscored()) {
      return;
    }
    final MapAnswer.Liquidations closed = answer.liquidations();
    lines.line(
        "calibration",
        "swept over liquidated: %s%s",
        CalibrationAnswer.line(answer.calibration().get()),
        closed.forcedPerReported() > 1
            ? String.format(
                Locale.ROOT,
                "; with %s liquidations for a reported one, which may be %s to %s%s",
                Format.plain(closed.forcedPerReported()),
                Format.plain(closed.forcedPerReportedLow()),
                Format.plain(closed.forcedPerReportedHigh()),
                falls(closed))
            : "");
  }

  private static String falls(final MapAnswer.Liquidations closed) {
    return closed
        .fallsPerReported()
        .map(
            (slope) ->
                String.format(
                    Locale.ROOT,
                    " (open interest fell by %.1f ± %.1f for each)",
                    slope,
                    closed.fallsPerReportedError().orElse(Double.NaN)))
        .orElse("");
  }

  /** Cumulative shares at some distances, since each range alone holds next to nothing. */
  private static String distances(final Assumptions.Model model) {
    final StringBuilder text = new StringBuilder();
    double longs = 0;
    double shorts = 0;
    final int last = model.tiers().size() - 1;
    for (int tier = 0; tier <= last; tier++) {
      longs += model.tiers().get(tier).share();
      shorts += model.tiers().get(tier).shareShort();
      final Optional<Double> to = model.tiers().get(tier).distanceTo();
      if (to.isPresent() && (last - tier) % DISTANCES_APART == 0) {
        text.append(
            String.format(
                Locale.ROOT, " %.3g%% %.2f/%.2f", to.get() * 100, longs * 100, shorts * 100));
      }
    }
    return text + " % of longs/shorts";
  }

  private void model(final Assumptions.Model model) {
    if (model.tiers().stream().allMatch((tier) -> tier.distanceTo().isPresent())) {
      model(model, ", within" + distances(model));
      return;
    }
    final StringBuilder tiers = new StringBuilder(":");
    for (final String leverage : answer.leverages()) {
      double longs = 0;
      double shorts = 0;
      for (final Assumptions.Tier tier : model.tiers()) {
        if (Format.plain(tier.leverage()).equals(leverage)) {
          longs += tier.share();
          shorts += tier.shareShort();
        }
      }
      if (longs > 0 || shorts > 0) {
        tiers.append(' ').append(leverage).append("x ").append(share(longs));
        if (!share(shorts).equals(share(longs))) {
          tiers.append(" (short ").append(share(shorts)).append(')');
        }
      }
    }
    model(model, tiers.toString());
  }

  private void model(final Assumptions.Model model, final String tiers) {
    lines.text(
        4,
        "model %s%s%s%s; turnover %s, taker lean %s, exits %s%s%s",
        model.name(),
        answer.isConsensus() ? " (" + share(model.share()) + ")" : "",
        model.learning().equals("off")
            ? ""
            : model.learning().equals("on") ? ", learned" : ", frozen",
        tiers,
        Format.plain(model.turnover()),
        Format.plain(model.takerLean()),
        model.isProportional() ? "proportional" : "by age and profit",
        model.maintenance().equals("none") ? ", no maintenance margin" : "",
        model.minTradeNotional() > 0
            ? ", trades from " + Format.amount(model.minTradeNotional())
            : "");
  }

  private static String share(final double share) {
    return String.format(Locale.ROOT, "%.0f%%", share * 100);
  }

  private void picture() {
    final double reach = reach();
    final double[] shorts = bands(Side.SHORT, reach);
    final double[] longs = bands(Side.LONG, reach);
    double largest = 0;
    for (int band = 0; band < BANDS; band++) {
      largest = Math.max(largest, Math.max(shorts[band], longs[band]));
    }
    out.printf("%27s  %10s  %10s%n", "price", answer.units().notional(), "up to here");
    for (int band = BANDS - 1; band >= 0; band--) {
      row(Side.SHORT, band, reach, shorts, largest);
    }
    out.printf(
        "%27s  %s%n", Format.price(answer.markPrice()), "─── mark ".concat("─".repeat(BAR + 18)));
    for (int band = 0; band < BANDS; band++) {
      row(Side.LONG, band, reach, longs, largest);
    }
    out.printf(
        "beyond ±%s   short %s, long %s %s%n%n",
        Format.percent(reach),
        Format.amount(shorts[BANDS]),
        Format.amount(longs[BANDS]),
        answer.units().notional());
  }

  private void row(
      final Side side,
      final int band,
      final double reach,
      final double[] notional,
      final double largest) {
    double cumulative = 0;
    for (int i = 0; i <= band; i++) {
      cumulative += notional[i];
    }
    final double near = answer.markPrice() * (1 - side.sign() * reach * band / BANDS);
    final double far = answer.markPrice() * (1 - side.sign() * reach * (band + 1) / BANDS);
    out.printf(
        "%12s – %12s  %10s  %10s  %-5s %s%n",
        Format.price(Math.min(near, far)),
        Format.price(Math.max(near, far)),
        Format.amount(notional[band]),
        Format.amount(cumulative),
        Format.lower(side),
        "█".repeat((int) Math.round(BAR * notional[band] / Math.max(largest, 1e-9))));
  }

  /** Share of mark on either side that the picture shows: nearly all, but no more than is read. */
  private double reach() {
    double reach = 0.01;
    for (final Side side : Side.values()) {
      final List<MapAnswer.Bucket> buckets = answer.outward(side);
      final List<List<Double>> sums = answer.cumulative().of(side);
      for (int i = 0; i < buckets.size(); i++) {
        if (sums.get(i).get(1) <= SHOWN_SHARE * sums.get(sums.size() - 1).get(1)) {
          reach = Math.max(reach, Math.abs(buckets.get(i).centre() / answer.markPrice() - 1));
        }
      }
    }
    return Math.min(reach, MAX_REACH);
  }

  /** Notional by band, and beyond the last of them. */
  private double[] bands(final Side side, final double reach) {
    final double[] bands = new double[BANDS + 1];
    for (final MapAnswer.Bucket bucket : answer.outward(side)) {
      final double distance = side.sign() * (1 - bucket.centre() / answer.markPrice());
      bands[Math.min(BANDS, (int) (Math.max(0, distance) / reach * BANDS))] += bucket.notional();
    }
    return bands;
  }

  private void clusters() {
    nearest("nearest above", Side.SHORT);
    nearest("nearest below", Side.LONG);
    for (int i = 0; i < Math.min(LARGEST, answer.clusters().size()); i++) {
      cluster(i == 0 ? "largest" : "", answer.clusters().get(i));
    }
    if (answer.clusters().stream().anyMatch((cluster) -> cluster.id() == null)) {
      lines.text(
          0,
          "These clusters are found in this map alone: only those of the first model's whole map are"
              + " tracked.");
    }
    out.println();
  }

  private void nearest(final String label, final Side side) {
    answer.clusters().stream()
        .filter((cluster) -> cluster.side().equals(Format.lower(side)))
        .min(Comparator.comparingDouble(MapAnswer.ClusterOnMap::distanceBps))
        .ifPresent((cluster) -> cluster(label, cluster));
  }

  private void cluster(final String label, final MapAnswer.ClusterOnMap cluster) {
    final String levels =
        cluster.confluence().stream()
            .map(
                (level) ->
                    level.kind().replace('_', ' ')
                        + level.scaleBps().map((scale) -> " " + scale + " bp").orElse(""))
            .distinct()
            .collect(Collectors.joining(", "));
    lines.text(
        21,
        "%-14s %-5s %s – %s  peak %s  %s %s  %.0f bp from mark%s%s",
        label,
        cluster.side(),
        Format.price(cluster.priceLow()),
        Format.price(cluster.priceHigh()),
        Format.price(cluster.peakPrice()),
        Format.amount(cluster.notional()),
        answer.units().notional(),
        cluster.distanceBps(),
        cluster.id() == null ? "" : "  no. " + cluster.id(),
        levels.isEmpty() ? "" : "  with " + levels);
  }

  private void market() {
    final MaxPainAnswer maxPain = answer.maxPain();
    if (!Double.isNaN(maxPain.both().price())) {
      lines.line(
          "max pain",
          "%s, %s %s within %s bp; long %s (%s), short %s (%s)",
          Format.price(maxPain.both().price()),
          Format.amount(maxPain.both().notional()),
          answer.units().notional(),
          Format.plain(maxPain.aroundBps()),
          price(maxPain.longs().price()),
          Format.amount(maxPain.longs().notional()),
          price(maxPain.shorts().price()),
          Format.amount(maxPain.shorts().notional()));
    }
    if (answer.market() != null) {
      answer.market().print(lines);
    }
  }

  private static String price(final double value) {
    return Double.isNaN(value) ? "none" : Format.price(value);
  }

  private void structure() {
    final StructureAnswer.Profile profile = answer.structure().profile();
    if (profile != null) {
      lines.line(
          "volume",
          "most at %s, value area %s – %s",
          Format.price(profile.pointOfControl()),
          Format.price(profile.valueAreaLow()),
          Format.price(profile.valueAreaHigh()));
    }
    if (!answer.structure().trends().isEmpty()) {
      lines.line(
          "trend",
          "%s",
          answer.structure().trends().stream()
              .map(MapTable::trend)
              .collect(Collectors.joining(", ")));
      out.println();
    }
  }

  private static String trend(final StructureAnswer.Trend trend) {
    final String window = Format.duration(Math.round(trend.windowSeconds() * 1e9));
    return trend.sign() == null
        ? window + " unknown"
        : String.format(
            Locale.ROOT,
            "%s %s (%+.1f bp/h%s)",
            window,
            trend.sign() > 0 ? "up" : trend.sign() < 0 ? "down" : "flat",
            trend.slopePerHour() * 10_000,
            trend.settled() ? "" : ", not settled");
  }
}
