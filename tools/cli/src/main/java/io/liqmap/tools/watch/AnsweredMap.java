package io.liqmap.tools.watch;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.MapAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Shows a map that a journal answers with. */
final class AnsweredMap {
  private AnsweredMap() {}

  static WatchedMap of(final MapAnswer answer) {
    return new WatchedMap(
        answer.venue() + ":" + answer.instrument(),
        answer.label(),
        nanos(Instant.parse(answer.time())),
        answer.sequence(),
        answer.model() + (answer.since().isPresent() ? " of " + answer.window() : ""),
        answer.units().quantity(),
        answer.units().notional(),
        answer.markPrice(),
        answer.openInterest(),
        bars(answer, Side.LONG),
        bars(answer, Side.SHORT),
        answer.clusters().stream().map(AnsweredMap::cluster).toList(),
        quality(answer),
        answer.measured().isPresent()
            ? "The positions of these accounts alone, as of their last reports; no forecast."
            : WatchedMap.CAVEAT);
  }

  private static long nanos(final Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  private static Bars bars(final MapAnswer answer, final Side side) {
    final List<MapAnswer.Bucket> buckets =
        answer.buckets().stream()
            .filter((bucket) -> bucket.side().equals(Format.lower(side)))
            .toList();
    return Bars.of(
        side,
        answer.markPrice(),
        all(buckets, MapAnswer.Bucket::priceLow),
        all(buckets, MapAnswer.Bucket::priceHigh),
        all(buckets, MapAnswer.Bucket::notional));
  }

  private static double[] all(
      final List<MapAnswer.Bucket> buckets, final ToDoubleFunction<MapAnswer.Bucket> part) {
    return buckets.stream().mapToDouble(part).toArray();
  }

  private static WatchedMap.Cluster cluster(final MapAnswer.ClusterOnMap cluster) {
    return new WatchedMap.Cluster(
        cluster.side().equals(Format.lower(Side.LONG)) ? Side.LONG : Side.SHORT,
        cluster.priceLow(),
        cluster.priceHigh(),
        cluster.notional(),
        cluster.distanceBps(),
        cluster.id() == null ? "" : "no. " + cluster.id());
  }

  private static List<String> quality(final MapAnswer answer) {
    final List<String> quality = new ArrayList<>();
    quality.add(
        "shown: "
            + Format.percent(answer.coverage().longs())
            + " of longs, "
            + Format.percent(answer.coverage().shorts())
            + " of shorts");
    if (!Double.isNaN(answer.dispersion().longs())) {
      quality.add(
          "models disagree: "
              + Format.percent(answer.dispersion().longs())
              + ", "
              + Format.percent(answer.dispersion().shorts()));
    }
    if (answer.quality().openInterestStale()) {
      quality.add("open interest STALE");
    }
    if (answer.quality().markMissing()) {
      quality.add("no mark price: last price used");
    }
    quality.add(
        String.format(
            Locale.ROOT,
            "gaps %,d, rejected %,d",
            answer.quality().gaps(),
            answer.quality().rejected()));
    return quality;
  }
}
