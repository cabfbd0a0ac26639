package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.Instrument;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MarketEvent;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A map with its levels, driven by hand.
 *
 * <p>By {@link #plain} a trade counts in full on both sides, and all positions have one leverage:
 * the one whose longs are liquidated {@link #SHIFT} buckets below their entry, without a fraction.
 * So a test can put any quantity of longs into any bucket.
 */
final class ClusterMarket {
  static final long SECOND = 1_000_000_000L;
  static final long MINUTE = 60 * SECOND;
  static final double WIDTH_BPS = 10;
  static final int SHIFT = 100;

  /** Bucket of mark at the start: of 6 000 000. */
  static final int START_BUCKET = (int) (StrictMath.log(6e6) / StrictMath.log1p(WIDTH_BPS * 1e-4));

  /** Clusters are looked at when this has passed. */
  static final long REFRESH = 10 * SECOND;

  /** Against the whole side, so that a test can tell by hand what is dense. */
  static final ClusterSettings SETTINGS =
      new ClusterSettings(
          0,
          2,
          1.2,
          2,
          .25,
          REFRESH,
          List.of(5 * MINUTE, 30 * MINUTE, 240 * MINUTE),
          5,
          360 * MINUTE,
          100,
          2);

  static final String VENUE = "venue";

  final ClusterSettings settings;
  final InstrumentMap map;
  final ClusterTracker book;
  final List<PublishedEvent> published = new ArrayList<>();
  long time = TestSettings.START;
  long sequence;
  private final MapSettings mapSettings;
  private long barNanos;
  private long barAnchor;

  ClusterMarket(
      final ClusterSettings settings, final MapSettings mapSettings, final boolean isInverse) {
    this.settings = settings;
    this.mapSettings = mapSettings;
    final LiquidationMaps maps = new LiquidationMaps(mapSettings, 8);
    final Contract contract = isInverse ? Contract.INVERSE : Contract.LINEAR;
    maps.define(new Instrument(7, "TEST", VENUE, contract, "BASE", "QUOTE", .5, .25));
    map = maps.of(7);
    book = new ClusterTracker(settings, map);
    this.maps = maps;
  }

  private final LiquidationMaps maps;

  static ClusterMarket plain(final ClusterSettings settings) {
    return new ClusterMarket(settings, TestSettings.plain(WIDTH_BPS, SHIFT), false);
  }

  static ClusterMarket plain() {
    return plain(SETTINGS);
  }

  /** Prices come from bars from now on. */
  ClusterMarket ofBars(final long length, final long anchor) {
    barNanos = length;
    barAnchor = anchor;
    book.onBars(length, anchor);
    return this;
  }

  /** Mark is in the middle of its bucket at the start. */
  ClusterMarket open() {
    mark(START_BUCKET);
    return this;
  }

  long price(final int bucket) {
    return Math.round(map.lattice().centre(bucket));
  }

  /** What a mantissa of price times one of quantity is worth. */
  double unit() {
    return map.instrument().priceUnit() * map.instrument().quantityUnit();
  }

  void mark(final int bucket) {
    markAt(price(bucket));
  }

  void markAt(final long price) {
    map.onMark(time, price, 0, 0);
    after();
  }

  void trade(final long price, final double quantity, final boolean takerBuys) {
    map.onTrade(time, price, quantity, takerBuys);
    book.onTrade(time, price, quantity, takerBuys);
    after();
  }

  /** Puts longs into a bucket in which they would be liquidated. */
  void longs(final int bucket, final double quantity) {
    trade(price(bucket + SHIFT), quantity, true);
  }

  void longs(final int low, final int high, final double quantity) {
    for (int bucket = low; bucket <= high; bucket++) {
      longs(bucket, quantity);
    }
  }

  void openInterest(final double quantity) {
    map.onOpenInterest(time, quantity);
    after();
  }

  void liquidation(final Side side, final double quantity) {
    map.onLiquidation(time, side, map.markPrice(), quantity);
    after();
  }

  /** Lets enough time pass for clusters to be looked at, at a mark that hasn't moved. */
  void refresh() {
    time += REFRESH;
    markAt(map.markPrice());
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

  private void after() {
    sequence++;
    book.after(sequence, event -> published.add(PublishedEvent.of(event)));
  }

  List<PublishedEvent> published(final MapEvent.Kind kind) {
    return published.stream().filter(event -> event.kind() == kind).toList();
  }

  /** The events of a side's clusters. */
  List<PublishedEvent> publishedOn(final Side side) {
    return published.stream()
        .filter(event -> event.cluster() != 0 && event.side() == side)
        .toList();
  }

  List<LiveCluster> live(final Side side) {
    final List<LiveCluster> live = new ArrayList<>();
    for (int i = 0; i < book.clusters().count(); i++) {
      if (book.clusters().get(i).side() == side) {
        live.add(book.clusters().get(i));
      }
    }
    return live;
  }

  byte[] levelBytes() {
    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    final StateWriter out = new StateWriter(buffer);
    book.encode(out);
    return Arrays.copyOf(buffer.byteArray(), out.position());
  }

  /** The same market, by a process that was started again. */
  ClusterMarket restarted() {
    return restarted(levelBytes());
  }

  ClusterMarket restarted(final byte[] levels) {
    final ClusterMarket again =
        new ClusterMarket(settings, mapSettings, map.instrument().isInverse());
    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    final StateWriter out = new StateWriter(buffer);
    maps.encode(out);
    again.maps.decode(new StateReader(buffer, 0, out.position()));
    again.ofBars(barNanos, barAnchor);
    again.book.decode(new StateReader(new UnsafeBuffer(levels), 0, levels.length));
    again.time = time;
    again.sequence = sequence;
    return again;
  }
}
