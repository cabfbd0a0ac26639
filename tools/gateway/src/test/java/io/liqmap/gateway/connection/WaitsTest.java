package io.liqmap.gateway.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class WaitsTest {
  @Test
  void shouldDoubleUpToTheLongestAndStartAgain() {
    final Waits waits = new Waits(100, 1_000, () -> 1);
    for (final long expected : new long[] {100, 200, 400, 800, 1_000, 1_000}) {
      assertEquals(expected, waits.next());
    }
    waits.clear();
    assertEquals(100, waits.next());
  }

  @Test
  void shouldVaryByHalf() {
    assertEquals(50, new Waits(100, 1_000, () -> 0).next());
    final Waits waits = new Waits(100, 1_000, new SplittableRandom(1)::nextDouble);
    for (int i = 0; i < 100; i++) {
      final long wait = waits.next();
      assertTrue(wait >= 50 && wait <= 1_000, () -> "wait " + wait);
    }
  }

  @Test
  void shouldHoldAVenuesLimitOfNewConnections() {
    final SplittableRandom random = new SplittableRandom(2);
    final int most = 3;
    final long per = 1_000;
    final AttemptLimit limit = new AttemptLimit(most, per);
    final Deque<Long> taken = new ArrayDeque<>();
    long now = 5;
    for (int i = 0; i < 5_000; i++) {
      now += random.nextInt(400);
      while (!taken.isEmpty() && now - taken.peek() >= per) {
        taken.remove();
      }
      final boolean isAllowed = taken.size() < most;
      assertEquals(isAllowed, limit.tryTake(now));
      if (isAllowed) {
        taken.add(now);
      }
    }
  }
}
