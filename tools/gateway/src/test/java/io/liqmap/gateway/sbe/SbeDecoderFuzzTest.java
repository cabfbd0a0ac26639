package io.liqmap.gateway.sbe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.venue.FrameOutcome;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;

/** Any bytes as a message: decoded or refused. */
@Tag("fuzz")
final class SbeDecoderFuzzTest {
  private static final List<InstrumentDefinition> INSTRUMENTS =
      List.of(
          VenueMessages.instrument(0, "BTCUSDT", -2, -3, 10, 1),
          VenueMessages.instrument(1, "B", -8, 0, 1, 1));

  private final RecordedMarket market = new RecordedMarket();

  @FuzzTest
  void shouldDecodeOrRefuseAnyBytes(final byte[] bytes) {
    decodeTwice(new BinanceSpotDecoder(INSTRUMENTS), bytes);
    decodeTwice(new BybitTradeDecoder(INSTRUMENTS), bytes);
  }

  /** The same bytes again are nothing new, and the same refusal. */
  private void decodeTwice(final SbeDecoder decoder, final byte[] bytes) {
    final UnsafeBuffer message = new UnsafeBuffer(bytes);
    final FrameOutcome first = decoder.decode(message, 0, bytes.length, market);
    assertEquals(first == FrameOutcome.MARKET, !market.take().isEmpty());
    final FrameOutcome second = decoder.decode(message, 0, bytes.length, market);
    assertTrue(
        second == first || first == FrameOutcome.MARKET, "first " + first + ", then " + second);
    market.take();
  }
}
