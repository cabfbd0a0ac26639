package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Brackets;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What always holds, for every kind of model, window and contract, over a long feed. */
@Tag("slow")
final class LongFeedTest {
  /** {@code -Dliqmap.long.events=1000000} for a million. */
  private static final int EVENTS = Integer.getInteger("liqmap.long.events", 120_000);

  private static final int UPDATES_PER_CHECK = 60;
  private static final int EVENTS_PER_RESTART = 15_000;

  @ParameterizedTest
  @EnumSource(Contract.class)
  void shouldHoldOverALongFeed(final Contract contract) {
    final boolean isInverse = contract == Contract.INVERSE;
    final MapSettings settings =
        TestSettings.of(
            20,
            TestSettings.changing(Brackets.btcusdt2021(), Brackets.btcusdt2024()),
            TestSettings.allKinds(isInverse ? 1 : 6e6));
    final InstrumentMap uninterrupted = FastInstrumentMap.of(settings, isInverse);
    final List<NaiveInstrumentMap> naive = new ArrayList<>();
    for (int model = 0; model < settings.models().size(); model++) {
      naive.add(new NaiveInstrumentMap(settings, model, isInverse));
    }
    final RandomMarket market = new RandomMarket(isInverse ? 7_001 : 7_002, 3e-4, 60, 30);
    final SplittableRandom random = new SplittableRandom(7_003);
    InstrumentMap map = FastInstrumentMap.of(settings, isInverse);
    int updates = 0;
    for (int i = 0; i < EVENTS; i++) {
      final MarketEvent event = market.next();
      event.applyTo(uninterrupted);
      event.applyTo(map);
      naive.forEach(event::applyTo);
      if (random.nextInt(EVENTS_PER_RESTART) == 0) {
        map = restarted(map, settings, isInverse);
      }
      if (event.kind() == MarketEvent.Kind.OPEN_INTEREST && updates++ % UPDATES_PER_CHECK == 0) {
        final String place = contract + ", event " + i;
        MapInvariants.assertAddsUp(place, map, event.quantity());
        MapInvariants.assertNothingOpenBeyondMark(place, map);
        MapAgreement.assertSame(place, map, naive, event.quantity());
      }
    }
    assertArrayEquals(bytes(uninterrupted), bytes(map));
    assertTrue(updates > EVENTS / 100, "updates: " + updates);
    for (final Side side : Side.values()) {
      assertTrue(map.forced(side) > 0 && map.fallen() > map.forced(side));
    }
  }

  private static InstrumentMap restarted(
      final InstrumentMap map, final MapSettings settings, final boolean isInverse) {
    final byte[] bytes = bytes(map);
    final InstrumentMap restored = FastInstrumentMap.of(settings, isInverse);
    final StateReader in = new StateReader(new UnsafeBuffer(bytes), 0, bytes.length);
    restored.decode(in);
    assertEquals(0, in.remaining());
    assertArrayEquals(bytes, bytes(restored));
    return restored;
  }

  private static byte[] bytes(final InstrumentMap map) {
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    map.encode(out);
    final byte[] bytes = new byte[out.position()];
    out.buffer().getBytes(0, bytes);
    return bytes;
  }
}
