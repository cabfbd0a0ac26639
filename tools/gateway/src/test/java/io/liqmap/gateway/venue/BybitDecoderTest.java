package io.liqmap.gateway.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BybitDecoderTest {
  private static final String SNAPSHOT =
      "{'topic':'tickers.BTCUSDT','type':'snapshot','data':{'symbol':'BTCUSDT','lastPrice':'100.5',"
          + "'markPrice':'100.10','indexPrice':'100.20','openInterest':'53235.05',"
          + "'singleOpenInterest':'26617.525','openInterestValue':'5','nextFundingTime':"
          + "'1790006400000','fundingRate':'-0.0000251','bid1Price':'100.00','bid1Size':'1.5',"
          + "'ask1Price':'100.50','ask1Size':'2'},'cs':1,'ts':1790000000000}";
  private static final String MARK =
      "mark BTCUSDT 1790000000000 100.1 100.2 -0.0000251 1790006400000";
  private static final String INTEREST = "interest BTCUSDT 1790000000000 53235.05";
  private static final String TOP = "top BTCUSDT 1790000000000 100 1.5 100.5 2";

  private final SaidLog log =
      new SaidLog(Bybit.INSTANCE.decoder(Contracts.of("bybit", "BTCUSDT", "ETHUSDT")));

  private FrameOutcome delta(final String fields, final long time) {
    return log.frame(
        "{'topic':'tickers.BTCUSDT','type':'delta','data':{'symbol':'BTCUSDT',"
            + fields
            + "},'cs':2,'ts':"
            + time
            + "}");
  }

  @Test
  void shouldReadTradesOfOneFrameByTheTakersSide() {
    assertEquals(
        FrameOutcome.MARKET,
        log.frame(
            "{'topic':'publicTrade.BTCUSDT','type':'snapshot','ts':1790000000001,'data':[{'T':"
                + "1790000000000,'s':'BTCUSDT','S':'Sell','v':'0.153','p':'78832.20','L':'Plus',"
                + "'i':'id-1','seq':9,'RPI':false},{'T':1790000000000,'s':'BTCUSDT','S':'Buy','v':"
                + "'0.001','p':'78832.30','i':'id-2','seq':9}]}"));
    assertEquals(
        List.of(
            "trade BTCUSDT 1790000000000 78832.2 0.153 sell",
            "trade BTCUSDT 1790000000000 78832.3 0.001 buy"),
        log.take());
  }

  @Test
  void shouldReadTradesThatPrecedeTheirTopic() {
    assertEquals(
        FrameOutcome.MARKET,
        log.frame(
            "{'data':[{'S':'Sell','T':1790000000000,'i':'id-1','p':'7','s':'BTCUSDT','v':'2'}],"
                + "'topic':'publicTrade.BTCUSDT','ts':1790000000001,'type':'snapshot'}"));
    assertEquals(List.of("trade BTCUSDT 1790000000000 7 2 sell"), log.take());
  }

  @Test
  void shouldRemoveTradesOfOtherFramesById() {
    final String frame =
        "{'topic':'publicTrade.BTCUSDT','ts':1790000000001,'data':[{'T':1790000000000,'s':"
            + "'BTCUSDT','S':'Buy','v':'1','p':'7','i':'%s'}]}";
    assertEquals(FrameOutcome.MARKET, log.frame(String.format(frame, "a")));
    assertEquals(FrameOutcome.MARKET, log.frame(String.format(frame, "b")));
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(String.format(frame, "a")));
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(String.format(frame, "b")));
  }

  @Test
  void shouldCallABoughtPositionALiquidatedLong() {
    final String frame =
        "{'topic':'allLiquidation.BTCUSDT','type':'snapshot','ts':1790000000482,'data':["
            + "{'T':1790000000000,'s':'BTCUSDT','S':'Buy','v':'0.006','p':'82396.90'},"
            + "{'T':1790000000000,'s':'BTCUSDT','S':'Buy','v':'0.006','p':'82396.90'},"
            + "{'T':1790000000058,'s':'BTCUSDT','S':'Sell','v':'0.038','p':'82394.30'}]}";
    assertEquals(FrameOutcome.MARKET, log.frame(frame));
    assertEquals(
        List.of(
            "liquidation BTCUSDT 1790000000000 82396.9 0.006 long",
            "liquidation BTCUSDT 1790000000000 82396.9 0.006 long",
            "liquidation BTCUSDT 1790000000058 82394.3 0.038 short"),
        log.take());
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(frame));
  }

  @Test
  void shouldKeepWhatADeltaDoesNotMention() {
    assertEquals(FrameOutcome.MARKET, log.frame(SNAPSHOT));
    assertEquals(List.of(MARK, INTEREST, TOP), log.take());
    assertEquals(FrameOutcome.MARKET, delta("'markPrice':'100.30'", 1790000000100L));
    assertEquals(
        List.of("mark BTCUSDT 1790000000100 100.3 100.2 -0.0000251 1790006400000"), log.take());
    assertEquals(FrameOutcome.MARKET, delta("'bid1Size':'3'", 1790000000200L));
    assertEquals(List.of("top BTCUSDT 1790000000200 100 3 100.5 2"), log.take());
    assertEquals(FrameOutcome.MARKET, delta("'fundingRate':'0'", 1790000000300L));
    assertEquals(List.of("mark BTCUSDT 1790000000300 100.3 100.2 0 1790006400000"), log.take());
  }

  @Test
  void shouldCallEmptyFieldsNotApplicable() {
    log.frame(SNAPSHOT);
    log.take();
    delta("'fundingRate':'','nextFundingTime':'','indexPrice':''", 1790000000100L);
    assertEquals(List.of("mark BTCUSDT 1790000000100 100.1 - - 0"), log.take());
    assertEquals(FrameOutcome.NOTHING_NEW, delta("'bid1Price':''", 1790000000200L));
  }

  @Test
  void shouldTakeChangesOfOpenInterestFromCoinsAlone() {
    log.frame(SNAPSHOT);
    log.take();
    assertEquals(
        FrameOutcome.NOTHING_NEW,
        delta("'openInterestValue':'6','singleOpenInterestValue':'3'", 1790000000100L));
    assertEquals(FrameOutcome.NOTHING_NEW, delta("'openInterest':'53235.05'", 1790000000200L));
    assertEquals(FrameOutcome.MARKET, delta("'openInterest':'53235'", 1790000000300L));
    assertEquals(List.of("interest BTCUSDT 1790000000300 53235"), log.take());
  }

  @Test
  void shouldRepeatWhatIsUnchangedForLong() {
    log.frame(SNAPSHOT);
    log.take();
    delta("'lastPrice':'1'", 1790000009999L);
    assertEquals(List.of(), log.take());
    delta("'lastPrice':'1'", 1790000010000L);
    assertEquals(
        List.of(
            "mark BTCUSDT 1790000010000 100.1 100.2 -0.0000251 1790006400000",
            "top BTCUSDT 1790000010000 100 1.5 100.5 2"),
        log.take());
    delta("'lastPrice':'1'", 1790000060000L);
    assertEquals("interest BTCUSDT 1790000060000 53235.05", log.take().get(1));
  }

  @Test
  void shouldNotUseDeltasBeforeASnapshotNorOlderOnes() {
    assertEquals(FrameOutcome.NOTHING_NEW, delta("'markPrice':'100.30'", 1790000000100L));
    log.frame(SNAPSHOT);
    assertEquals(FrameOutcome.NOTHING_NEW, delta("'markPrice':'100.30'", 1789999999999L));
    assertEquals(List.of(MARK, INTEREST, TOP), log.take());
  }

  @Test
  void shouldWaitForASnapshotAfterALostConnection() {
    log.frame(SNAPSHOT);
    log.take();
    log.lose("linear");
    assertEquals(FrameOutcome.NOTHING_NEW, delta("'markPrice':'100.30'", 1790000000100L));
    assertEquals(FrameOutcome.MARKET, log.frame(SNAPSHOT.replace("100.10", "100.40")));
    assertEquals(
        List.of(
            "interrupted BTCUSDT 1790000000000 0 1790000000000",
            "mark BTCUSDT 1790000000000 100.4 100.2 -0.0000251 1790006400000"),
        log.take());
  }

  @Test
  void shouldReadTheRatioOfAccountsFromShares() {
    assertEquals(
        FrameOutcome.MARKET,
        log.frame(
            "{'retCode':0,'retMsg':'OK','result':{'list':[{'symbol':'BTCUSDT','buyRatio':'0.6',"
                + "'sellRatio':'0.4','timestamp':'1790000000000'}],'nextPageCursor':''},"
                + "'time':1790000000001}"));
    assertEquals(List.of("ratio BTCUSDT 1790000000000 1.5"), log.take());
  }

  @Test
  void shouldTellAcknowledgementsRefusalsAndPongs() {
    final String answer = "{'success':%s,'ret_msg':'%s','conn_id':'x','req_id':'%s','op':'%s'}";
    log.frame(String.format(answer, "true", "", "1", "subscribe"));
    log.frame(String.format(answer, "true", "pong", "p", "ping"));
    log.frame(String.format(answer, "false", "error:handler not found,topic:x", "2", "subscribe"));
    assertEquals(FrameOutcome.CONTROL, log.frame("{'retCode':10006,'retMsg':'Too many visits!'}"));
    assertEquals(
        List.of(
            "acknowledged 1",
            "pong",
            "refused error:handler not found,topic:x",
            "refused Too many visits!"),
        log.take());
  }

  @Test
  void shouldNameTopicsThatAreNotUsed() {
    assertEquals(
        FrameOutcome.NOT_USED,
        log.frame("{'topic':'orderbook.1.BTCUSDT','ts':1790000000000,'data':{'s':'BTCUSDT'}}"));
    assertEquals(FrameOutcome.UNKNOWN, log.frame("{'topic':'new.BTCUSDT','data':[]}"));
    assertEquals(
        FrameOutcome.NOTHING_NEW,
        log.frame("{'topic':'tickers.X','type':'snapshot','data':{'symbol':'X'},'ts':1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'markPrice':'x'",
        "'markPrice':'-1'",
        "'openInterest':'1e400'",
        "'fundingRate':'2'",
        "'nextFundingTime':'12'",
        "'bid1Size':'0.000000001'",
        "'ask1Price':{}",
      })
  void shouldRejectFaultyFieldsOfATickerAndKeepTheLast(final String field) {
    log.frame(SNAPSHOT);
    log.take();
    assertEquals(FrameOutcome.INVALID, delta(field, 1790000000100L));
    assertEquals(List.of(), log.take());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'data':[{'T':1790000000000,'s':'BTCUSDT','S':'buy','v':'1','p':'7'}]",
        "'data':[{'T':1790000000000,'s':'BTCUSDT','S':'Buy','v':'-1','p':'7'}]",
        "'data':[7]",
        "'data':{'T':1790000000000,'s':'BTCUSDT','S':'Buy','v':'1','p':'7'}",
        "'data':'x'",
      })
  void shouldRejectTradesOfAnotherForm(final String data) {
    assertEquals(FrameOutcome.INVALID, log.frame("{'topic':'publicTrade.BTCUSDT'," + data + "}"));
    assertEquals(List.of(), log.take());
  }
}
