package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.clusters.CalibratedMarket;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.map.Instrument;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MarketEvent;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.margin.Contract;

/** A map and its levels, driven by hand, and published. */
final class ViewMarket {
  static final double WIDTH_BPS = 10;
  static final String SYMBOL = "TEST";

  /** Longs of {@link #plain} are liquidated so many buckets below their entry. */
  static final int SHIFT = 100;

  static final long FIRST_PRICE = 6_000_000;
  static final long SECOND = 1_000_000_000L;

  final InstrumentMap map;
  final ClusterTracker book;
  final ViewWriter writer;
  long time = TestSettings.START;
  long sequence;

  ViewMarket(final ViewMemory memory, final MapSettings settings, final boolean isInverse) {
    final LiquidationMaps maps = new LiquidationMaps(settings, 8);
    final Contract contract = isInverse ? Contract.INVERSE : Contract.LINEAR;
    maps.define(new Instrument(0, SYMBOL, "venue", contract, "BASE", "QUOTE", .5, .25));
    map = maps.of(0);
    book = new ClusterTracker(ClusterSettings.DEFAULT, map);
    writer = new ViewWriter(memory, 0, map, book);
  }

  /** A trade counts in full on both sides, and all positions have one leverage. */
  static ViewMarket plain(final ViewMemory memory) {
    return new ViewMarket(memory, TestSettings.plain(WIDTH_BPS, SHIFT), false);
  }

  /** Five leverages, 5 to 100x. */
  static ViewMarket ladder(final ViewMemory memory, final boolean isInverse) {
    return new ViewMarket(
        memory,
        TestSettings.of(WIDTH_BPS, TestSettings.LADDER, .2, .5, TestSettings.undated()),
        isInverse);
  }

  static ViewSettings settings(final int buckets, final int clusters, final int leverages) {
    return new ViewSettings(2, buckets, clusters, leverages, WIDTH_BPS);
  }

  void apply(final MarketEvent event) {
    event.applyTo(map);
    if (event.kind() == MarketEvent.Kind.TRADE) {
      book.onTrade(event.at(), event.price(), event.quantity(), event.takerBuys());
    }
    after();
  }

  /** Applies an event of {@link CalibratedMarket}. */
  void applyCalibrated(final int event) {
    time = CalibratedMarket.time(event);
    final double traded = CalibratedMarket.apply(map, event);
    if (traded > 0) {
      book.onTrade(time, map.lastPrice(), traded, true);
    }
    after();
  }

  void mark(final long price) {
    map.onMark(time, price, 0, 0);
    after();
  }

  void trade(final long price, final double quantity, final boolean takerBuys) {
    map.onTrade(time, price, quantity, takerBuys);
    book.onTrade(time, price, quantity, takerBuys);
    after();
  }

  void openInterest(final double quantity) {
    map.onOpenInterest(time, quantity);
    after();
  }

  private void after() {
    sequence++;
    book.after(sequence, event -> {});
  }

  void publish() {
    writer.publish(sequence, time, book.quality(), 0, 0, true);
  }
}
