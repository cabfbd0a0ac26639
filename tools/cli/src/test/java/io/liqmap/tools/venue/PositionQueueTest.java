package io.liqmap.tools.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PositionQueueTest {
  @Test
  void agreesWithASortedMapHoweverMembersComeMoveAndLeave() {
    final SplittableRandom random = new SplittableRandom(1);
    final PositionQueue queue = new PositionQueue();
    final Map<Integer, Double> members = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      final int number = random.nextInt(2_000);
      if (random.nextInt(3) > 0) {
        final double key = random.nextDouble();
        queue.put(number, key);
        members.put(number, key);
      } else {
        queue.remove(number);
        members.remove(number);
      }
      final int first =
          members.entrySet().stream()
              .min(Comparator.comparingDouble(Map.Entry::getValue))
              .map(Map.Entry::getKey)
              .orElse(-1);
      assertEquals(first, queue.upTo(1));
      assertEquals(-1, queue.upTo(first < 0 ? 1 : Math.nextDown(members.get(first))));
    }
  }
}
