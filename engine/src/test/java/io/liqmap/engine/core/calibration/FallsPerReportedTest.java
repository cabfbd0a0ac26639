package io.liqmap.engine.core.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

final class FallsPerReportedTest {
  private static FallsPerReported of(final long seed, final int windows, final double noise) {
    final SplittableRandom random = new SplittableRandom(seed);
    final FallsPerReported falls = new FallsPerReported();
    for (int window = 0; window < windows; window++) {
      final double reported = .01 * random.nextDouble();
      falls.add(reported, 2.8 * reported + noise * (random.nextDouble() - .5));
    }
    return falls;
  }

  @Test
  void shouldFindTheFactorBehindTheNoise() {
    assertEquals(2.8, of(1, 200, 0).slope(), 1e-9);
    assertEquals(0, of(1, 200, 0).error(), 1e-6);
    int holds = 0;
    for (int seed = 0; seed < 200; seed++) {
      final FallsPerReported falls = of(seed, 400, .05);
      holds += Math.abs(falls.slope() - 2.8) <= falls.error() ? 1 : 0;
    }
    assertTrue(holds >= 178 && holds <= 199, holds + " of 200");
  }

  @Test
  void shouldSayNothingFromFewWindowsOrSilentOnes() {
    assertTrue(Double.isNaN(of(1, FallsPerReported.LEAST_WINDOWS - 1, 0).slope()));
    final FallsPerReported silent = new FallsPerReported();
    for (int window = 0; window < 1_000; window++) {
      silent.add(0, .01);
    }
    assertTrue(Double.isNaN(silent.slope()) && Double.isNaN(silent.error()));
  }

  @Test
  void shouldBeRestored() {
    final FallsPerReported falls = of(5, 300, .1);
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    falls.encode(out);
    final FallsPerReported restored = new FallsPerReported();
    restored.decode(new StateReader(out.buffer(), 0, out.position()));
    assertEquals(falls.slope(), restored.slope());
    assertEquals(falls.error(), restored.error());
  }
}
