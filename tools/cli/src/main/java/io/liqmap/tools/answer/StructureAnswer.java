package io.liqmap.tools.answer;

import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.structure.StructureSnapshot;
import io.liqmap.engine.core.structure.TrendReading;
import java.util.List;

/**
 * Price structure: volume profile, swing points and trend.
 *
 * @param profile where volume was traded, null while none was
 * @param droppedVolumeShare share of the volume that lies too far from price to be kept
 * @param highVolumeNodes peaks of the volume profile
 * @param swings swing points
 * @param trends by the length of their windows
 */
record StructureAnswer(
    @Json.Inlined Profile profile,
    double droppedVolumeShare,
    List<Node> highVolumeNodes,
    List<SwingPoint> swings,
    List<Trend> trends) {

  record Profile(double pointOfControl, double valueAreaLow, double valueAreaHigh) {}

  record Node(double price, double share) {}

  record SwingPoint(String kind, long scaleBps, double price, String time) {}

  /**
   * A trend.
   *
   * @param mean NaN while unknown
   * @param slopePerHour NaN while unknown
   * @param sign null while unknown
   * @param settled whether the window is full
   */
  record Trend(
      double windowSeconds, double mean, double slopePerHour, Integer sign, boolean settled) {}

  static StructureAnswer of(
      final StructureSnapshot structure, final MapSnapshot image, final PricePath path) {
    final double unit = image.instrument().priceUnit();
    final double volume = structure.volume() + structure.droppedVolume();
    return new StructureAnswer(
        structure.pointOfControl() < 0
            ? null
            : new Profile(
                image.centre(structure.pointOfControl()),
                image.priceLow(structure.valueAreaLow()),
                image.priceHigh(structure.valueAreaHigh())),
        volume > 0 ? structure.droppedVolume() / volume : 0,
        structure.nodes().stream()
            .map((node) -> new Node(image.centre(node.bucket()), node.share()))
            .toList(),
        structure.swings().stream()
            .map(
                (swing) ->
                    new SwingPoint(
                        swing.isHigh() ? "high" : "low",
                        swing.scaleBps(),
                        swing.price() * unit,
                        Format.time(swing.timeNanos())))
            .toList(),
        structure.trends().stream()
            .map((trend) -> trend(trend, unit, path.isKnown(trend)))
            .toList());
  }

  private static Trend trend(final TrendReading trend, final double unit, final boolean isKnown) {
    return new Trend(
        trend.windowNanos() / 1e9,
        isKnown ? trend.ema() * unit : Double.NaN,
        isKnown ? trend.slopePerHour() : Double.NaN,
        isKnown ? trend.sign() : null,
        isKnown && trend.isSettled());
  }
}
