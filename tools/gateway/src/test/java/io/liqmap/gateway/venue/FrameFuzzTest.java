package io.liqmap.gateway.venue;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

/**
 * Frames that no venue sent, parted by line feeds: whatever they hold, an outcome, and messages
 * only where the outcome says so.
 */
@Tag("fuzz")
final class FrameFuzzTest {
  @FuzzTest
  void shouldOutliveFramesOfBinance(final byte[] bytes) {
    check("binance-usdm", "BTCUSDT", bytes);
  }

  @FuzzTest
  void shouldOutliveFramesOfBybit(final byte[] bytes) {
    check("bybit", "BTCUSDT", bytes);
  }

  @FuzzTest
  void shouldOutliveFramesOfOkx(final byte[] bytes) {
    check("okx", "BTC-USDT-SWAP", bytes);
  }

  @FuzzTest
  void shouldOutliveFramesOfHyperliquid(final byte[] bytes) {
    check("hyperliquid", "BTC", bytes);
  }

  private static void check(final String venue, final String symbol, final byte[] bytes) {
    final Venue of = Venues.named(venue).orElseThrow();
    final SaidLog log = new SaidLog(of.decoder(Contracts.of(venue, symbol)));
    int from = 0;
    while (from <= bytes.length) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      final FrameOutcome outcome = log.bytes(Arrays.copyOfRange(bytes, from, to));
      assertNotNull(outcome);
      final boolean isSilent = log.take().isEmpty();
      if (outcome == FrameOutcome.MARKET) {
        assertFalse(isSilent);
      } else if (outcome != FrameOutcome.CONTROL && outcome != FrameOutcome.INVALID) {
        assertTrue(isSilent);
      }
      if (to % 7 == 0) {
        of.connections(Contracts.of(venue, symbol)).forEach((plan) -> log.lose(plan.name()));
      }
      from = to + 1;
    }
  }
}
