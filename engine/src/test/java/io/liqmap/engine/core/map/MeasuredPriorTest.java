package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LearningMode;
import io.liqmap.engine.core.model.LearningSettings;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.SkewSettings;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What known positions do to the profile that a model starts from. */
final class MeasuredPriorTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final long PRICE = 6_000_000;
  private static final double OPEN = 1_000;

  private static MapSettings settings(final LearningMode mode) {
    return TestSettings.of(
        5,
        TestSettings.undated(),
        new ModelSettings(
            "m",
            1,
            List.of(new DistanceTier(.01, .02, .1, .1), new DistanceTier(.02, .1, .2, .2)),
            new LearningSettings(mode, .3, 60 * 1_440 * MINUTE),
            Maintenance.VENUE,
            new EntrySettings(.1, 0, 0),
            ExitSettings.PROPORTIONAL,
            SkewSettings.NONE));
  }

  /** A hundred equal longs that cover half of the open interest, 5 % from liquidation. */
  private static InstrumentMap fed(final LearningMode mode) {
    final InstrumentMap map = FastInstrumentMap.of(settings(mode), false);
    map.onMark(TestSettings.START, PRICE, 0, 0);
    for (int account = 0; account < 100; account++) {
      map.onKnownPosition(
          TestSettings.START,
          account,
          Side.LONG,
          OPEN / 200,
          PRICE,
          Math.round(PRICE * StrictMath.exp(-.05)),
          0,
          0);
    }
    for (int update = 0; update < 3; update++) {
      map.onTrade(TestSettings.START + 2L * update * MINUTE, PRICE, 100, true);
      map.onOpenInterest(TestSettings.START + 2L * update * MINUTE + 1, OPEN + 50 * update);
    }
    return map;
  }

  @Test
  void shouldStartFromKnownPositionsByTheirCoverageAndAccounts() {
    final InstrumentMap map = fed(LearningMode.ON);
    // Half of the open interest, and two thirds for a hundred accounts beside fifty.
    final double weight = .5 * 100 / 150;

    assertEquals((1 - weight) * .1, map.learned(0, Side.LONG).share(0), 1e-12);
    assertEquals((1 - weight) * .2 + weight, map.learned(0, Side.LONG).share(1), 1e-12);
    assertEquals(.2, map.learned(0, Side.SHORT).share(1), "no short is known");
    MapInvariants.assertAddsUp("measured", map, map.openInterest());
    assertEquals(
        1 - map.learned(0, Side.LONG).share(0) - map.learned(0, Side.LONG).share(1),
        map.outOfReach(0, Side.LONG),
        1e-12);
  }

  @Test
  void shouldKeepAFrozenProfileAsItIs() {
    final InstrumentMap map = fed(LearningMode.FROZEN);

    assertEquals(.2, map.learned(0, Side.LONG).share(1));
    assertEquals(.7, map.outOfReach(0, Side.LONG), 1e-12);
  }

  @Test
  void shouldRestoreWhatWasMeasured() {
    final InstrumentMap map = fed(LearningMode.ON);
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    map.encode(out);
    final InstrumentMap restored = FastInstrumentMap.of(settings(LearningMode.ON), false);
    restored.decode(new StateReader(out.buffer(), 0, out.position()));

    assertEquals(map.share(0, Side.LONG, 1), restored.share(0, Side.LONG, 1));
    final StateWriter again = new StateWriter(new ExpandableArrayBuffer());
    restored.encode(again);
    assertEquals(out.position(), again.position());
    assertTrue(
        new UnsafeBuffer(out.buffer(), 0, out.position())
            .equals(new UnsafeBuffer(again.buffer(), 0, again.position())));
  }
}
