package io.liqmap.benchmarks.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

final class SbeMessagesTest {
  private static final int MESSAGES = 3_000;

  private final SbeMessages messages = new SbeMessages(7, MESSAGES, SessionVenues.instrument(0));

  @Test
  void shouldDecodeEachTradeAndTopOnceOfEveryRefill() {
    final SummedMarket market = new SummedMarket();
    for (int i = 0; i < 2; i++) {
      messages.refill();
      messages.decode(market);
    }

    assertEquals(messages.trades() + 2 * MESSAGES * 2 / 3, market.calls());
  }

  @Test
  void shouldReadTheSameBarelyUntilTheNextRefill() {
    messages.refill();
    final long sum = messages.readBarely();

    assertEquals(sum, messages.readBarely());
    messages.refill();
    assertNotEquals(sum, messages.readBarely());
  }
}
