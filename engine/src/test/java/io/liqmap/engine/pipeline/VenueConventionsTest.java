package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.support.TestInstruments;
import java.math.BigDecimal;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What venues count in, from the bytes of a feed to the map: base coins of one side where contracts
 * are linear, quote of one side where they are inverse.
 */
class VenueConventionsTest {
  private static final long TIME = TestSettings.START;
  private static final long PRICE = 6_000_000;

  private final FeedAdapter adapter = new FeedAdapter(1);
  private final MapWriter writer = new MapWriter(TestSettings.ladder(), ClusterSettings.DEFAULT, 1);
  private final FeedEncoder encoder = new FeedEncoder();
  private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
  private final FeedEvent event = new FeedEvent();
  private int length;

  /**
   * The same book at each venue and a price of 60,000: open interest of 75,000 BTC or 900 M USD on
   * one side, a liquidation of 3 BTC or 180,000 USD.
   */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "binance-usdm,  BTCUSDT,       LINEAR,  -3, 1,    BASE,      ONE,  75000,    3,      75000,    180000",
    "binance-coin,  BTCUSD_PERP,   INVERSE, 0,  100,  CONTRACTS, ONE,  9000000,  1800,   9e8,      180000",
    "bybit,         BTCUSDT,       LINEAR,  -3, 1,    BASE,      BOTH, 150000,   3,      75000,    180000",
    "bybit,         BTCUSD,        INVERSE, 0,  1,    CONTRACTS, BOTH, 1.8e9,    180000, 9e8,      180000",
    "okx,           BTC-USDT-SWAP, LINEAR,  -2, 0.01, CONTRACTS, ONE,  7500000,  300,    75000,    180000",
    "any,           QUOTED,        LINEAR,  -3, 1,    QUOTE,     ONE,  4.5e9,    3,      75000,    180000",
    "any,           QUOTED,        INVERSE, 0,  1,    QUOTE,     BOTH, 1.8e9,    180000, 9e8,      180000",
    "any,           COINS,         INVERSE, -3, 100,  BASE,      ONE,  15000,    1800,   9e8,      180000"
  })
  void shouldCountAsTheVenueDoes(
      final String venue,
      final String symbol,
      final ContractKind kind,
      final int exponent,
      final BigDecimal multiplier,
      final OpenInterestUnit unit,
      final OpenInterestSides sides,
      final BigDecimal openInterest,
      final BigDecimal liquidated,
      final double oneSided,
      final double notional) {
    final InstrumentDefinition definition =
        new InstrumentDefinition(
            0,
            symbol,
            venue,
            "BTC",
            kind == ContractKind.LINEAR ? "USDT" : "USD",
            -2,
            exponent,
            kind,
            unit,
            sides,
            10,
            1,
            mantissa(multiplier, exponent),
            FeedOrigin.NOT_STATED);
    event.instrument(1, TIME, TIME, definition);
    add();
    event.trade(
        2, TIME, TIME, 0, -2, exponent, PRICE, mantissa(liquidated, exponent), FeedEvent.SELL);
    add();
    event.markPrice(3, TIME, TIME, 0, -2, PRICE, FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
    add();
    event.openInterest(4, TIME, TIME, 0, exponent, mantissa(openInterest, exponent));
    add();
    event.liquidation(
        5, TIME, TIME, 0, -2, exponent, PRICE, mantissa(liquidated, exponent), FeedEvent.LONG);
    add();
    apply();
    final InstrumentMap map = writer.maps().of(0);
    assertEquals(oneSided, map.openInterest() * map.instrument().quantityUnit(), oneSided * 1e-12);
    assertEquals(notional, map.observedNotional(Side.LONG), notional * 1e-12);
    assertEquals(0, map.observedNotional(Side.SHORT));
  }

  @Test
  void shouldKeepTheFundingRateThroughMarksThatSayNothingOfIt() {
    event.instrument(
        1, TIME, TIME, TestInstruments.linear(0, "BTCUSDT", "binance-usdm", "BTC", "USDT", 10));
    writer.onEvent(event);
    event.markPrice(2, TIME, TIME, 0, -2, PRICE, FeedEvent.ABSENT, 250_000, 0);
    writer.onEvent(event);
    event.markPrice(3, TIME, TIME, 0, -2, PRICE, FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
    writer.onEvent(event);
    assertEquals(250_000, writer.maps().of(0).fundingRate());
    event.markPrice(4, TIME, TIME, 0, -2, PRICE, FeedEvent.ABSENT, 0, 0);
    writer.onEvent(event);
    assertEquals(0, writer.maps().of(0).fundingRate());
  }

  private void add() {
    length += encoder.encode(event, bytes, length);
  }

  private void apply() {
    adapter.wrap(bytes, 0, length);
    int applied = 0;
    while (adapter.next(event)) {
      writer.onEvent(event);
      applied++;
    }
    assertEquals(5, applied);
    assertTrue(adapter.isDrained());
    assertEquals(0, writer.faults().rejected());
  }

  private static long mantissa(final BigDecimal amount, final int exponent) {
    return amount.movePointRight(-exponent).longValueExact();
  }
}
