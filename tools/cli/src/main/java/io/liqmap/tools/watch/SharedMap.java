package io.liqmap.tools.watch;

import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.shared.view.Questions;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.tools.answer.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows the map that a view holds, as far as the view reaches. */
final class SharedMap {
  private final String name;
  private final String label;
  private final String model;
  private final String base;
  private final String quote;
  private final ViewReader view;
  private final Questions questions;

  SharedMap(
      final String name,
      final String label,
      final String model,
      final String base,
      final String quote,
      final ViewReader view) {
    this.name = name;
    this.label = label;
    this.model = model;
    this.base = base;
    this.quote = quote;
    this.view = view;
    questions = new Questions(view);
  }

  WatchedMap map() {
    final List<WatchedMap.Cluster> clusters = new ArrayList<>();
    for (int i = 0; i < view.clusters(); i++) {
      clusters.add(
          new WatchedMap.Cluster(
              view.clusterSide(i),
              view.priceLow(view.clusterLowBucket(i)),
              view.priceLow(view.clusterHighBucket(i) + 1),
              view.clusterNotional(i),
              questions.distanceBps(i),
              view.clusterId(i) == 0 ? "" : "no. " + view.clusterId(i)));
    }
    return new WatchedMap(
        name,
        label,
        view.time(),
        view.sequence(),
        model.replace("/", " of "),
        base,
        quote,
        view.markPrice() > 0 ? view.markPrice() : Double.NaN,
        view.openInterest(),
        bars(Side.LONG),
        bars(Side.SHORT),
        clusters,
        quality(),
        WatchedMap.CAVEAT);
  }

  private Bars bars(final Side side) {
    final double[] cumulative = view.cumulative(side);
    final double[] lows = new double[cumulative.length];
    final double[] highs = new double[cumulative.length];
    final double[] notionals = new double[cumulative.length];
    for (int i = 0; i < cumulative.length; i++) {
      // Outward: up for shorts, down for longs.
      final int at = side == Side.SHORT ? i : cumulative.length - 1 - i;
      final int bucket = view.anchorBucket() - side.sign() * i;
      lows[at] = view.priceLow(bucket);
      highs[at] = view.priceLow(bucket + 1);
      notionals[at] = i == 0 ? cumulative[0] : cumulative[i] - cumulative[i - 1];
    }
    return Bars.of(side, view.markPrice(), lows, highs, notionals);
  }

  private List<String> quality() {
    final List<String> quality = new ArrayList<>();
    quality.add(
        "shown: "
            + Format.percent(view.coverage(Side.LONG))
            + " of longs, "
            + Format.percent(view.coverage(Side.SHORT))
            + " of shorts");
    if (!Double.isNaN(view.dispersion(Side.LONG))) {
      quality.add(
          "models disagree: "
              + Format.percent(view.dispersion(Side.LONG))
              + ", "
              + Format.percent(view.dispersion(Side.SHORT)));
    }
    add(quality, QualityFlags.OPEN_INTEREST_STALE, "open interest STALE");
    add(quality, QualityFlags.MARK_MISSING, "no mark price: last price used");
    add(quality, QualityFlags.GAP, "gaps in the feed");
    add(quality, QualityFlags.NOT_JOURNALED, "not journaled");
    add(quality, QualityFlags.UNPROVEN, "amounts unproven");
    add(quality, QualityFlags.UNCALIBRATED, "amounts uncalibrated");
    add(quality, QualityFlags.MEMBER_SILENT, "a member is silent");
    quality.add(String.format(Locale.ROOT, "rejected %,d", view.rejected()));
    return quality;
  }

  private void add(final List<String> quality, final int flag, final String text) {
    if ((view.quality() & flag) != 0) {
      quality.add(text);
    }
  }
}
