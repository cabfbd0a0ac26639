package io.liqmap.gateway.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OkxDecoderTest {
  private final SaidLog log =
      new SaidLog(
          Okx.INSTANCE.decoder(
              Contracts.of("okx", "BTC-USDT-SWAP", "BTC-USD-SWAP", "LA-USDT-SWAP")));

  private FrameOutcome frame(final String channel, final String instrument, final String row) {
    return log.frame(
        "{'arg':{'channel':'"
            + channel
            + "','instId':'"
            + instrument
            + "'},'data':[{'instId':'"
            + instrument
            + "',"
            + row
            + "}]}");
  }

  @Test
  void shouldReadTradesInContracts() {
    final String row =
        "'tradeId':'5','px':'78667.9','sz':'3.39','side':'sell','ts':'1790000000000'";
    assertEquals(FrameOutcome.MARKET, frame("trades", "BTC-USDT-SWAP", row));
    assertEquals(FrameOutcome.NOTHING_NEW, frame("trades", "BTC-USDT-SWAP", row));
    assertEquals(FrameOutcome.MARKET, frame("trades", "BTC-USD-SWAP", row));
    assertEquals(
        List.of(
            "trade BTC-USDT-SWAP 1790000000000 78667.9 3.39 sell",
            "trade BTC-USD-SWAP 1790000000000 78667.9 3.39 sell"),
        log.take());
  }

  @Test
  void shouldNotMatchInstrumentsByPrefix() {
    assertEquals(
        FrameOutcome.NOTHING_NEW,
        frame(
            "trades",
            "BTC-USDT",
            "'tradeId':'5','px':'7','sz':'3','side':'sell','ts':'1790000000000'"));
  }

  @Test
  void shouldPutMarkIndexAndFundingTogether() {
    assertEquals(
        FrameOutcome.NOTHING_NEW,
        frame("index-tickers", "BTC-USDT", "'idxPx':'100.2','ts':'1790000000000'"));
    frame("mark-price", "BTC-USDT-SWAP", "'markPx':'100.1','ts':'1790000000100'");
    frame(
        "funding-rate",
        "BTC-USDT-SWAP",
        "'fundingRate':'0.0000828901815621','fundingTime':'1790006400000','nextFundingRate':'',"
            + "'nextFundingTime':'1790035200000','ts':'1790000000200'");
    frame("index-tickers", "BTC-USDT", "'idxPx':'100.3','ts':'1790000000300'");
    assertEquals(
        FrameOutcome.NOTHING_NEW,
        frame("mark-price", "BTC-USDT-SWAP", "'markPx':'100.1','ts':'1790000000400'"));
    assertEquals(
        FrameOutcome.NOTHING_NEW,
        frame("mark-price", "BTC-USDT-SWAP", "'markPx':'99','ts':'1790000000100'"));
    assertEquals(
        List.of(
            "mark BTC-USDT-SWAP 1790000000100 100.1 100.2 - 0",
            "mark BTC-USDT-SWAP 1790000000200 100.1 100.2 0.00008289 1790006400000",
            "mark BTC-USDT-SWAP 1790000000300 100.1 100.3 0.00008289 1790006400000"),
        log.take());
  }

  @Test
  void shouldRoundOpenInterestThatTheVenueComputes() {
    frame(
        "open-interest",
        "BTC-USDT-SWAP",
        "'oi':'2216113.01000000309','oiCcy':'22161.1301000000309','ts':'1790000000000'");
    assertEquals(List.of("interest BTC-USDT-SWAP 1790000000000 2216113.01"), log.take());
  }

  @Test
  void shouldReadTheTopOfTheBook() {
    final String frame =
        "{'arg':{'channel':'bbo-tbt','instId':'BTC-USDT-SWAP'},'data':[{'asks':%s,'bids':"
            + "[['38632.3','990','0','22']],'ts':'1790000000000','seqId':%d}]}";
    assertEquals(
        FrameOutcome.MARKET, log.frame(String.format(frame, "[['38632.4','727','0','22']]", 7)));
    assertEquals(
        FrameOutcome.NOTHING_NEW, log.frame(String.format(frame, "[['38632.4','1','0','22']]", 7)));
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(String.format(frame, "[]", 8)));
    assertEquals(FrameOutcome.INVALID, log.frame(String.format(frame, "[['38632','1']]", 9)));
    assertEquals(List.of("top BTC-USDT-SWAP 1790000000000 38632.3 990 38632.4 727"), log.take());
  }

  private static String liquidation(final String instrument, final String... details) {
    return "{'arg':{'channel':'liquidation-orders','instType':'SWAP'},'data':[{'details':["
        + String.join(",", details)
        + "],'instFamily':'x','instId':'"
        + instrument
        + "','instType':'SWAP','uly':'x'}]}";
  }

  private static String detail(
      final String position, final String side, final long time, final int size) {
    return "{'bkLoss':'0','bkPx':'82655.7','ccy':'','posSide':'"
        + position
        + "','side':'"
        + side
        + "','sz':'"
        + size
        + "','ts':'"
        + time
        + "'}";
  }

  @Test
  void shouldReadLiquidationsBeforeTheirInstrumentIsNamed() {
    log.at(1790000500000L).frame("{'event':'notice','code':'1','msg':'x'}");
    log.take();
    assertEquals(
        FrameOutcome.MARKET,
        log.at(1790001000000L)
            .frame(
                liquidation(
                    "BTC-USDT-SWAP",
                    detail("long", "sell", 1790000500001L, 1),
                    detail("short", "buy", 1790000500002L, 2),
                    detail("net", "sell", 1790000500003L, 3),
                    detail("net", "buy", 1790000500004L, 4))));
    assertEquals(
        List.of(
            "liquidation BTC-USDT-SWAP 1790000500001 82655.7 1 long",
            "liquidation BTC-USDT-SWAP 1790000500002 82655.7 2 short",
            "liquidation BTC-USDT-SWAP 1790000500003 82655.7 3 long",
            "liquidation BTC-USDT-SWAP 1790000500004 82655.7 4 short"),
        log.take());
  }

  @Test
  void shouldPassOverOldAndRepeatedLiquidationsAndThoseOfOthers() {
    log.at(1790000500000L).frame("{'event':'notice','code':'1','msg':'x'}");
    log.take();
    final String old = liquidation("BTC-USDT-SWAP", detail("long", "sell", 1790000499999L, 1));
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(old));
    final String late = liquidation("BTC-USDT-SWAP", detail("long", "sell", 1790000500000L, 1));
    assertEquals(FrameOutcome.MARKET, log.at(1790000980000L).frame(late));
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(late));
    assertEquals(
        FrameOutcome.NOTHING_NEW,
        log.frame(liquidation("MINA-USDT-SWAP", detail("long", "sell", 1790000500001L, 1))));
    assertEquals(List.of("liquidation BTC-USDT-SWAP 1790000500000 82655.7 1 long"), log.take());
  }

  @Test
  void shouldReadAsManyLiquidationsAsItKeepsAndReportMore() {
    final List<String> details = new ArrayList<>();
    for (int i = 0; i < OkxDecoder.MAX_DETAILS; i++) {
      details.add(detail("long", "sell", SaidLog.START + i, 1 + i));
    }
    assertEquals(
        FrameOutcome.MARKET,
        log.frame(liquidation("BTC-USDT-SWAP", details.toArray(String[]::new))));
    assertEquals(OkxDecoder.MAX_DETAILS, log.take().size());
    details.add(detail("short", "buy", SaidLog.START, 1));
    assertEquals(
        FrameOutcome.INVALID,
        log.frame(liquidation("BTC-USD-SWAP", details.toArray(String[]::new))));
    assertEquals(OkxDecoder.MAX_DETAILS, log.take().size());
    final String named =
        "{'arg':{'channel':'liquidation-orders','instType':'SWAP'},'data':[{'instId':"
            + "'LA-USDT-SWAP','details':["
            + String.join(",", details)
            + "]}]}";
    assertEquals(FrameOutcome.MARKET, log.frame(named));
    assertEquals(OkxDecoder.MAX_DETAILS + 1, log.take().size());
  }

  @Test
  void shouldReportALostConnectionWithTheNextData() {
    frame("mark-price", "BTC-USDT-SWAP", "'markPx':'100.1','ts':'1790000000100'");
    log.take();
    log.lose("public");
    frame("mark-price", "BTC-USDT-SWAP", "'markPx':'100.2','ts':'1790000009000'");
    frame("mark-price", "LA-USDT-SWAP", "'markPx':'1','ts':'1790000009000'");
    assertEquals(
        List.of(
            "interrupted BTC-USDT-SWAP 1790000009000 0 1790000000100",
            "mark BTC-USDT-SWAP 1790000009000 100.2 - - 0",
            "mark LA-USDT-SWAP 1790000009000 1 - - 0"),
        log.take());
  }

  @Test
  void shouldTellAcknowledgementsRefusalsNoticesAndPongs() {
    log.frame("{'event':'subscribe','arg':{'channel':'trades','instId':'A-SWAP'},'connId':'x'}");
    log.frame("{'arg':{'channel':'liquidation-orders','instType':'SWAP'},'event':'subscribe'}");
    log.frame("{'event':'error','msg':'Wrong URL','code':'60018','connId':'x'}");
    log.frame("{'event':'notice','code':'64008','msg':'closed soon','connId':'x'}");
    assertEquals(FrameOutcome.CONTROL, log.bytes("pong".getBytes(StandardCharsets.UTF_8)));
    assertEquals(FrameOutcome.INVALID, log.bytes("ponk".getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        List.of(
            "acknowledged trades:A-SWAP",
            "acknowledged liquidation-orders",
            "refused Wrong URL",
            "closing closed soon",
            "pong"),
        log.take());
  }

  @Test
  void shouldNameChannelsThatAreNotUsed() {
    assertEquals(FrameOutcome.NOT_USED, frame("tickers", "BTC-USDT-SWAP", "'last':'1'"));
    assertEquals(FrameOutcome.UNKNOWN, frame("new-channel", "BTC-USDT-SWAP", "'last':'1'"));
    assertEquals(FrameOutcome.UNKNOWN, log.frame("{'table':'swap/trade','data':[]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'sz':'-3'",
        "'sz':'0'",
        "'px':'1e400'",
        "'px':''",
        "'side':'long'",
        "'tradeId':'x'",
        "'ts':'1'",
        "'ts':''",
      })
  void shouldRejectValuesThatATradeCannotHave(final String field) {
    assertEquals(
        FrameOutcome.INVALID,
        frame(
            "trades",
            "BTC-USDT-SWAP",
            "'tradeId':'5','px':'7','sz':'3','side':'sell','ts':'1790000000000'," + field));
    assertEquals(List.of(), log.take());
  }

  @ParameterizedTest
  @ValueSource(strings = {"both", "LONG", "1"})
  void shouldRejectLiquidationsOfNoSide(final String position) {
    assertEquals(
        FrameOutcome.INVALID,
        log.frame(liquidation("BTC-USDT-SWAP", detail(position, "sell", SaidLog.START, 1))));
  }
}
