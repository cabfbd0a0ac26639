package io.liqmap.gateway.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HyperliquidDecoderTest {
  private static final long START = SaidLog.START;

  private final SaidLog log =
      new SaidLog(Hyperliquid.INSTANCE.decoder(Contracts.of("hyperliquid", "BTC", "ETH")));

  private static String trade(final long time, final long id) {
    return "{'coin':'BTC','side':'B','px':'79234.0','sz':'0.00007','time':"
        + time
        + ",'hash':'0x0','tid':"
        + id
        + ",'users':['0xa','0xb']}";
  }

  private static String trades(final String... trades) {
    return "{'channel':'trades','data':[" + String.join(",", trades) + "]}";
  }

  @Test
  void shouldNotTakeTradesFromBeforeTheFirstFrameForLive() {
    log.frame("{'channel':'pong'}");
    log.take();
    assertEquals(
        FrameOutcome.MARKET,
        log.at(START + 500).frame(trades(trade(START - 1, 1), trade(START, 2))));
    assertEquals(List.of("trade BTC 1790000000000 79234 0.00007 buy"), log.take());
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(trades(trade(START - 1, 1))));
  }

  @Test
  void shouldFillAHoleFromTheBacklogWithoutRepeats() {
    log.frame(trades(trade(START, 1)));
    log.frame(trades(trade(START + 1, 2)));
    log.take();
    log.lose("public");
    assertEquals(
        FrameOutcome.MARKET,
        log.at(START + 9000)
            .frame(trades(trade(START, 1), trade(START + 1, 2), trade(START + 5000, 3))));
    assertEquals(
        List.of(
            "interrupted BTC 1790000005000 0 1790000000001",
            "trade BTC 1790000005000 79234 0.00007 buy"),
        log.take());
  }

  @Test
  void shouldReadTheContextAtTheTimeOfReceipt() {
    final String frame =
        "{'channel':'activeAssetCtx','data':{'coin':'BTC','ctx':{'funding':'0.0000124451',"
            + "'openInterest':'40313.7273799999','oraclePx':'63696.0','markPx':'%s','midPx':'1',"
            + "'impactPxs':['63668.0','63669.0'],'premium':null}}}";
    assertEquals(FrameOutcome.MARKET, log.frame(String.format(frame, "63673.0")));
    assertEquals(
        List.of(
            "mark BTC 1790000000000 63673 63696 0.000012445 1790002800000",
            "interest BTC 1790000000000 40313.72738"),
        log.take());
    assertEquals(
        FrameOutcome.NOTHING_NEW, log.at(START + 1000).frame(String.format(frame, "63673.0")));
    assertEquals(FrameOutcome.MARKET, log.at(START + 2000).frame(String.format(frame, "63674")));
    assertEquals(
        List.of("mark BTC 1790000002000 63674 63696 0.000012445 1790002800000"), log.take());
  }

  @Test
  void shouldReadTheTopOfTheBookIfItHasBothSides() {
    final String frame =
        "{'channel':'bbo','data':{'coin':'BTC','time':%d,'bbo':[{'px':'63668.0','sz':'9.03','n':24}"
            + "%s]}}";
    final String offer = ",{'px':'63669.0','sz':'5.1','n':16}";
    assertEquals(FrameOutcome.MARKET, log.frame(String.format(frame, START, offer)));
    assertEquals(List.of("top BTC 1790000000000 63668 9.03 63669 5.1"), log.take());
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(String.format(frame, START - 1, offer)));
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(String.format(frame, START + 1, "")));
    assertEquals(FrameOutcome.NOTHING_NEW, log.frame(String.format(frame, START + 2, ",null")));
    assertEquals(
        FrameOutcome.INVALID,
        log.frame(String.format(frame, START + 3, offer.replace("63669.0", "63667"))));
  }

  @Test
  void shouldTellAcknowledgementsRefusalsAndPongs() {
    log.frame(
        "{'channel':'subscriptionResponse','data':{'method':'subscribe','subscription':{'type':"
            + "'trades','coin':'BTC'}}}");
    log.frame("{'channel':'pong'}");
    log.frame("{'channel':'error','data':'Invalid subscription'}");
    assertEquals(
        List.of("acknowledged trades:BTC", "pong", "refused Invalid subscription"), log.take());
  }

  @Test
  void shouldReadDataThatPrecedeTheirChannel() {
    assertEquals(
        FrameOutcome.MARKET, log.frame("{'data':[" + trade(START, 7) + "],'channel':'trades'}"));
    assertEquals(List.of("trade BTC 1790000000000 79234 0.00007 buy"), log.take());
  }

  @Test
  void shouldNameChannelsThatAreNotUsed() {
    assertEquals(
        FrameOutcome.NOT_USED, log.frame("{'channel':'l2Book','data':{'coin':'BTC','levels':[]}}"));
    assertEquals(FrameOutcome.UNKNOWN, log.frame("{'channel':'new','data':{}}"));
    assertEquals(FrameOutcome.UNKNOWN, log.frame("{'type':'snapshot','data':{}}"));
    assertEquals(
        FrameOutcome.NOTHING_NEW,
        log.frame("{'channel':'bbo','data':{'coin':'@162','time':1,'bbo':[]}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'data':{}",
        "'data':[[]]",
        "'data':[{'coin':'BTC','side':'C','px':'1','sz':'1','time':1790000000000,'tid':1}]",
        "'data':[{'coin':'BTC','side':'A','px':'1','sz':'1','time':1790000000,'tid':1}]",
        "'data':[{'coin':'BTC','side':'A','px':'1','sz':-1,'time':1790000000000,'tid':1}]",
      })
  void shouldRejectTradesOfAnotherForm(final String data) {
    assertEquals(FrameOutcome.INVALID, log.frame("{'channel':'trades'," + data + "}"));
    assertEquals(List.of(), log.take());
  }
}
