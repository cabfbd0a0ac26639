package io.liqmap.tools.picture;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.MapAnswer;
import io.liqmap.tools.export.PriceRange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A map as a picture: price to the right in equal ratios, notional upward in bars stacked by
 * leverage, what lies between mark and each price as curves, the largest clusters by name.
 */
public final class MapPicture {
  private static final int LEFT = 76;
  private static final int RIGHT = 84;
  private static final int TOP = 106;
  private static final int BOTTOM = 92;
  private static final int BAR = 4;
  private static final int LABELLED = 8;
  private static final double LEAST_REACH = 1.04;
  private static final double MOST_REACH = 1.3;
  private static final double SHOWN = 0.95;

  private final MapAnswer map;
  private final Caption caption;
  private final Canvas canvas;
  private final Area plot;
  private final PriceAxis prices;
  private final Map<Integer, double[]> bars = new TreeMap<>();
  private final double ratio;
  private final double highest;
  private final double furthest;

  private MapPicture(
      final MapAnswer map,
      final PriceRange asked,
      final Caption caption,
      final int width,
      final int height) {
    this.map = map;
    this.caption = caption;
    canvas = new Canvas(width, height, Ink.BACKGROUND);
    plot = new Area(LEFT, TOP, width - LEFT - RIGHT, height - TOP - BOTTOM);
    final PriceRange range = asked == null ? reach(map) : asked;
    prices = new PriceAxis(range.low(), range.high(), plot.x(), plot.right());
    final MapAnswer.Bucket any = map.buckets().get(0);
    ratio = any.priceHigh() / any.priceLow();
    final double pixels = prices.place(any.priceHigh()) - prices.place(any.priceLow());
    final int group = (int) Math.max(1, Math.ceil(BAR / pixels));
    for (final MapAnswer.Bucket bucket : map.buckets()) {
      if (isShown(bucket)) {
        add(bucket, group);
      }
    }
    highest = bars.values().stream().mapToDouble(MapPicture::sum).max().orElse(0);
    furthest = Math.max(total(Side.LONG), total(Side.SHORT));
  }

  /** Prices around mark that hold nearly all within a bound. */
  private static PriceRange reach(final MapAnswer map) {
    final double mark = mark(map);
    double all = 0;
    for (final MapAnswer.Bucket bucket : map.buckets()) {
      all += ratio(bucket, mark) <= MOST_REACH ? bucket.notional() : 0;
    }
    double reach = LEAST_REACH;
    double within = 0;
    while (reach < MOST_REACH && within < SHOWN * all) {
      reach *= 1.01;
      within = 0;
      for (final MapAnswer.Bucket bucket : map.buckets()) {
        within += ratio(bucket, mark) <= reach ? bucket.notional() : 0;
      }
    }
    return new PriceRange(mark / reach, mark * reach);
  }

  private static double ratio(final MapAnswer.Bucket bucket, final double mark) {
    return Math.max(bucket.centre() / mark, mark / bucket.centre());
  }

  private static double mark(final MapAnswer map) {
    return Double.isNaN(map.markPrice()) ? map.buckets().get(0).centre() : map.markPrice();
  }

  private boolean isShown(final MapAnswer.Bucket bucket) {
    return bucket.centre() >= prices.low() && bucket.centre() <= prices.high();
  }

  /** By the lowest bucket of a bar: what each leverage has. */
  private void add(final MapAnswer.Bucket bucket, final int group) {
    final int first = Math.floorDiv(bucket.bucket(), group) * group;
    final double[] tiers =
        bars.computeIfAbsent(first, (key) -> new double[map.leverages().size() + 2]);
    for (final Map.Entry<String, Double> tier : bucket.tiers().entrySet()) {
      tiers[map.leverages().indexOf(tier.getKey())] += tier.getValue() * bucket.centre();
    }
    final double offset = StrictMath.pow(ratio, bucket.bucket() - first);
    tiers[tiers.length - 2] = bucket.priceLow() / offset;
    tiers[tiers.length - 1] = bucket.priceLow() / offset * StrictMath.pow(ratio, group);
  }

  private static double sum(final double[] bar) {
    double sum = 0;
    for (int i = 0; i < bar.length - 2; i++) {
      sum += bar[i];
    }
    return sum;
  }

  private double total(final Side side) {
    double sum = 0;
    for (final MapAnswer.Bucket bucket : map.buckets()) {
      sum += bucket.side().equals(Format.lower(side)) && isShown(bucket) ? bucket.notional() : 0;
    }
    return sum;
  }

  /**
   * Draws a picture as a PNG file; the stream stays open.
   *
   * @param map that isn't empty
   * @param range of prices; null for what holds nearly all
   */
  public static void write(
      final MapAnswer map,
      final PriceRange range,
      final Caption caption,
      final int width,
      final int height,
      final OutputStream to)
      throws IOException {
    final MapPicture picture = new MapPicture(map, range, caption, width, height);
    picture.draw();
    Png.write(
        picture.canvas,
        Ink.colours(Palette.of(Palette.names().get(0))),
        caption.title() + "; " + caption.subtitle() + "; " + caption.note(),
        to);
  }

  private void draw() {
    canvas.text(16, 12, caption.title(), Font.BOLD, Ink.BRIGHT);
    canvas.text(16, 34, caption.subtitle(), Ink.DIM);
    canvas.fill(plot, Ink.PANEL);
    axes();
    canvas.clip(plot);
    bars.values().forEach(this::bar);
    curve(Side.LONG, Ink.LONG);
    curve(Side.SHORT, Ink.SHORT);
    canvas.clip(null);
    canvas.frame(plot, Ink.FRAME);
    markLine();
    clusters();
    legend();
  }

  private void axes() {
    for (final double tick : prices.ticks(100)) {
      final int x = prices.pixel(tick);
      canvas.fill(x, plot.y(), 1, plot.height(), Ink.GRID);
      canvas.textAt(x, plot.bottom() + 8, PriceAxis.label(tick), Ink.TEXT);
    }
    for (final double share : new double[] {0.25, 0.5, 0.75, 1}) {
      final int y = plot.bottom() - (int) Math.round(share * bodyHeight());
      canvas.fill(plot.x(), y, plot.width(), 1, Ink.GRID);
      canvas.textTo(plot.x() - 8, y - 6, Format.amount(share * highest), Ink.TEXT);
      canvas.text(plot.right() + 8, y - 6, Format.amount(share * furthest), Ink.TEXT);
    }
    canvas.textTo(plot.x() - 8, plot.y() - 16, caption.unit(), Ink.DIM);
    canvas.text(plot.right() + 8, plot.y() - 16, "to price", Ink.DIM);
  }

  /** Height of the tallest bar. */
  private double bodyHeight() {
    return plot.height() * 0.94;
  }

  private void bar(final double[] bar) {
    final int left = prices.pixel(bar[bar.length - 2]);
    final int right = prices.pixel(bar[bar.length - 1]);
    final List<Integer> inks = Ink.tiers(map.leverages().size());
    double below = 0;
    for (int i = 0; i < inks.size(); i++) {
      final int bottom = height(below);
      below += bar[i];
      final int top = height(below);
      canvas.fill(
          left, plot.bottom() - top, Math.max(1, right - left - 1), top - bottom, inks.get(i));
    }
  }

  private int height(final double amount) {
    return (int) Math.round(amount / highest * bodyHeight());
  }

  /** What mark would meet on its way to each price. */
  private void curve(final Side side, final int ink) {
    final int sign = side == Side.LONG ? -1 : 1;
    final List<MapAnswer.Bucket> outward = new ArrayList<>();
    for (final MapAnswer.Bucket bucket : map.buckets()) {
      if (bucket.side().equals(Format.lower(side))) {
        outward.add(bucket);
      }
    }
    outward.sort((one, other) -> sign * Integer.compare(one.bucket(), other.bucket()));
    double sum = 0;
    int x = prices.pixel(mark(map));
    int y = plot.bottom();
    for (final MapAnswer.Bucket bucket : outward) {
      sum += bucket.notional();
      final int nextX = prices.pixel(sign < 0 ? bucket.priceLow() : bucket.priceHigh());
      final int nextY = plot.bottom() - (int) Math.round(sum / furthest * bodyHeight());
      for (int thick = -1; thick <= 1; thick++) {
        canvas.line(x, y + thick, nextX, nextY + thick, ink);
      }
      x = nextX;
      y = nextY;
    }
  }

  private void markLine() {
    if (Double.isNaN(map.markPrice())) {
      return;
    }
    final int x = prices.pixel(map.markPrice());
    for (int y = plot.y(); y < plot.bottom(); y++) {
      if (y % 8 < 5) {
        canvas.set(x, y, Ink.MARK);
      }
    }
    final String label = "mark " + PriceAxis.label(map.markPrice());
    final int wide = Font.REGULAR.width(label) + 10;
    canvas.fill(x - wide / 2, plot.bottom() + 2, wide, 17, Ink.MARK);
    canvas.textAt(x, plot.bottom() + 4, label, Ink.HALO);
  }

  /** The largest in reach, above the bars, each where there is room. */
  private void clusters() {
    final int[] ends = {0, 0, 0};
    final List<MapAnswer.ClusterOnMap> largest =
        map.clusters().stream()
            .filter((one) -> one.peakPrice() > prices.low() && one.peakPrice() < prices.high())
            .limit(LABELLED)
            .sorted((one, other) -> Double.compare(one.peakPrice(), other.peakPrice()))
            .toList();
    for (final MapAnswer.ClusterOnMap cluster : largest) {
      final int ink = cluster.side().equals(Format.lower(Side.LONG)) ? Ink.LONG : Ink.SHORT;
      final String label =
          Format.amount(cluster.notional())
              + String.format(Locale.ROOT, "  %.1f%%", cluster.distanceBps() / 100);
      final int wide = Font.REGULAR.width(label);
      final int x = prices.pixel(cluster.peakPrice());
      final int left = Math.min(plot.right() - wide, Math.max(plot.x(), x - wide / 2));
      int row = 0;
      while (row < ends.length && ends[row] > left - 8) {
        row++;
      }
      if (row == ends.length) {
        continue;
      }
      ends[row] = left + wide;
      final int y = plot.y() - 18 - row * 15;
      canvas.text(left, y, label, ink);
      for (int at = y + 14; at < plot.bottom(); at += 3) {
        canvas.set(x, at, ink);
      }
      final int low = prices.pixel(cluster.priceLow());
      canvas.fill(low, plot.y(), Math.max(2, prices.pixel(cluster.priceHigh()) - low), 3, ink);
    }
  }

  private void legend() {
    final List<Integer> inks = Ink.tiers(map.leverages().size());
    final int y = canvas.height() - 62;
    int x = 16;
    for (int i = 0; i < inks.size(); i++) {
      final String label = map.leverages().get(i) + "x";
      if (x + Font.REGULAR.width(label) + 40 < canvas.width()) {
        canvas.fill(x, y + 1, 11, 11, inks.get(i));
        canvas.text(x + 15, y, label, Ink.TEXT);
        x += Font.REGULAR.width(label) + 28;
      }
    }
    canvas.text(16, y + 20, "curves: what lies between mark and a price, long and short", Ink.DIM);
    canvas.text(16, canvas.height() - 20, caption.note(), Ink.DIM);
  }
}
