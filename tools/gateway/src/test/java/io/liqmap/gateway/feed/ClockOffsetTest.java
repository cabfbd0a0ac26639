package io.liqmap.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ClockOffsetTest {
  private static final long T = 1_790_000_000_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long WINDOW = 10 * SECOND;
  private static final int WINDOWS = 9;

  private final ClockOffset offset = new ClockOffset();

  /** A venue's first frame may be its backlog, a minute old. */
  @Test
  void shouldNotJudgeByTheFirstEvents() {
    assertFalse(offset.add(T, T - 49 * SECOND));
    assertEquals(0, offset.nanos());
    assertFalse(offset.add(T + SECOND, T + SECOND - 5));
    assertTrue(offset.add(T + WINDOW, T));
    assertEquals(5, offset.nanos());
  }

  @Test
  void shouldTakeTheMedianOfTheLastNineLeastDelays() {
    final SplittableRandom random = new SplittableRandom(7);
    final long ahead = -3 * SECOND;
    final List<Long> least = new ArrayList<>();
    long time = T;
    long end = T + WINDOW;
    long current = Long.MAX_VALUE;
    for (int i = 0; i < 20_000; i++) {
      time += random.nextLong(SECOND / 20);
      final long delay = ahead + random.nextLong(SECOND);
      current = Math.min(current, delay);
      end = i == 0 ? time + WINDOW : end;
      assertEquals(time >= end, offset.add(time, time - delay));
      if (time >= end) {
        least.add(current);
        current = Long.MAX_VALUE;
        end = time + WINDOW;
        final List<Long> last =
            least.subList(Math.max(0, least.size() - WINDOWS), least.size()).stream()
                .sorted()
                .toList();
        assertEquals(last.get(last.size() / 2), offset.nanos());
      }
    }
    assertTrue(least.size() > 2 * WINDOWS);
  }
}
