package io.liqmap.engine.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.codecs.feed.TradeEncoder;
import io.liqmap.engine.core.state.FaultTally;
import io.liqmap.engine.support.TestInstruments;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FeedAdapterTest {
  private static final long TIME = FeedBytes.TIME;
  private static final long TOO_LARGE = FeedAdapter.MAX_MANTISSA + 1;
  private static final long MILLIS = TIME / 1_000_000;

  private final FeedAdapter adapter = new FeedAdapter(4);

  @Test
  void shouldReadBackEachKindOfEvent() {
    final List<FeedEvent> events = new ArrayList<>();
    final Consumer<Consumer<FeedEvent>> add =
        (fill) -> {
          final FeedEvent event = new FeedEvent();
          fill.accept(event);
          events.add(event);
        };
    add.accept((e) -> e.instrument(1, TIME, TIME, FeedBytes.BITCOIN));
    add.accept((e) -> e.trade(2, TIME, TIME + 1, 0, -2, -3, 1, 1, FeedEvent.BUY));
    add.accept(
        (e) ->
            e.trade(3, TIME, TIME, 0, -2, -3, 1L << 53, FeedAdapter.MAX_MANTISSA, FeedEvent.SELL));
    add.accept((e) -> e.openInterest(4, TIME, TIME, 0, -3, 0));
    add.accept((e) -> e.openInterest(5, TIME, TIME, 0, -3, 1L << 53));
    add.accept((e) -> e.markPrice(6, TIME, TIME, 0, -2, 6_000_000, 6_000_001, -1_000, TIME));
    add.accept(
        (e) -> e.markPrice(7, TIME, TIME, 0, -2, 6_000_000, FeedEvent.ABSENT, FeedEvent.ABSENT, 0));
    add.accept((e) -> e.bestBidOffer(8, TIME, TIME, 0, -2, -3, 100, 1, 100, 2));
    add.accept((e) -> e.liquidation(9, TIME, TIME, 0, -2, -3, 7, 8, FeedEvent.LONG));
    add.accept((e) -> e.liquidation(10, TIME, TIME, 0, -2, -3, 7, 8, FeedEvent.SHORT));
    add.accept((e) -> e.heartbeat(11, TIME, TIME));
    add.accept((e) -> e.gap(12, TIME, TIME, new FaultTally().set(1, 2, 3, 4, 5)));
    add.accept((e) -> e.accountRatio(13, TIME, TIME, 0, 1));
    add.accept((e) -> e.accountRatio(14, TIME, TIME + 1, 0, FeedAdapter.MAX_RATIO));
    add.accept(
        (e) ->
            e.knownPosition(
                15, TIME, TIME, 0, -2, -3, -7, 5, 6, 7, TIME - 1, 100_000, FeedEvent.SHORT));
    add.accept(
        (e) ->
            e.knownPosition(
                16, TIME, TIME, 0, -2, -3, 7, 0, 0, FeedEvent.ABSENT, 0, 0, FeedEvent.LONG));
    add.accept((e) -> e.interruption(17, TIME, TIME + 1, 0, 0, 0));
    add.accept((e) -> e.interruption(18, TIME, TIME, 0, 1L << 40, TIME - 1));
    final FeedBytes bytes = new FeedBytes();
    events.forEach(bytes::add);
    assertEquals(events.stream().map(FeedBytes::describe).toList(), bytes.readBy(adapter));
    assertEquals(18, adapter.events());
    assertEquals(18, adapter.lastSequence());
    assertTrue(adapter.isDrained());
  }

  @Test
  void shouldReadBackRandomEvents() {
    for (long seed = 1; seed <= 200; seed++) {
      final SplittableRandom random = new SplittableRandom(seed);
      final FeedBytes bytes = new FeedBytes().instrument(1);
      final List<String> written = new ArrayList<>();
      final FeedEvent event = new FeedEvent();
      event.instrument(1, TIME + 1, TIME + 2, FeedBytes.BITCOIN);
      written.add(FeedBytes.describe(event));
      for (int sequence = 2; sequence < 100; sequence++) {
        RandomEvents.fill(event, sequence, random);
        bytes.add(event);
        written.add(FeedBytes.describe(event));
      }
      assertEquals(written, bytes.readBy(new FeedAdapter(4)), "seed " + seed);
    }
  }

  @Test
  void shouldCopySlots() {
    final FeedEvent original = new FeedEvent();
    final FeedEvent copy = new FeedEvent();
    final SplittableRandom random = new SplittableRandom(1);
    for (int i = 1; i < 500; i++) {
      RandomEvents.fill(original, i, random);
      copy.copyFrom(original);
      assertEquals(FeedBytes.describe(original), FeedBytes.describe(copy));
    }
    original.instrument(9, TIME, TIME, FeedBytes.BITCOIN);
    copy.copyFrom(original);
    assertEquals(FeedBytes.describe(original), FeedBytes.describe(copy));
  }

  @Test
  void shouldTakeTheSameSymbolOfSeveralVenues() {
    final FeedBytes bytes = new FeedBytes();
    final List<String> venues = List.of("BINANCE", "bybit", "okx");
    for (int id = 0; id < venues.size(); id++) {
      bytes.instrument(
          id + 1, TestInstruments.linear(id, "BTCUSDT", venues.get(id), "BTC", "USDT", 10));
    }
    bytes.instrument(4, TestInstruments.linear(3, "ETHUSDT", "okx", "ETH", "USDT", 10));
    assertEquals(4, bytes.readBy(adapter).size());
    assertEquals(0, adapter.count(FeedFault.DEFINITION));
    assertEquals("BINANCE:BTCUSDT", adapter.label(0));
    assertEquals("okx:BTCUSDT", adapter.label(2));
    assertEquals("ETHUSDT", adapter.label(3));
    assertEquals("", adapter.label(-1));
  }

  @Test
  void shouldSkipAnInterruptionOfAnUnknownInstrument() {
    final FeedBytes bytes = new FeedBytes().instrument(1).interruption(2).with("instrumentId", 1);
    assertEquals(1, bytes.readBy(adapter).size());
    assertEquals(1, adapter.count(FeedFault.INSTRUMENT));
  }

  @Test
  void shouldWriteNothingForAnEmptySlot() {
    final FeedEvent event = new FeedEvent();
    event.heartbeat(1, TIME, TIME);
    event.clear();
    assertEquals(0, new FeedBytes().add(event).length());
  }

  private static Arguments invalid(
      final String what, final FeedFault fault, final UnaryOperator<FeedBytes> message) {
    return Arguments.of(what, fault, message);
  }

  /** Invalid third messages of a feed. */
  static Stream<Arguments> invalidMessages() {
    return Stream.of(
        invalid("trade at 0", FeedFault.PRICE, (f) -> f.trade(3).with("price", 0)),
        invalid("trade below 0", FeedFault.PRICE, (f) -> f.trade(3).with("price", -1)),
        invalid("absurd price", FeedFault.PRICE, (f) -> f.trade(3).with("price", TOO_LARGE)),
        invalid("absent price", FeedFault.PRICE, (f) -> f.trade(3).with("price", FeedEvent.ABSENT)),
        invalid("trade of 0", FeedFault.QUANTITY, (f) -> f.trade(3).with("quantity", 0)),
        invalid("trade of -1", FeedFault.QUANTITY, (f) -> f.trade(3).with("quantity", -1)),
        invalid(
            "absurd quantity", FeedFault.QUANTITY, (f) -> f.trade(3).with("quantity", TOO_LARGE)),
        invalid("time in ms", FeedFault.TIME, (f) -> f.trade(3).with("exchangeTime", MILLIS)),
        invalid("time in us", FeedFault.TIME, (f) -> f.trade(3).with("exchangeTime", TIME / 1_000)),
        invalid("time in 2200", FeedFault.TIME, (f) -> f.trade(3).with("exchangeTime", 5 * TIME)),
        invalid("receipt in ms", FeedFault.TIME, (f) -> f.trade(3).with("receiveTime", MILLIS)),
        invalid("price exponent", FeedFault.SCALE, (f) -> f.trade(3).with("priceExponent", -1)),
        invalid(
            "quantity exponent", FeedFault.SCALE, (f) -> f.trade(3).with("quantityExponent", 3)),
        invalid("no side", FeedFault.VALUE, (f) -> f.trade(3).with("takerSide", 0)),
        invalid("unknown side", FeedFault.VALUE, (f) -> f.trade(3).with("takerSide", 3)),
        invalid("absent side", FeedFault.VALUE, (f) -> f.trade(3).with("takerSide", 255)),
        invalid(
            "short block of a trade",
            FeedFault.LENGTH,
            (f) -> f.trade(3).withHeader(FeedBytes.BLOCK_LENGTH_AT, TradeEncoder.BLOCK_LENGTH - 1)),
        invalid(
            "short block of a mark price",
            FeedFault.LENGTH,
            (f) -> f.mark(3).withHeader(FeedBytes.BLOCK_LENGTH_AT, 24)),
        invalid(
            "short block of a definition",
            FeedFault.LENGTH,
            (f) -> f.instrument(3).withHeader(FeedBytes.BLOCK_LENGTH_AT, 40)),
        invalid("mark at 0", FeedFault.PRICE, (f) -> f.mark(3).with("markPrice", 0)),
        invalid(
            "absent mark", FeedFault.PRICE, (f) -> f.mark(3).with("markPrice", FeedEvent.ABSENT)),
        invalid("index below 0", FeedFault.PRICE, (f) -> f.mark(3).with("indexPrice", -5)),
        invalid(
            "funding of more than all",
            FeedFault.VALUE,
            (f) -> f.mark(3).with("fundingRate", 1_000_000_001)),
        invalid(
            "next funding in ms", FeedFault.TIME, (f) -> f.mark(3).with("nextFundingTime", MILLIS)),
        invalid(
            "mark of another scale", FeedFault.SCALE, (f) -> f.mark(3).with("priceExponent", 0)),
        invalid("crossed book", FeedFault.PRICE, (f) -> f.book(3).with("askPrice", 5_999_989)),
        invalid("bid at 0", FeedFault.PRICE, (f) -> f.book(3).with("bidPrice", 0)),
        invalid("bid of 0", FeedFault.QUANTITY, (f) -> f.book(3).with("bidQuantity", 0)),
        invalid(
            "book of another scale", FeedFault.SCALE, (f) -> f.book(3).with("priceExponent", 0)),
        invalid(
            "open interest below 0",
            FeedFault.QUANTITY,
            (f) -> f.openInterest(3).with("openInterest", -1)),
        invalid(
            "absurd open interest",
            FeedFault.QUANTITY,
            (f) -> f.openInterest(3).with("openInterest", TOO_LARGE)),
        invalid(
            "open interest of another scale",
            FeedFault.SCALE,
            (f) -> f.openInterest(3).with("quantityExponent", -2)),
        invalid("liquidation at 0", FeedFault.PRICE, (f) -> f.liquidation(3).with("price", 0)),
        invalid(
            "liquidation of 0", FeedFault.QUANTITY, (f) -> f.liquidation(3).with("quantity", 0)),
        invalid(
            "liquidation of no side",
            FeedFault.VALUE,
            (f) -> f.liquidation(3).with("positionSide", 4)),
        invalid(
            "liquidation of another scale",
            FeedFault.SCALE,
            (f) -> f.liquidation(3).with("priceExponent", 1)),
        invalid("ratio of 0", FeedFault.VALUE, (f) -> f.accountRatio(3).with("longShortRatio", 0)),
        invalid(
            "ratio below 0", FeedFault.VALUE, (f) -> f.accountRatio(3).with("longShortRatio", -1)),
        invalid(
            "absurd ratio",
            FeedFault.VALUE,
            (f) -> f.accountRatio(3).with("longShortRatio", FeedAdapter.MAX_RATIO + 1)),
        invalid(
            "absent ratio",
            FeedFault.VALUE,
            (f) -> f.accountRatio(3).with("longShortRatio", FeedEvent.ABSENT)),
        invalid(
            "ratio in ms", FeedFault.TIME, (f) -> f.accountRatio(3).with("exchangeTime", MILLIS)),
        invalid(
            "short block of a ratio",
            FeedFault.LENGTH,
            (f) -> f.accountRatio(3).withHeader(FeedBytes.BLOCK_LENGTH_AT, 35)),
        invalid(
            "position below 0", FeedFault.QUANTITY, (f) -> f.knownPosition(3).with("quantity", -1)),
        invalid(
            "absurd position",
            FeedFault.QUANTITY,
            (f) -> f.knownPosition(3).with("quantity", FeedAdapter.MAX_MANTISSA + 1)),
        invalid(
            "position without entry",
            FeedFault.PRICE,
            (f) -> f.knownPosition(3).with("entryPrice", 0)),
        invalid(
            "closed position of an entry below 0",
            FeedFault.PRICE,
            (f) -> f.knownPosition(3).with("quantity", 0).with("entryPrice", -1)),
        invalid(
            "position liquidated at 0",
            FeedFault.PRICE,
            (f) -> f.knownPosition(3).with("liquidationPrice", 0)),
        invalid(
            "position liquidated at an absurd price",
            FeedFault.PRICE,
            (f) -> f.knownPosition(3).with("liquidationPrice", FeedAdapter.MAX_MANTISSA + 1)),
        invalid(
            "position of no side",
            FeedFault.VALUE,
            (f) -> f.knownPosition(3).with("positionSide", 0)),
        invalid(
            "leverage below 0", FeedFault.VALUE, (f) -> f.knownPosition(3).with("leverage", -1)),
        invalid(
            "absurd leverage",
            FeedFault.VALUE,
            (f) -> f.knownPosition(3).with("leverage", FeedAdapter.MAX_LEVERAGE + 1)),
        invalid(
            "position of another scale",
            FeedFault.SCALE,
            (f) -> f.knownPosition(3).with("quantityExponent", 1)),
        invalid(
            "position in ms",
            FeedFault.TIME,
            (f) -> f.knownPosition(3).with("exchangeTime", MILLIS)),
        invalid(
            "position opened in ms",
            FeedFault.TIME,
            (f) -> f.knownPosition(3).with("openedTime", MILLIS)),
        invalid(
            "short block of a position",
            FeedFault.LENGTH,
            (f) -> f.knownPosition(3).withHeader(FeedBytes.BLOCK_LENGTH_AT, 74)),
        invalid(
            "interruption of less than none",
            FeedFault.VALUE,
            (f) -> f.interruption(3).with("missing", -1)),
        invalid(
            "absurd interruption",
            FeedFault.VALUE,
            (f) -> f.interruption(3).with("missing", (1L << 40) + 1)),
        invalid(
            "interruption in ms",
            FeedFault.TIME,
            (f) -> f.interruption(3).with("exchangeTime", MILLIS)),
        invalid(
            "interruption since ms", FeedFault.TIME, (f) -> f.interruption(3).with("from", MILLIS)),
        invalid(
            "short block of an interruption",
            FeedFault.LENGTH,
            (f) -> f.interruption(3).withHeader(FeedBytes.BLOCK_LENGTH_AT, 43)),
        invalid(
            "heartbeat in ms", FeedFault.TIME, (f) -> f.heartbeat(3).with("exchangeTime", MILLIS)),
        invalid("gap of less than none", FeedFault.VALUE, (f) -> f.gap(3, 1).with("rejected", -1)),
        invalid("gap in ms", FeedFault.TIME, (f) -> f.gap(3, 1).with("receiveTime", MILLIS)),
        invalid("gap that misses more than it passes", FeedFault.VALUE, (f) -> f.gap(3, 2)),
        invalidGap("missing"),
        invalidGap("duplicates"),
        invalidGap("reordered"),
        invalidGap("rejected"),
        invalidGap("unknown"),
        redefined("tick size", "tickSize", 5),
        redefined("lot size", "lotSize", 2),
        redefined("multiplier", "contractMultiplier", 1),
        redefined("contract kind", "contractKind", 2),
        redefined("price exponent", "priceExponent", -3),
        redefined("quantity exponent", "quantityExponent", 0),
        redefined("unit", "openInterestUnit", 2),
        redefined("sides", "openInterestSides", 2),
        redefined("symbol", "symbol", 'X'),
        redefined("venue", "venue", 'X'),
        redefined("base asset", "baseAsset", 'X'),
        redefined("quote asset", "quoteAsset", 'X'),
        invalid(
            "venue and symbol of another",
            FeedFault.DEFINITION,
            (f) -> f.instrument(3).with("instrumentId", 1)),
        invalidDefinition("exponent", "priceExponent", 7),
        invalidDefinition("quantity exponent", "quantityExponent", -13),
        invalidDefinition("no kind", "contractKind", 0),
        invalidDefinition("unknown kind", "contractKind", 9),
        invalidDefinition("absent kind", "contractKind", 255),
        invalidDefinition("absent unit", "openInterestUnit", 255),
        invalidDefinition("unknown unit", "openInterestUnit", 4),
        invalidDefinition("absent sides", "openInterestSides", 255),
        invalidDefinition("unknown sides", "openInterestSides", 3),
        invalidDefinition("bars below 0", "tradeBarLength", 7, 0xC0),
        invalidDefinition("bars of years", "markBarLength", 7, 1),
        invalidDefinition("anchor without bars", "markBarAnchor", 1),
        invalidDefinition("source with a space", "source", ' '),
        invalidDefinition("no symbol", "symbol", 0),
        invalidDefinition("colon in the venue", "venue", 1, ':'),
        invalidDefinition("space", "symbol", 1, ' '),
        invalidDefinition("no ASCII", "symbol", 1, 0xE4),
        invalid(
            "definition in ms",
            FeedFault.TIME,
            (f) -> f.instrument(3).with("exchangeTime", MILLIS)),
        invalid(
            "tick of 0",
            FeedFault.DEFINITION,
            (f) -> f.instrument(3, FeedBytes.definition(1, "ETHUSDT")).with("tickSize", 0)));
  }

  /** A byte of a second instrument's definition. */
  private static Arguments invalidDefinition(
      final String what, final String field, final int value) {
    return invalidDefinition(what, field, 0, value);
  }

  private static Arguments invalidDefinition(
      final String what, final String field, final int at, final int value) {
    return invalid(
        what,
        FeedFault.DEFINITION,
        (f) -> f.instrument(3, FeedBytes.definition(1, "ETHUSDT")).withByte(field, at, value));
  }

  /** The first instrument again, with other terms. */
  private static Arguments redefined(final String what, final String field, final int value) {
    return invalid(
        "redefinition: " + what,
        FeedFault.DEFINITION,
        (f) -> f.instrument(3).withByte(field, 0, value));
  }

  private static Arguments invalidGap(final String count) {
    return invalid(
        "absurd count in a gap: " + count,
        FeedFault.VALUE,
        (f) -> f.gap(3, 0).with(count, (1L << 40) + 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalidMessages")
  void shouldCountAndRejectInvalidMessages(
      final String what, final FeedFault fault, final UnaryOperator<FeedBytes> message) {
    final FeedBytes bytes = new FeedBytes().instrument(1).trade(2);
    final List<String> events = message.apply(bytes).trade(4).trade(5).readBy(adapter);
    assertEquals(List.of("gap rejected 1"), gaps(events), what);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), sequences(events), what);
    assertFaults(fault, 1);
    assertNull(adapter.definition(1));
    assertEquals(FeedBytes.BITCOIN, adapter.definition(0));
  }

  @Test
  void shouldSkipAnUnknownTemplateAndKeepItsSequence() {
    final FeedBytes bytes =
        new FeedBytes().instrument(1).heartbeat(2).withHeader(FeedBytes.TEMPLATE_AT, 99).trade(3);
    final List<String> events = bytes.readBy(adapter);
    assertEquals(List.of("gap unknown 1"), gaps(events));
    assertEquals(List.of(1L, 2L, 3L), sequences(events));
    assertFaults(FeedFault.TEMPLATE, 1);
  }

  @Test
  void shouldSkipAnInstrumentThatIsNotDefined() {
    final FeedBytes bytes =
        new FeedBytes()
            .trade(1)
            .instrument(2)
            .trade(3)
            .with("instrumentId", 1)
            .trade(4)
            .with("instrumentId", -1)
            .trade(5)
            .with("instrumentId", 4)
            .trade(6)
            .with("instrumentId", Integer.MIN_VALUE)
            .mark(7)
            .with("instrumentId", 3)
            .openInterest(8)
            .with("instrumentId", 3)
            .book(9)
            .with("instrumentId", 3)
            .liquidation(10)
            .with("instrumentId", 3)
            .instrument(11, FeedBytes.definition(4, "FIFTH"))
            .accountRatio(12)
            .with("instrumentId", 3)
            .trade(13);
    final List<String> events = bytes.readBy(adapter);
    assertEquals(List.of("gap unknown 1", "gap unknown 10"), gaps(events));
    assertEquals(List.of(1L, 2L, 12L, 13L), sequences(events));
    assertFaults(FeedFault.INSTRUMENT, 11);
  }

  @Test
  void shouldEmitAGapForMissingSequences() {
    final List<String> events =
        new FeedBytes().instrument(1).trade(2).trade(5).trade(6).readBy(adapter);
    assertEquals(List.of("gap missing 2"), gaps(events));
    assertEquals(List.of(1L, 2L, 4L, 5L, 6L), sequences(events));
    assertFaults(FeedFault.MISSING, 2);
  }

  @Test
  void shouldDropDuplicates() {
    final List<String> events =
        new FeedBytes().instrument(1).trade(2).trade(2).trade(1).trade(3).readBy(adapter);
    assertEquals(List.of("gap duplicates 2"), gaps(events));
    assertEquals(List.of(1L, 2L, 2L, 3L), sequences(events));
    assertFaults(FeedFault.DUPLICATE, 2);
  }

  @Test
  void shouldDropWhatComesAfterALaterOne() {
    final List<String> events =
        new FeedBytes().instrument(1).trade(4).trade(2).trade(3).trade(5).readBy(adapter);
    assertEquals(List.of("gap missing 2", "gap reordered 2"), gaps(events));
    assertEquals(List.of(1L, 3L, 4L, 4L, 5L), sequences(events));
    assertEquals(2, adapter.count(FeedFault.MISSING));
    assertEquals(2, adapter.count(FeedFault.REORDERED));
    assertEquals(0, adapter.count(FeedFault.DUPLICATE));
  }

  @Test
  void shouldStartAtTheFirstSequence() {
    final List<String> events = new FeedBytes().instrument(77).trade(78).readBy(adapter);
    assertEquals(List.of(77L, 78L), sequences(events));
    assertFaults(FeedFault.MISSING, 0);
  }

  @Test
  void shouldRefuseSequencesBelowOne() {
    final List<String> events =
        new FeedBytes()
            .heartbeat(0)
            .heartbeat(-7)
            .heartbeat(Long.MIN_VALUE)
            .heartbeat(1)
            .readBy(adapter);
    assertEquals(List.of("gap rejected 3"), gaps(events));
    assertEquals(List.of(0L, 1L), sequences(events));
  }

  @Test
  void shouldNotLetADamagedSequenceMakeAllThatFollowsLookOld() {
    final List<String> events =
        new FeedBytes()
            .instrument(1)
            .trade(2)
            .heartbeat(3 | 1L << 60)
            .trade(3)
            .trade(4)
            .readBy(adapter);
    assertEquals(List.of("gap rejected 1"), gaps(events));
    assertEquals(List.of(1L, 2L, 2L, 3L, 4L), sequences(events));
  }

  @Test
  void shouldCarryOnBehindAnEventThatWasAppliedBefore() {
    adapter.define(FeedBytes.BITCOIN);
    adapter.resumeAfter(10, TIME);
    final List<String> events = new FeedBytes().trade(9).trade(11).trade(13).readBy(adapter);
    assertEquals(List.of("gap duplicates 1", "gap missing 1"), gaps(events));
    assertEquals(List.of(10L, 11L, 12L, 13L), sequences(events));
    assertTrue(events.get(0).startsWith("10@" + TIME + "/" + TIME));
  }

  @Test
  void shouldReadANewerVersionByItsBlockLength() {
    final FeedBytes bytes =
        new FeedBytes()
            .instrument(1)
            .withLongerBlock(20)
            .trade(2)
            .withLongerBlock(9)
            .mark(3)
            .withLongerBlock(1)
            .openInterest(4)
            .withLongerBlock(64)
            .book(5)
            .withLongerBlock(8)
            .liquidation(6)
            .withLongerBlock(3)
            .heartbeat(7)
            .withLongerBlock(40)
            .gap(8, 1)
            .withLongerBlock(16)
            .accountRatio(9)
            .withLongerBlock(5)
            .knownPosition(10)
            .withLongerBlock(9)
            .trade(11);
    final FeedBytes plain =
        new FeedBytes()
            .instrument(1)
            .trade(2)
            .mark(3)
            .openInterest(4)
            .book(5)
            .liquidation(6)
            .heartbeat(7)
            .gap(8, 1)
            .accountRatio(9)
            .knownPosition(10)
            .trade(11);
    assertEquals(plain.readBy(new FeedAdapter(4)), bytes.readBy(adapter));
    assertEquals(11, adapter.events());
  }

  @Test
  void shouldReadTheVersionBefore() {
    final FeedBytes old =
        new FeedBytes()
            .instrument(1)
            .withHeader(FeedBytes.VERSION_AT, 0)
            .trade(2)
            .withHeader(FeedBytes.VERSION_AT, 0)
            .gap(3, 0)
            .withHeader(FeedBytes.VERSION_AT, 0);
    final FeedBytes plain = new FeedBytes().instrument(1).trade(2).gap(3, 0);
    assertEquals(plain.readBy(new FeedAdapter(4)), old.readBy(adapter));
    assertEquals(3, adapter.events());
  }

  @Test
  void shouldDropMessagesOfAnotherSchema() {
    final List<String> events =
        new FeedBytes()
            .instrument(1)
            .trade(2)
            .withHeader(FeedBytes.SCHEMA_AT, 4102)
            .trade(3)
            .readBy(adapter);
    assertEquals(List.of("gap missing 1 rejected 1"), gaps(events));
    assertEquals(List.of(1L, 2L, 3L), sequences(events));
    assertEquals(1, adapter.count(FeedFault.SCHEMA));
    assertEquals(1, adapter.count(FeedFault.MISSING));
  }

  @Test
  void shouldDropABlockThatHasNoRoomForItsSequence() {
    final List<String> events =
        new FeedBytes()
            .instrument(1)
            .trade(2)
            .withHeader(FeedBytes.BLOCK_LENGTH_AT, 23)
            .trade(3)
            .withHeader(FeedBytes.BLOCK_LENGTH_AT, 60_000)
            .trade(4)
            .readBy(adapter);
    assertEquals(List.of("gap missing 2 rejected 2"), gaps(events));
    assertEquals(2, adapter.count(FeedFault.LENGTH));
  }

  @Test
  void shouldDropTheRestAfterAnInvalidLength() {
    for (final int length :
        new int[] {-1, 0, 7, 57, 100_000, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      final FeedAdapter fresh = new FeedAdapter(4);
      final FeedBytes first =
          new FeedBytes().instrument(1).trade(2).trade(3).withFrameLength(length);
      assertEquals(List.of(1L, 2L), sequences(first.readBy(fresh)), "length " + length);
      assertTrue(fresh.isDrained());
      final List<String> events = new FeedBytes().trade(4).readBy(fresh);
      assertEquals(List.of("gap missing 1 rejected 1"), gaps(events));
      assertEquals(1, fresh.count(FeedFault.LENGTH));
    }
  }

  @Test
  void shouldDropAMessageThatIsCutOff() {
    for (int cut = 1; cut < 64; cut++) {
      final FeedAdapter fresh = new FeedAdapter(4);
      final List<String> events =
          new FeedBytes().instrument(1).trade(2).trade(3).cut(cut).readBy(fresh);
      // The last byte is padding.
      assertEquals(
          cut == 1 ? List.of(1L, 2L, 3L) : List.of(1L, 2L), sequences(events), "cut " + cut);
      assertEquals(cut == 1 ? 0 : 1, fresh.count(FeedFault.LENGTH), "cut " + cut);
    }
  }

  @Test
  void shouldCountAGapThatTheFeedReports() {
    final List<String> events = new FeedBytes().instrument(1).gap(9, 7).trade(10).readBy(adapter);
    assertEquals(List.of(1L, 9L, 10L), sequences(events));
    assertEquals(7, adapter.count(FeedFault.MISSING));
    assertEquals(2, adapter.count(FeedFault.DUPLICATE));
    assertEquals(3, adapter.count(FeedFault.REORDERED));
    assertEquals(4, adapter.count(FeedFault.VALUE));
    assertEquals(5, adapter.count(FeedFault.TEMPLATE));
  }

  @Test
  void shouldCountMissingMessagesWhenTheirGapIsRejected() {
    final List<String> events =
        new FeedBytes()
            .instrument(1)
            .gap(9, 7)
            .with("exchangeTime", MILLIS)
            .trade(10)
            .readBy(adapter);
    assertEquals(List.of(1L, 9L, 10L), sequences(events));
    assertEquals(8, adapter.count(FeedFault.MISSING));
    assertEquals(1, adapter.count(FeedFault.TIME));
    assertEquals(List.of("gap missing 8 rejected 1"), gaps(events));
  }

  @Test
  void shouldRefuseAGapThatPassesMoreThanItSpeaksOf() {
    final List<String> events =
        new FeedBytes()
            .instrument(1)
            .gap(1_000, 7)
            .gap(3 | 1L << 41, 0)
            .trade(2)
            .trade(3)
            .readBy(adapter);
    assertEquals(List.of(1L, 1L, 2L, 3L), sequences(events));
    assertEquals(List.of("gap rejected 2"), gaps(events));
    assertFaults(FeedFault.VALUE, 2);
  }

  @Test
  void shouldStartOnlyAtAMessageThatGetsThrough() {
    final long wild = 7 | 1L << 60;
    final List<String> events =
        new FeedBytes()
            .trade(wild)
            .heartbeat(wild)
            .with("exchangeTime", MILLIS)
            .heartbeat(wild)
            .withHeader(FeedBytes.TEMPLATE_AT, 99)
            .gap(wild, 0)
            .with("rejected", -1)
            .instrument(5)
            .trade(6)
            .trade(8)
            .readBy(adapter);
    assertEquals(List.of(4L, 5L, 6L, 7L, 8L), sequences(events));
    assertEquals(List.of("gap rejected 2 unknown 2", "gap missing 1"), gaps(events));
    assertEquals(8, adapter.lastSequence());
  }

  @Test
  void shouldNotLetDamagedSequencesAddUp() {
    final long most = 1L << 40;
    final FeedBytes bytes =
        new FeedBytes()
            .instrument(1)
            .heartbeat(most)
            .with("exchangeTime", MILLIS)
            .heartbeat(2 * most)
            .with("exchangeTime", MILLIS)
            .trade(most + 1);
    final FeedBytes journal = new FeedBytes();
    final FeedEvent event = new FeedEvent();
    adapter.wrap(bytes.buffer(), 0, bytes.length());
    while (adapter.next(event)) {
      journal.add(event);
    }
    assertEquals(most - 2, adapter.count(FeedFault.MISSING));
    assertEquals(1, adapter.count(FeedFault.VALUE));
    final FeedAdapter replay = new FeedAdapter(4);
    assertEquals(4, journal.readBy(replay).size());
    assertEquals(most - 2, replay.count(FeedFault.MISSING));
    assertEquals(2, replay.count(FeedFault.VALUE));
  }

  @Test
  void shouldEmitAGapAtTheEndForDroppedMessages() {
    final FeedEvent event = new FeedEvent();
    assertFalse(adapter.flush(event));
    new FeedBytes().instrument(1).trade(2).with("price", 0).trade(2).readBy(adapter);
    assertTrue(adapter.flush(event));
    assertEquals(
        "2@" + (TIME + 1) + "/" + (TIME + 2) + " gap duplicates 1 rejected 1",
        FeedBytes.describe(event));
    assertFalse(adapter.flush(event));
    assertEquals(2, adapter.events());
    assertEquals(List.of(3L), sequences(new FeedBytes().trade(3).readBy(adapter)));
  }

  @Test
  void shouldTakeTheSameDefinitionAgain() {
    final List<String> events =
        new FeedBytes().instrument(1).instrument(2).trade(3).readBy(adapter);
    assertEquals(List.of(1L, 2L, 3L), sequences(events));
    assertFaults(FeedFault.DEFINITION, 0);
  }

  private static InstrumentDefinition ofBars(final long length, final long start) {
    return FeedBytes.BITCOIN.withOrigin(
        FeedOrigin.of("coinalyze")
            .withTradeBars(length, start)
            .with(FeedConvention.CLOCK_OFFSET)
            .with(FeedConvention.ROWS_SORTED));
  }

  @Test
  void shouldReadBackWhatTheFeedWasMadeFrom() {
    final InstrumentDefinition definition =
        ofBars(3_600_000_000_000L, TIME + 1_800_000_000_000L)
            .withOrigin(
                ofBars(3_600_000_000_000L, TIME + 1_800_000_000_000L)
                    .origin()
                    .withMarkBars(60_000_000_000L, 0));
    new FeedBytes().instrument(1, definition).readBy(adapter);
    assertEquals(definition, adapter.definition(0));
    assertEquals(1_800_000_000_000L, adapter.definition(0).origin().tradeBarAnchorNanos());
  }

  @Test
  void shouldReadADefinitionOfVersion1AsNotStated() {
    final List<String> events =
        new FeedBytes()
            .instrument(1, ofBars(60, 0))
            .asVersion1()
            .trade(2)
            .instrument(3, ofBars(60, 0))
            .withHeader(FeedBytes.VERSION_AT, 1)
            .readBy(adapter);
    assertEquals(List.of(1L, 2L, 3L), sequences(events));
    assertEquals(FeedBytes.BITCOIN, adapter.definition(0));
    assertFalse(adapter.definition(0).origin().isStated());
  }

  @Test
  void shouldRejectAVersion2DefinitionThatIsTooShort() {
    new FeedBytes().instrument(1).asVersion1().withHeader(FeedBytes.VERSION_AT, 2).readBy(adapter);
    assertFaults(FeedFault.LENGTH, 1);
    assertNull(adapter.definition(0));
  }

  @Test
  void shouldTakeTheSameInstrumentMadeFromSomethingElseAndKeepWhatWasStated() {
    final InstrumentDefinition hours = ofBars(3_600_000_000_000L, 0);
    final InstrumentDefinition minutes = ofBars(60_000_000_000L, 0);
    final List<String> events =
        new FeedBytes()
            .instrument(1)
            .asVersion1()
            .instrument(2, hours)
            .instrument(3)
            .asVersion1()
            .instrument(4, minutes)
            .instrument(5, FeedBytes.inverse(0, "BTCUSDT", 1).withOrigin(hours.origin()))
            .readBy(adapter);
    assertEquals(List.of(1L, 2L, 3L, 4L), sequences(events));
    assertTrue(events.get(1).contains(hours.toString()), events.get(1));
    assertTrue(events.get(2).contains(hours.toString()), events.get(2));
    assertTrue(events.get(3).contains(minutes.toString()), events.get(3));
    assertFaults(FeedFault.DEFINITION, 1);
    assertEquals(minutes, adapter.definition(0));
  }

  @Test
  void shouldTakeInverseContracts() {
    final InstrumentDefinition inverse = FeedBytes.inverse(1, "BTCUSD_PERP", 100_000);
    final List<String> events =
        new FeedBytes().instrument(1).instrument(2, inverse).readBy(adapter);
    assertEquals(List.of(1L, 2L), sequences(events));
    assertEquals(inverse, adapter.definition(1));
    assertFaults(FeedFault.DEFINITION, 0);
  }

  @Test
  void shouldPassMessagesByUnread() {
    final FeedBytes bytes = new FeedBytes().instrument(1).trade(2).mark(3).trade(4);
    adapter.define(FeedBytes.BITCOIN);
    adapter.resumeAfter(3, TIME);
    adapter.wrap(bytes.buffer(), 0, bytes.length());
    adapter.skip(3);
    final FeedEvent event = new FeedEvent();
    assertTrue(adapter.next(event));
    assertEquals(4, event.sequence());
    assertFalse(adapter.next(event));
  }

  @Test
  void shouldReadFramesAnywhereInABuffer() {
    final FeedBytes bytes = new FeedBytes().instrument(1).trade(2);
    final UnsafeBuffer shifted = new UnsafeBuffer(new byte[bytes.length() + 200]);
    shifted.setMemory(0, shifted.capacity(), (byte) 0xFF);
    shifted.putBytes(104, bytes.buffer(), 0, bytes.length());
    adapter.wrap(shifted, 104, bytes.length());
    final FeedEvent event = new FeedEvent();
    assertTrue(adapter.next(event));
    assertTrue(adapter.next(event));
    assertFalse(adapter.next(event));
    assertFaults(FeedFault.LENGTH, 0);
  }

  @Test
  void shouldRefuseAnImpossibleNumberOfInstruments() {
    assertThrows(IllegalArgumentException.class, () -> new FeedAdapter(0));
    assertThrows(IllegalArgumentException.class, () -> new FeedAdapter(65_537));
  }

  private void assertFaults(final FeedFault expected, final long count) {
    for (final FeedFault fault : FeedFault.values()) {
      assertEquals(fault == expected ? count : 0, adapter.count(fault), fault.name());
    }
  }

  private static List<String> gaps(final List<String> events) {
    return events.stream()
        .filter((line) -> line.contains(" gap "))
        .map((line) -> line.substring(line.indexOf("gap ")))
        .toList();
  }

  private static List<Long> sequences(final List<String> events) {
    return events.stream()
        .map((line) -> Long.valueOf(line.substring(0, line.indexOf('@'))))
        .toList();
  }
}
