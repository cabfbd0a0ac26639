package io.liqmap.tools.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.map.Instrument;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.BracketCatalog;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.SizeClass;
import io.liqmap.engine.core.model.SkewSettings;
import io.liqmap.engine.core.structure.StructureSettings;
import io.liqmap.engine.feed.FeedEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MapComparisonTest {
  private static final SizeClass SIZE = new SizeClass("small", 20_000);
  private static final MapSettings SETTINGS =
      new MapSettings(
          5,
          10_000_000_000L,
          60_000_000_000L,
          List.of(
              new ModelSettings(
                  "ladder",
                  1,
                  List.of(
                      new LeverageTier(5, SIZE, 0.3),
                      new LeverageTier(10, SIZE, 0.3),
                      new LeverageTier(25, SIZE, 0.2),
                      new LeverageTier(50, SIZE, 0.2)),
                  Maintenance.VENUE,
                  new EntrySettings(0.3, 0.5, 0),
                  ExitSettings.PROPORTIONAL,
                  SkewSettings.NONE)),
          new StructureSettings(24 * Venues.HOUR, 0.7, List.of(50), List.of(Venues.HOUR), 10),
          new BracketCatalog(Map.of(), new Dated<>(new long[] {0}, List.of(Venues.BRACKETS))),
          Map.of());

  private final SimulatedVenue venue = Venues.standard(11);

  private MapSnapshot imageAfter(final long nanos) {
    final LiquidationMaps maps = new LiquidationMaps(SETTINGS, 1);
    maps.define(
        new Instrument(0, "BTCUSDT", "SIMULATED", Contract.LINEAR, "BTC", "USDT", 0.01, 0.001));
    final InstrumentMap map = maps.of(0);
    final FeedEvent event = new FeedEvent();
    while (venue.time() < Venues.START + nanos) {
      venue.next(event);
      final long at = event.exchangeTime();
      if (event.kind() == FeedEvent.TRADE) {
        map.onTrade(
            at, event.price(), (double) event.quantity(), event.takerSide() == FeedEvent.BUY);
      } else if (event.kind() == FeedEvent.MARK_PRICE) {
        map.onMark(at, event.markPrice(), event.indexPrice(), event.fundingRate());
      } else if (event.kind() == FeedEvent.OPEN_INTEREST) {
        map.onOpenInterest(at, (double) event.openInterest());
      }
    }
    return MapSnapshot.of(map);
  }

  @Test
  void theTruthAgreesWithItselfAndAFlatMapLess() {
    final MapSnapshot image = imageAfter(2 * Venues.HOUR);
    final Lattice lattice = new Lattice(5);
    for (final Side side : Side.values()) {
      final int first = side == Side.LONG ? image.markBucket() - 399 : image.markBucket();
      final double[] truth = venue.truth().quantities(side, lattice, 0.01, first, 400);
      assertEquals(
          venue.truth().quantity(side, image.priceLow(first), image.priceLow(first + 400)),
          Arrays.stream(truth).sum(),
          1e-6);
      final Agreement perfect = Agreement.of(truth, truth);
      assertEquals(1, perfect.overlap(), 1e-12);
      assertEquals(0, perfect.totalVariation(), 1e-12);
      assertEquals(1, perfect.smoothedOverlap(), 1e-12);
      assertEquals(1, perfect.rankCorrelation(), 1e-12);
      final double[] flat = new double[400];
      Arrays.fill(flat, 1);
      final Agreement uninformed = Agreement.of(truth, flat);
      assertTrue(uninformed.overlap() < 0.95);
      assertEquals(0, uninformed.rankCorrelation());
    }
  }

  @Test
  void eachSideAndReachSetsTheMapBesideItsControls() {
    final MapSnapshot image = imageAfter(6 * Venues.HOUR);
    final MapComparison comparison = compared(image, 20);
    assertEquals(6, comparison.rows().size());
    assertEquals(comparison, compared(image, 20));
    for (final Side side : Side.values()) {
      for (final double reach : new double[] {0.05, 0.10, 0.50}) {
        final MapComparison.Row row = comparison.row(side, reach);
        assertTrue(row.trueQuantity() > 0 && row.mapQuantity() > 0);
        assertTrue(row.trueQuantity() <= venue.truth().openInterest());
        assertTrue(row.map().overlap() > 0 && row.map().overlap() < 1);
        assertTrue(row.random().overlap() > 0);
        assertTrue(row.random().overlap() <= row.randomBest().overlap());
      }
      assertTrue(
          comparison.row(side, 0.05).trueQuantity() < comparison.row(side, 0.50).trueQuantity());
    }
  }

  private MapComparison compared(final MapSnapshot image, final int draws) {
    return MapComparison.of(image, venue.truth(), venue.time(), 3, draws);
  }
}
