package io.liqmap.gateway.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BinanceDecoderTest {
  private final SaidLog log =
      new SaidLog(
          Binance.USD_M.decoder(Contracts.of("binance-usdm", "BTCUSDT", "BTCUSDC", "ETHUSDT")));

  private FrameOutcome trade(final long id, final long time) {
    return log.frame(
        String.format(
            "{'stream':'btcusdt@aggTrade','data':{'e':'aggTrade','E':1790000000100,'a':%d,'s':'BTCUSDT',"
                + "'p':'83434.40','q':'0.016','nq':'0.016','f':%d,'l':%d,'T':%d,'m':true,'st':1}}",
            id, 10 * id, 10 * id + 9, time));
  }

  @Test
  void shouldReadATradeWhoseTakerSoldToABuyingMaker() {
    assertEquals(FrameOutcome.MARKET, trade(7, 1_790_000_000_050L));
    assertEquals(List.of("trade BTCUSDT 1790000000050 83434.4 0.016 sell"), log.take());
  }

  @Test
  void shouldReadFieldsInAnyOrderAndNumbersWithoutQuotes() {
    assertEquals(
        FrameOutcome.MARKET,
        log.frame(
            "{'q':1.5e-2,'p':83434.4,'m':false,'a':1,'T':1790000000050,'s':'ETHUSDT','new':[{}],"
                + "'e':'aggTrade'}"));
    assertEquals(List.of("trade ETHUSDT 1790000000050 83434.4 0.015 buy"), log.take());
  }

  @Test
  void shouldRemoveRepeatedTradesAndReportMissingOnes() {
    trade(7, 1_790_000_000_050L);
    trade(8, 1_790_000_000_060L);
    log.take();
    assertEquals(FrameOutcome.NOTHING_NEW, trade(8, 1_790_000_000_060L));
    assertEquals(FrameOutcome.NOTHING_NEW, trade(7, 1_790_000_000_050L));
    assertEquals(List.of(), log.take());
    assertEquals(FrameOutcome.MARKET, trade(12, 1_790_000_000_070L));
    assertEquals(
        List.of(
            "interrupted BTCUSDT 1790000000070 3 1790000000060",
            "trade BTCUSDT 1790000000070 83434.4 0.016 sell"),
        log.take());
  }

  @Test
  void shouldGoOnWhereTheVenueCountsFromTheStart() {
    trade(7_000, 1_790_000_000_050L);
    log.take();
    assertEquals(FrameOutcome.MARKET, trade(1, 1_790_000_001_000L));
    assertEquals(
        List.of(
            "interrupted BTCUSDT 1790000001000 0 1790000000050",
            "trade BTCUSDT 1790000001000 83434.4 0.016 sell"),
        log.take());
    assertEquals(FrameOutcome.MARKET, trade(2, 1_790_000_001_010L));
  }

  @Test
  void shouldNotUseTradesOfTheInsuranceFund() {
    assertEquals(
        FrameOutcome.NOT_USED,
        log.frame(
            "{'e':'trade','E':1790000000001,'T':1790000000000,'s':'BTCUSDT','t':5,'p':'2366.55',"
                + "'q':'0.070','X':'INSURANCE_FUND','m':true}"));
  }

  @Test
  void shouldReportALostConnectionOnceForEachInstrumentThatHadData() {
    trade(7, 1_790_000_000_050L);
    log.take();
    log.lose("market");
    log.frame(
        "{'e':'bookTicker','u':1,'s':'BTCUSDT','b':'1','B':'1','a':'2','A':'1','T':1790000000060}");
    assertEquals(List.of("top BTCUSDT 1790000000060 1 1 2 1"), log.take());
    trade(8, 1_790_000_009_000L);
    trade(9, 1_790_000_009_001L);
    log.frame("{'e':'markPriceUpdate','E':1790000009002,'s':'ETHUSDT','p':'2000'}");
    assertEquals(
        List.of(
            "interrupted BTCUSDT 1790000009000 0 1790000000050",
            "trade BTCUSDT 1790000009000 83434.4 0.016 sell",
            "trade BTCUSDT 1790000009001 83434.4 0.016 sell",
            "mark ETHUSDT 1790000009002 2000 - - 0"),
        log.take());
  }

  @Test
  void shouldReadMarkIndexAndFundingOfTheCombinedAndTheArrayStream() {
    assertEquals(
        FrameOutcome.MARKET,
        log.frame(
            "{'stream':'!markPrice@arr@1s','data':[{'e':'markPriceUpdate','E':1790000000000,"
                + "'s':'OTHER','p':'x'},{'e':'markPriceUpdate','E':1790000000000,'s':'BTCUSDT',"
                + "'p':'79107.36658171','ap':'79107.3','P':'79176.6','i':'79139.09565217',"
                + "'r':'-0.00008359','T':1790006400000,'st':1}]}"));
    assertEquals(
        List.of(
            "mark BTCUSDT 1790000000000 79107.36658171 79139.09565217 -0.00008359 1790006400000"),
        log.take());
  }

  @Test
  void shouldKeepContractsWithoutFundingWithoutIt() {
    log.frame(
        "{'e':'markPriceUpdate','E':1790000000000,'s':'BTCUSDT','p':'5','i':'','r':'','T':0}");
    assertEquals(List.of("mark BTCUSDT 1790000000000 5 - - 0"), log.take());
  }

  @Test
  void shouldTakeWhatAForcedOrderFilledAtItsAveragePriceAndTime() {
    final String frame =
        "{'stream':'!forceOrder@arr','data':{'e':'forceOrder','E':1790000001005,'o':{"
            + "'s':'BTCUSDT','S':'SELL','o':'LIMIT','f':'IOC','q':'0.200','p':'82338.30',"
            + "'ap':'82651.123456789','X':'FILLED','l':'0.155','z':'0.190','T':1790000000000}}}";
    assertEquals(FrameOutcome.MARKET, log.frame(frame));
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(frame));
    assertEquals(List.of("liquidation BTCUSDT 1790000000000 82651.12345679 0.19 long"), log.take());
    assertEquals(
        FrameOutcome.MARKET,
        log.frame(
            "{'e':'forceOrder','E':1790000001005,'o':{'s':'BTCUSDT','S':'BUY','q':'2','p':'7',"
                + "'ap':'0','X':'FILLED','z':'1','T':1790000000000}}"));
    assertEquals(List.of("liquidation BTCUSDT 1790000000000 7 1 short"), log.take());
  }

  @ParameterizedTest
  @ValueSource(strings = {"牛来USDT", "BTCUSD", "BTCUSDTT", "btcusdt", "BTCUSDT ", ""})
  void shouldMatchSymbolsExactly(final String symbol) {
    assertEquals(
        FrameOutcome.NOTHING_NEW,
        log.frame(
            "{'e':'forceOrder','E':1790000001005,'o':{'s':'"
                + symbol
                + "','S':'BUY','q':'2','p':'7','ap':'7','X':'FILLED','z':'1','T':1790000000000}}"));
  }

  @Test
  void shouldNotUseForcedOrdersThatAreUnfinishedOrUnfilled() {
    final String order =
        "{'e':'forceOrder','E':1790000001005,'o':{'s':'BTCUSDT','S':'BUY','q':'2','p':'7','ap':'7',"
            + "'X':'%s','z':'%s','T':1790000000000}}";
    assertEquals(FrameOutcome.NOT_USED, log.frame(String.format(order, "PARTIALLY_FILLED", "1")));
    assertEquals(FrameOutcome.NOT_USED, log.frame(String.format(order, "EXPIRED", "0")));
  }

  @Test
  void shouldSendTheTopOfTheBookWhenItChanged() {
    final String book =
        "{'e':'bookTicker','u':%d,'s':'BTCUSDT','ps':'BTCUSDT','b':'79878.30','B':'%s',"
            + "'a':'79878.40','A':'4.980','T':%d,'E':1790000000000,'st':1}";
    assertEquals(FrameOutcome.MARKET, log.frame(String.format(book, 5, "12.494", 1790000000000L)));
    assertEquals(List.of("top BTCUSDT 1790000000000 79878.3 12.494 79878.4 4.98"), log.take());
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(String.format(book, 5, "3", 1790000000001L)));
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(String.format(book, 4, "3", 1789999999999L)));
    assertEquals(
        FrameOutcome.NOTHING_NEW, log.frame(String.format(book, 6, "12.494", 1790000000002L)));
    assertEquals(
        FrameOutcome.NOTHING_NEW, log.frame(String.format(book, 7, "0.000", 1790000000003L)));
    assertEquals(FrameOutcome.MARKET, log.frame(String.format(book, 8, "1", 1790000000004L)));
  }

  @Test
  void shouldSendPolledInterestWhenItChangedAndOnceAMinute() {
    final String body = "{'symbol':'BTCUSDT','openInterest':'%s','time':%d}";
    assertEquals(FrameOutcome.MARKET, log.frame(String.format(body, "95305.694", 1790000000000L)));
    assertEquals(
        FrameOutcome.NOTHING_NEW, log.frame(String.format(body, "95305.694", 1790000010000L)));
    assertEquals(FrameOutcome.MARKET, log.frame(String.format(body, "95305.694", 1790000060000L)));
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(String.format(body, "95000", 1790000050000L)));
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(String.format(body, "0", 1790000070000L)));
    assertEquals(
        List.of(
            "interest BTCUSDT 1790000000000 95305.694", "interest BTCUSDT 1790000060000 95305.694"),
        log.take());
  }

  @Test
  void shouldReadTheRatioOfAccounts() {
    final String body =
        "[{'symbol':'BTCUSDT','longShortRatio':'1.8105','longAccount':'0.6442',"
            + "'shortAccount':'0.3558','timestamp':1790000000000}]";
    assertEquals(FrameOutcome.MARKET, log.frame(body));
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(body));
    assertEquals(List.of("ratio BTCUSDT 1790000000000 1.8105"), log.take());
  }

  @Test
  void shouldTellAcknowledgementsRefusalsAndNotices() {
    assertEquals(FrameOutcome.CONTROL, log.frame("{'result':null,'id':1}"));
    assertEquals(
        FrameOutcome.CONTROL, log.frame("{'error':{'code':2,'msg':'Invalid request'},'id':3}"));
    assertEquals(FrameOutcome.CONTROL, log.frame("{'code':-1121,'msg':'Invalid symbol.'}"));
    assertEquals(FrameOutcome.CONTROL, log.frame("{'e':'serverShutdown','E':1790000000000}"));
    assertEquals(
        List.of(
            "acknowledged 1",
            "refused Invalid request",
            "refused Invalid symbol.",
            "closing serverShutdown"),
        log.take());
  }

  @ParameterizedTest
  @CsvSource({
    "depthUpdate, NOT_USED",
    "kline, NOT_USED",
    "24hrTicker, NOT_USED",
    "somethingNew, UNKNOWN",
  })
  void shouldNameKindsThatAreNotUsed(final String kind, final FrameOutcome expected) {
    assertEquals(
        expected,
        log.frame("{'e':'" + kind + "','E':1790000000000,'s':'BTCUSDT','p':'x','k':{'a':[1]}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'p':'1e400'",
        "'p':'-83434.40'",
        "'p':'NaN'",
        "'p':''",
        "'p':null",
        "'p':[83434.40]",
        "'p':{'v':83434.40}",
        "'p':true",
        "'p':'83434.400000001'",
        "'p':'90071992.54740993'",
        "'q':'-0.016'",
        "'q':'0'",
        "'q':'0x10'",
        "'q':'0,016'",
        "'T':1700000000",
        "'T':'yesterday'",
        "'m':'yes'",
        "'m':1",
        "'a':-4",
        "'a':1.5",
        "'a':99999999999999999999",
        "'p':00000000000000000000000000000000000000000000000000000000000000000000001",
      })
  void shouldRejectValuesThatATradeCannotHave(final String field) {
    assertEquals(
        FrameOutcome.INVALID,
        log.frame(
            "{'e':'aggTrade','a':1,'s':'BTCUSDT','p':'83434.40','q':'0.016','T':1790000000000,"
                + "'m':true,"
                + field
                + "}"));
    assertEquals(List.of(), log.take());
  }

  @Test
  void shouldRejectCrossedBooks() {
    assertEquals(
        FrameOutcome.INVALID,
        log.frame(
            "{'e':'bookTicker','u':1,'s':'BTCUSDT','b':'2','B':'1','a':'1','A':'1',"
                + "'T':1790000000060}"));
  }
}
