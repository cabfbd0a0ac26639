package io.liqmap.tools.picture;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.export.JournalPrices;
import io.liqmap.tools.export.PriceRows;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/**
 * A heatmap as a picture: time to the right, price upward in equal ratios, notional as colour.
 *
 * <pre>
 *   title, subtitle
 *   ┌───────────────────────────┐ price ┌─────────┐
 *   │ heat, candles, dots       │       │ profile │  of the last column, by side
 *   └───────────────────────────┘       └─────────┘
 *     time                                amount
 *   legend                                     note
 * </pre>
 */
public final class HeatmapPicture {
  /** Smallest width and height. */
  public static final int LEAST_WIDTH = 640;

  public static final int LEAST_HEIGHT = 400;

  /** Largest width and height. */
  public static final int MOST = 8_000;

  private static final int MARGIN = 16;
  private static final int TOP = 58;
  private static final int BOTTOM = 92;
  private static final int LABELS = 78;
  private static final int BODY = 5;
  private static final int LEGEND = 420;

  private final HeatCells cells;
  private final MoneyScale scale;
  private final Caption caption;
  private final List<JournalPrices.Liquidation> liquidations;
  private final Canvas canvas;
  private final Area plot;
  private final Area profile;
  private final PriceAxis prices;
  private final TimeAxis times;

  private HeatmapPicture(
      final HeatCells cells,
      final long every,
      final MoneyScale scale,
      final Caption caption,
      final List<JournalPrices.Liquidation> liquidations,
      final int width,
      final int height) {
    this.cells = cells;
    this.scale = scale;
    this.caption = caption;
    this.liquidations = liquidations;
    canvas = new Canvas(width, height, Ink.BACKGROUND);
    plot = plot(width, height);
    profile =
        new Area(
            plot.right() + LABELS, plot.y(), width - MARGIN - plot.right() - LABELS, plot.height());
    final PriceRows rows = cells.rows();
    prices = new PriceAxis(rows.edge(0), rows.edge(rows.count()), plot.bottom(), plot.y());
    times =
        new TimeAxis(
            cells.bar(0).time() - every,
            cells.bar(cells.count() - 1).time(),
            plot.x(),
            plot.right());
  }

  /** Where a picture of a size has its cells. */
  public static Area plot(final int width, final int height) {
    return new Area(
        MARGIN, TOP, width - 2 * MARGIN - LABELS - profile(width), height - TOP - BOTTOM);
  }

  private static int profile(final int width) {
    return Math.max(130, width / 7);
  }

  /** Pixels for columns of a picture of a width, the most that it can show. */
  public static int columns(final int width) {
    return plot(width, LEAST_HEIGHT).width();
  }

  /** Pixels for rows of a picture of a height, the most that it can show. */
  public static int rows(final int height) {
    return plot(LEAST_WIDTH, height).height();
  }

  /**
   * Draws a picture as a PNG file; the stream stays open.
   *
   * @param cells of at least one column, no more of them and of rows than there are pixels
   * @param every length of a column, ns
   * @param scale of amounts; null for one by what there is
   * @param isLinear whether such a scale is linear
   * @param liquidations that were reported, in the order of time
   */
  public static void write(
      final HeatCells cells,
      final long every,
      final MoneyScale scale,
      final boolean isLinear,
      final Palette palette,
      final Caption caption,
      final List<JournalPrices.Liquidation> liquidations,
      final int width,
      final int height,
      final OutputStream to)
      throws IOException {
    final HeatmapPicture picture =
        new HeatmapPicture(
            cells,
            every,
            scale == null ? MoneyScale.of(cells, isLinear) : scale,
            caption,
            liquidations,
            width,
            height);
    picture.draw();
    Png.write(
        picture.canvas,
        Ink.colours(palette),
        caption.title() + "; " + caption.subtitle() + "; " + caption.note(),
        to);
  }

  private void draw() {
    canvas.text(MARGIN, 12, caption.title(), Font.BOLD, Ink.BRIGHT);
    canvas.text(MARGIN, 34, caption.subtitle(), Ink.DIM);
    heat();
    axes();
    canvas.clip(plot);
    candles();
    dots();
    canvas.clip(null);
    mark();
    profile();
    legend();
  }

  private void heat() {
    canvas.fill(plot, 0);
    for (int x = plot.x(); x < plot.right(); x++) {
      final int column = column(x);
      for (int row = 0; row < cells.rows().count(); row++) {
        final int ink = scale.ink(cells.cell(column, row));
        if (ink > 0) {
          final int top = prices.pixel(cells.rows().edge(row + 1));
          canvas.fill(x, top, 1, prices.pixel(cells.rows().edge(row)) - top, ink);
        }
      }
    }
    canvas.frame(plot, Ink.FRAME);
  }

  /** Column of a pixel. */
  private int column(final int x) {
    return (int) ((long) (x - plot.x()) * cells.count() / plot.width());
  }

  private void axes() {
    for (final double tick : prices.ticks(56)) {
      final int y = prices.pixel(tick);
      if (y > plot.y() + 6 && y < plot.bottom() - 4) {
        for (int x = plot.x(); x < plot.right(); x += 6) {
          canvas.set(x, y, Ink.FRAME);
        }
        canvas.fill(profile.x(), y, profile.width(), 1, Ink.GRID);
        canvas.text(plot.right() + 8, y - 6, PriceAxis.label(tick), Ink.TEXT);
      }
    }
    for (final long tick : times.ticks(84)) {
      final int x = times.pixel(tick);
      for (int y = plot.y(); y < plot.bottom(); y += 6) {
        canvas.set(x, y, Ink.FRAME);
      }
      canvas.fill(x, plot.bottom(), 1, 5, Ink.FRAME);
      final String label = TimeAxis.label(tick);
      if (x + Font.REGULAR.width(label) / 2 <= plot.right() && x > plot.x() + 12) {
        canvas.textAt(x, plot.bottom() + 8, label, Ink.TEXT);
      }
    }
    canvas.text(plot.right() + 8, plot.bottom() + 8, "UTC", Ink.DIM);
  }

  /** As many columns a candle as make it wide enough to see. */
  private void candles() {
    final int together = Math.max(1, BODY * cells.count() / plot.width() + 1);
    for (int first = 0; first < cells.count(); first += together) {
      final int end = Math.min(cells.count(), first + together);
      Bar candle = cells.bar(first);
      for (int i = first + 1; i < end; i++) {
        candle = candle.and(cells.bar(i));
      }
      if (candle.hasTrades()) {
        final int left = plot.x() + first * plot.width() / cells.count();
        final int right = plot.x() + end * plot.width() / cells.count();
        candle(candle, left, Math.max(1, right - left - 2));
      }
    }
  }

  private void candle(final Bar candle, final int left, final int width) {
    final int ink = candle.close() >= candle.open() ? Ink.RISE : Ink.FALL;
    final int top = prices.pixel(Math.max(candle.open(), candle.close()));
    final int bottom = prices.pixel(Math.min(candle.open(), candle.close()));
    final int high = prices.pixel(candle.high());
    final int low = prices.pixel(candle.low());
    final int middle = left + width / 2;
    canvas.fill(middle - 1, high - 1, 3, low - high + 3, Ink.HALO);
    canvas.fill(left - 1, top - 1, width + 2, bottom - top + 3, Ink.HALO);
    canvas.fill(middle, high, 1, low - high + 1, ink);
    canvas.fill(left, top, width, bottom - top + 1, ink);
  }

  /** Reported liquidations, the area of a dot by its notional. */
  private void dots() {
    double largest = 0;
    for (final JournalPrices.Liquidation one : liquidations) {
      largest = Math.max(largest, one.notional());
    }
    for (final JournalPrices.Liquidation one : liquidations) {
      final int radius = (int) Math.round(7 * Math.sqrt(one.notional() / largest));
      if (radius > 0) {
        canvas.dot(
            times.pixel(one.time()),
            prices.pixel(one.price()),
            radius,
            one.side() == Side.LONG ? Ink.LONG : Ink.SHORT);
      }
    }
  }

  private double lastPrice() {
    return cells.mark();
  }

  private void mark() {
    if (Double.isNaN(lastPrice())) {
      return;
    }
    final int y = prices.pixel(lastPrice());
    if (y < plot.y() || y >= plot.bottom()) {
      return;
    }
    canvas.dashes(plot.x(), y, profile.right() - plot.x(), Ink.MARK);
    final String label = Format.price(lastPrice());
    canvas.fill(plot.right() + 3, y - 8, LABELS - 8, 17, Ink.MARK);
    canvas.text(plot.right() + 8, y - 6, label, Ink.HALO);
  }

  /** What the last column has, by price. */
  private void profile() {
    double largest = 0;
    int heaviest = -1;
    for (int row = 0; row < cells.rows().count(); row++) {
      final double sum = cells.last(Side.LONG, row) + cells.last(Side.SHORT, row);
      if (sum > largest) {
        largest = sum;
        heaviest = row;
      }
    }
    canvas.frame(profile, Ink.FRAME);
    if (heaviest < 0) {
      return;
    }
    for (int row = 0; row < cells.rows().count(); row++) {
      final int top = prices.pixel(cells.rows().edge(row + 1));
      final int tall = Math.max(1, prices.pixel(cells.rows().edge(row)) - top);
      final int longs = bar(cells.last(Side.LONG, row), largest);
      final int shorts = bar(cells.last(Side.SHORT, row), largest);
      canvas.fill(profile.x(), top, longs, tall, Ink.LONG);
      canvas.fill(profile.x() + longs, top, shorts, tall, Ink.SHORT);
    }
    final double price = Math.sqrt(cells.rows().edge(heaviest) * cells.rows().edge(heaviest + 1));
    final int y = prices.pixel(price);
    canvas.clip(plot);
    for (int x = plot.x() + plot.width() / 2; x < plot.right(); x += 3) {
      canvas.set(x, y, Ink.HEAVIEST);
    }
    canvas.clip(null);
    canvas.fill(profile.x(), y, profile.width(), 1, Ink.HEAVIEST);
    final String label = Format.price(price) + "  " + Format.amount(largest);
    final int labelY = y > profile.y() + 20 ? y - 16 : y + 4;
    final int wide = Font.REGULAR.width(label) + 8;
    canvas.fill(profile.right() - wide, labelY - 2, wide, 16, Ink.HALO);
    canvas.textTo(profile.right() - 4, labelY, label, Ink.HEAVIEST);
    canvas.textTo(profile.right(), profile.bottom() + 8, Format.amount(largest), Ink.TEXT);
    canvas.text(profile.x(), profile.bottom() + 8, "0", Ink.TEXT);
    canvas.text(profile.x(), profile.bottom() + 26, "long", Ink.LONG);
    canvas.text(profile.x() + 36, profile.bottom() + 26, "short", Ink.SHORT);
    canvas.textTo(profile.right(), profile.bottom() + 26, "at end", Ink.DIM);
  }

  private int bar(final double amount, final double largest) {
    return (int) Math.round(amount / largest * (profile.width() - 2));
  }

  private void legend() {
    final Area bar = legend(canvas.width(), canvas.height());
    for (int x = bar.x(); x < bar.right(); x++) {
      canvas.fill(x, bar.y(), 1, bar.height(), (x - bar.x()) * Ink.AMOUNTS / bar.width());
    }
    canvas.frame(bar, Ink.FRAME);
    for (final double tick : scale.ticks(60.0 / bar.width())) {
      final int x = bar.x() + (int) Math.round(scale.share(tick) * (bar.width() - 1));
      canvas.fill(x, bar.bottom(), 1, 4, Ink.TEXT);
      canvas.textAt(x, bar.bottom() + 5, MoneyScale.label(tick), Ink.TEXT);
    }
    canvas.text(
        bar.right() + 14,
        bar.y() - 2,
        String.format(
            Locale.ROOT, "%s in a row of %.3g bp", caption.unit(), cells.rows().heightBps()),
        Ink.TEXT);
    if (!liquidations.isEmpty()) {
      canvas.text(bar.right() + 14, bar.bottom() + 5, "dots: reported liquidations", Ink.DIM);
    }
    canvas.text(MARGIN, canvas.height() - 20, caption.note(), Ink.DIM);
  }

  private static Area legend(final int width, final int height) {
    return new Area(MARGIN + 1, height - 58, Math.min(LEGEND, width / 3), 12);
  }
}
