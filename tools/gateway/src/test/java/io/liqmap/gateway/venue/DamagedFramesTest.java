package io.liqmap.gateway.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames as no venue sends them: said to be invalid, and never thrown. */
final class DamagedFramesTest {
  /** A whole frame of each venue. */
  record Sample(String venue, String symbol, String json) {
    SaidLog log() {
      return new SaidLog(Venues.named(venue).orElseThrow().decoder(Contracts.of(venue, symbol)));
    }

    byte[] bytes() {
      return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample(
            "binance-usdm",
            "BTCUSDT",
            "{'stream':'btcusdt@aggTrade','data':{'e':'aggTrade','E':1790000000000,'a':7,'s':"
                + "'BTCUSDT','p':'83434.40','q':'0.016','f':1,'l':2,'T':1790000000000,'m':true}}"),
        new Sample(
            "bybit",
            "BTCUSDT",
            "{'topic':'tickers.BTCUSDT','type':'snapshot','data':{'symbol':'BTCUSDT','markPrice':"
                + "'7','openInterest':'8','bid1Price':'7','bid1Size':'1','ask1Price':'8',"
                + "'ask1Size':'1'},'cs':1,'ts':1790000000000}"),
        new Sample(
            "okx",
            "BTC-USDT-SWAP",
            "{'arg':{'channel':'liquidation-orders','instType':'SWAP'},'data':[{'details':[{'bkPx':"
                + "'7','posSide':'long','side':'sell','sz':'8','ts':'1790000000000'}],'instId':"
                + "'BTC-USDT-SWAP'}]}"),
        new Sample(
            "hyperliquid",
            "BTC",
            "{'channel':'trades','data':[{'coin':'BTC','side':'B','px':'79234.0','sz':'0.00007',"
                + "'time':1790000000000,'tid':7}]}"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldCallAFrameInvalidWhereverItIsCut(final Sample sample) {
    final byte[] whole = sample.bytes();
    for (int length = 0; length < whole.length; length++) {
      assertEquals(
          FrameOutcome.INVALID,
          sample.log().bytes(Arrays.copyOf(whole, length)),
          "cut after " + length);
    }
    assertEquals(FrameOutcome.MARKET, sample.log().bytes(whole));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldCallAFrameInvalidThatSomethingFollows(final Sample sample) {
    final byte[] whole = sample.bytes();
    final byte[] more = Arrays.copyOf(whole, whole.length + 1);
    more[whole.length] = '}';
    assertEquals(FrameOutcome.INVALID, sample.log().bytes(more));
    more[whole.length] = 0;
    assertEquals(FrameOutcome.INVALID, sample.log().bytes(more));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldOutliveAnyBytes(final Sample sample) {
    final SaidLog log = sample.log();
    final Random random = new Random(sample.venue().hashCode());
    for (int i = 0; i < 20_000; i++) {
      final byte[] bytes = sample.bytes();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) "{}[]\":,0-9eEnt\\".charAt(random.nextInt(15));
      }
      assertNotNull(log.bytes(bytes));
    }
    log.take();
    assertNotNull(log.bytes(sample.bytes()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldCallAFrameInvalidBeyondItsLimits(final Sample sample) {
    final String deep = "[".repeat(JsonFrame.MAX_DEPTH + 1) + "]".repeat(JsonFrame.MAX_DEPTH + 1);
    for (final String value :
        new String[] {
          deep, "[".repeat(100_000), "1".repeat(1_000), "NaN", "01", "'\\ud800'x", "1e",
        }) {
      assertEquals(
          FrameOutcome.INVALID,
          sample.log().frame("{'more':" + value + "," + sample.json().substring(1)),
          value.substring(0, Math.min(20, value.length())));
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldPassOverHugeArraysAndUnknownNames(final Sample sample) {
    final StringBuilder more = new StringBuilder("{'more':[1");
    for (int i = 0; i < 50_000; i++) {
      more.append(",{'n").append(i % 500).append("':'").append(i).append("'}");
    }
    assertEquals(FrameOutcome.MARKET, sample.log().frame(more + "]," + sample.json().substring(1)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldCallWrongEncodingsInvalid(final Sample sample) {
    final byte[] bytes = sample.bytes();
    bytes[3] = (byte) 0xff;
    assertEquals(FrameOutcome.INVALID, sample.log().bytes(bytes));
    assertEquals(
        FrameOutcome.INVALID,
        sample.log().bytes(sample.json().replace('\'', '"').getBytes(StandardCharsets.UTF_16)));
  }

  @Test
  void shouldNotLetAValueGrowIntoItsNeighbour() {
    final SaidLog log = samples().findFirst().orElseThrow().log();
    final String json =
        "{'e':'aggTrade','a':7,'s':'BTCUSDT','p':'"
            + "0".repeat(60)
            + "1234.5','q':'1','T':"
            + "1790000000000,'m':true}";
    assertEquals(FrameOutcome.INVALID, log.frame(json));
    assertEquals(Set.of(), Set.copyOf(log.take()));
  }
}
