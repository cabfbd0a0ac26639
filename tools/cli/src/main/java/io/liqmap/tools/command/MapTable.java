package io.liqmap.tools.command;

import io.liqmap.engine.core.clusters.Cluster;
import io.liqmap.engine.core.clusters.MaxPain;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.structure.StructureSnapshot;
import io.liqmap.engine.core.structure.TrendReading;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws a map for a terminal: bands of prices with bars, the highest price at the top, mark in the
 * middle.
 */
final class MapTable {
  private static final int BANDS = 16;
  private static final int BAR = 40;
  private static final double MAX_REACH = 0.20;
  private static final double SHOWN_SHARE = 0.95;
  private static final int LARGEST = 5;

  private final MapAnswer answer;
  private final MapSnapshot image;
  private final PrintWriter out;

  private MapTable(final MapAnswer answer, final PrintWriter out) {
    this.answer = answer;
    this.image = answer.image();
    this.out = out;
  }

  static void print(final MapAnswer answer, final PrintWriter out) {
    new MapTable(answer, out).print();
  }

  private void print() {
    heading();
    if (image.bucketCount(Side.LONG) == 0 && image.bucketCount(Side.SHORT) == 0) {
      out.println("Nothing stands on the map as of then.");
    } else {
      picture();
      clusters();
    }
    market();
    structure();
    wrapped(
        0,
        "An estimate from open interest, volume and the assumed leverage above; no forecast. It"
            + " sees %s of the long and %s of the short open interest; the models disagree about %s"
            + " of the longs and %s of the shorts.",
        Format.percent(image.coverage(Side.LONG)),
        Format.percent(image.coverage(Side.SHORT)),
        Format.percent(answer.dispersion(Side.LONG)),
        Format.percent(answer.dispersion(Side.SHORT)));
  }

  private void wrapped(final int hang, final String format, final Object... values) {
    out.println(Lines.wrap(String.format(Locale.ROOT, format, values), hang));
  }

  /** Where most stands, and what the feed says beside prices. */
  private void market() {
    final MaxPainAnswer maxPain = answer.maxPain();
    if (!Double.isNaN(maxPain.price())) {
      wrapped(
          15,
          "max pain       %s, %s %s within %s bp; long %s (%s), short %s (%s)",
          Format.price(maxPain.price()),
          Format.amount(maxPain.notional()),
          image.instrument().quoteAsset(),
          MapJson.plain(MaxPain.AROUND_BPS),
          price(maxPain.price(Side.LONG)),
          Format.amount(maxPain.notional(Side.LONG)),
          price(maxPain.price(Side.SHORT)),
          Format.amount(maxPain.notional(Side.SHORT)));
    }
    final String line = answer.market().line();
    if (!line.isEmpty()) {
      wrapped(15, "market         %s", line);
    }
  }

  private static String price(final double value) {
    return Double.isNaN(value) ? "none" : Format.price(value);
  }

  private void structure() {
    final StructureSnapshot structure = answer.structure();
    if (structure.pointOfControl() >= 0) {
      out.printf(
          "volume         most at %s, value area %s – %s%n",
          Format.price(image.centre(structure.pointOfControl())),
          Format.price(image.priceLow(structure.valueAreaLow())),
          Format.price(image.priceHigh(structure.valueAreaHigh())));
    }
    if (!structure.trends().isEmpty()) {
      final StringBuilder trends = new StringBuilder();
      for (final TrendReading trend : structure.trends()) {
        trends.append(trends.isEmpty() ? "" : ", ");
        trends.append(Format.duration(trend.windowNanos()));
        if (!answer.path().isKnown(trend)) {
          trends.append(" unknown");
          continue;
        }
        trends.append(
            String.format(
                Locale.ROOT,
                " %s (%+.1f bp/h%s)",
                trend.sign() > 0 ? "up" : trend.sign() < 0 ? "down" : "flat",
                trend.slopePerHour() * 10_000,
                trend.isSettled() ? "" : ", not settled"));
      }
      wrapped(15, "trend          %s", trends);
      out.println();
    }
  }

  private void heading() {
    out.printf(
        "%s  %s  sequence %s  state %s%n",
        image.instrument().symbol(),
        Moment.print(answer.time()),
        answer.sequence(),
        Format.hash(answer.stateHash()));
    wrapped(
        5,
        "mark %s%s   open interest %s%s   gaps %s, rejected %s",
        image.markPrice() == 0 ? "unknown" : Format.price(image.markPrice()),
        answer.markMissing() && image.markPrice() > 0
            ? " (no mark price: the last price stands in)"
            : "",
        openInterest(),
        answer.openInterestStale() && !Double.isNaN(image.openInterest()) ? " (STALE)" : "",
        Format.count(answer.gaps()),
        Format.count(answer.rejected()));
    answer.path().print(out);
    if (image.window() != Window.ALL) {
      out.printf(
          "positions opened within %s, since %s%n",
          image.window().label(), Moment.print(image.since()));
    }
    for (final MapAnswer.Part part : answer.models()) {
      model(part);
    }
    wrapped(
        4,
        "isolated margin, %s, %s%s; %s bp",
        answer.brackets().description(),
        answer.flows().formula(),
        answer.flows().venueKnown()
            ? ""
            : " (Binance's, for want of " + image.instrument().venue() + "'s)",
        MapJson.plain(image.settings().resolutionBps()));
    if (!answer.brackets().warning().isEmpty()) {
      wrapped(9, "warning: %s", answer.brackets().warning());
    }
    out.println();
  }

  private void model(final MapAnswer.Part part) {
    final ModelSettings model = part.settings();
    final StringBuilder tiers = new StringBuilder();
    for (int number = 0; number < image.leverages(); number++) {
      final double leverage = image.leverage(number);
      double longs = 0;
      double shorts = 0;
      for (final MapAnswer.Tier tier : part.tiers()) {
        if (tier.line().leverage() == leverage) {
          longs += tier.longShare();
          shorts += tier.shortShare();
        }
      }
      if (longs > 0 || shorts > 0) {
        tiers.append(' ').append(MapJson.plain(leverage)).append("x ").append(share(longs));
        if (!share(shorts).equals(share(longs))) {
          tiers.append(" (short ").append(share(shorts)).append(')');
        }
      }
    }
    wrapped(
        4,
        "model %s%s:%s; turnover %s, taker lean %s, exits %s%s%s",
        model.name(),
        image.isConsensus() ? String.format(Locale.ROOT, " (%.0f%%)", part.share() * 100) : "",
        tiers,
        MapJson.plain(model.entries().turnover()),
        MapJson.plain(model.entries().takerLean()),
        model.exits().isProportional() ? "proportional" : "by age and profit",
        model.maintenance() == Maintenance.NONE ? ", no maintenance margin" : "",
        model.entries().minTradeNotional() > 0
            ? ", trades from " + Format.amount(model.entries().minTradeNotional())
            : "");
  }

  private static String share(final double share) {
    return String.format(Locale.ROOT, "%.0f%%", share * 100);
  }

  private String openInterest() {
    return Double.isNaN(image.openInterest())
        ? "unknown"
        : Format.amount(image.openInterest()) + " " + image.instrument().baseAsset();
  }

  private void picture() {
    final double reach = reach();
    final double[] shorts = bands(Side.SHORT, reach);
    final double[] longs = bands(Side.LONG, reach);
    double largest = 0;
    for (int band = 0; band < BANDS; band++) {
      largest = Math.max(largest, Math.max(shorts[band], longs[band]));
    }
    out.printf("%27s  %10s  %10s%n", "price", image.instrument().quoteAsset(), "up to here");
    for (int band = BANDS - 1; band >= 0; band--) {
      row(Side.SHORT, band, reach, shorts, largest);
    }
    out.printf(
        "%27s  %s%n", Format.price(image.markPrice()), "─── mark ".concat("─".repeat(BAR + 18)));
    for (int band = 0; band < BANDS; band++) {
      row(Side.LONG, band, reach, longs, largest);
    }
    beyond(reach);
    out.println();
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
    final double near = image.markPrice() * (1 - side.sign() * reach * band / BANDS);
    final double far = image.markPrice() * (1 - side.sign() * reach * (band + 1) / BANDS);
    out.printf(
        "%12s – %12s  %10s  %10s  %-5s %s%n",
        Format.price(Math.min(near, far)),
        Format.price(Math.max(near, far)),
        Format.amount(notional[band]),
        Format.amount(cumulative),
        MapJson.name(side),
        "█".repeat((int) Math.round(BAR * notional[band] / Math.max(largest, 1e-9))));
  }

  /**
   * Part of mark on either side that the picture shows: nearly all that stands, but no more than a
   * trader looks at.
   */
  private double reach() {
    double reach = 0.01;
    for (final Side side : Side.values()) {
      double all = 0;
      for (final int bucket : answer.outward(side)) {
        all += image.notional(side, bucket);
      }
      double sum = 0;
      for (final int bucket : answer.outward(side)) {
        sum += image.notional(side, bucket);
        if (sum <= SHOWN_SHARE * all) {
          reach = Math.max(reach, Math.abs(image.centre(bucket) / image.markPrice() - 1));
        }
      }
    }
    return Math.min(reach, MAX_REACH);
  }

  private double[] bands(final Side side, final double reach) {
    final double[] bands = new double[BANDS];
    for (final int bucket : answer.outward(side)) {
      final int band = band(side, bucket, reach);
      if (band < BANDS) {
        bands[band] += image.notional(side, bucket);
      }
    }
    return bands;
  }

  private int band(final Side side, final int bucket, final double reach) {
    final double distance = side.sign() * (1 - image.centre(bucket) / image.markPrice());
    return (int) (Math.max(0, distance) / reach * BANDS);
  }

  /** What the picture leaves out, so that nobody takes it for all there is. */
  private void beyond(final double reach) {
    double longs = 0;
    double shorts = 0;
    for (final int bucket : answer.outward(Side.LONG)) {
      longs += band(Side.LONG, bucket, reach) < BANDS ? 0 : image.notional(Side.LONG, bucket);
    }
    for (final int bucket : answer.outward(Side.SHORT)) {
      shorts += band(Side.SHORT, bucket, reach) < BANDS ? 0 : image.notional(Side.SHORT, bucket);
    }
    out.printf(
        "beyond ±%s   short %s, long %s %s%n",
        Format.percent(reach),
        Format.amount(shorts),
        Format.amount(longs),
        image.instrument().quoteAsset());
  }

  private void clusters() {
    cluster("nearest above", answer.nearest(Side.SHORT));
    cluster("nearest below", answer.nearest(Side.LONG));
    for (int i = 0; i < Math.min(LARGEST, answer.clusters().size()); i++) {
      cluster(i == 0 ? "largest" : "", answer.clusters().get(i));
    }
    if (answer.clusters().stream().anyMatch((cluster) -> !cluster.isTracked())) {
      wrapped(
          0,
          "These clusters are found in this map alone: only those of the first model's whole map are"
              + " tracked.");
    }
    out.println();
  }

  private void cluster(final String label, final Cluster cluster) {
    if (cluster != null) {
      wrapped(
          21,
          "%-14s %-5s %s – %s  peak %s  %s %s  %.0f bp from mark%s%s",
          label,
          MapJson.name(cluster.side()),
          Format.price(image.priceLow(cluster.lowBucket())),
          Format.price(image.priceHigh(cluster.highBucket())),
          Format.price(image.centre(cluster.peakBucket())),
          Format.amount(cluster.notional()),
          image.instrument().quoteAsset(),
          cluster.distanceBps(),
          cluster.isTracked() ? "  no. " + cluster.id() : "",
          confluence(cluster));
    }
  }

  /** What of the price structure lies in a cluster. */
  private String confluence(final Cluster cluster) {
    final String levels =
        answer.structure().within(cluster.lowBucket(), cluster.highBucket()).stream()
            .map(
                (level) ->
                    level.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (level.scaleBps() > 0 ? " " + level.scaleBps() + " bp" : ""))
            .distinct()
            .collect(Collectors.joining(", "));
    return levels.isEmpty() ? "" : "  with " + levels;
  }
}
