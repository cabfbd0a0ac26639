package io.liqmap.tools.answer;

import io.liqmap.engine.core.structure.LevelKind;
import io.liqmap.engine.shared.view.Questions;
import io.liqmap.engine.shared.view.ViewReader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A cluster of the view.
 *
 * @param id its number; null where it was found in this map alone
 * @param side of its positions
 * @param state whole or partial
 * @param born when it appeared; null where it has no number
 * @param tiers notional by leverage
 * @param confluence kinds of levels of the price structure within it
 */
record ClusterAnswer(
    Long id,
    String side,
    String state,
    String born,
    double priceLow,
    double priceHigh,
    double peakPrice,
    double notional,
    double largestNotional,
    double distanceBps,
    double distanceSigmasOfAnHour,
    Map<String, Double> tiers,
    List<String> confluence) {

  /** A cluster, null where the number is below 0. */
  static ClusterAnswer of(final AskedView asked, final int cluster) {
    if (cluster < 0) {
      return null;
    }
    final ViewReader view = asked.reader();
    final Questions questions = asked.questions();
    final long id = view.clusterId(cluster);
    final Map<String, Double> tiers = new LinkedHashMap<>();
    for (int leverage = 0; leverage < view.leverages(); leverage++) {
      if (view.clusterNotional(cluster, leverage) > 0) {
        tiers.put(Format.plain(view.leverage(leverage)), view.clusterNotional(cluster, leverage));
      }
    }
    return new ClusterAnswer(
        id == 0 ? null : (Long) id,
        Format.lower(view.clusterSide(cluster)),
        Format.lower(view.clusterState(cluster)),
        Format.timeOrNull(view.clusterBorn(cluster)),
        view.priceLow(view.clusterLowBucket(cluster)),
        view.priceLow(view.clusterHighBucket(cluster) + 1),
        questions.peak(cluster),
        view.clusterNotional(cluster),
        view.clusterLargest(cluster),
        questions.distanceBps(cluster),
        questions.distanceSigmas(cluster, AskedView.HOUR),
        tiers,
        Arrays.stream(LevelKind.values())
            .filter((kind) -> (view.clusterConfluence(cluster) & kind.bit()) != 0)
            .map(Format::lower)
            .toList());
  }

  String text(final String notionalUnit) {
    return String.format(
        Locale.ROOT,
        "%-5s %s – %s  peak %s  %s %s  %.0f bp from mark%s%s%s",
        side,
        Format.price(priceLow),
        Format.price(priceHigh),
        Format.price(peakPrice),
        Format.amount(notional),
        notionalUnit,
        distanceBps,
        id == null ? "" : "  no. " + id + " since " + born,
        state.equals("partial") ? ", partly swept" : "",
        confluence.isEmpty() ? "" : ", " + String.join(", ", confluence).replace('_', ' '));
  }
}
