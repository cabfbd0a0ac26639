package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Brackets;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateCopy;
import io.liqmap.engine.core.state.StatePiece;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies that are brought up to date by what has changed hold the state as it is written whole. */
@Tag("slow")
final class StateCopyTest {
  private static final int EVENTS = 10_000;
  private static final int SYMBOLS = 2;

  private static byte[] bytes(final StatePiece state) {
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    state.encode(out);
    final byte[] bytes = new byte[out.position()];
    out.buffer().getBytes(0, bytes);
    return bytes;
  }

  private static LiquidationMaps maps(final MapSettings settings) {
    final LiquidationMaps maps = new LiquidationMaps(settings, SYMBOLS);
    for (int id = 0; id < SYMBOLS; id++) {
      maps.define(
          new Instrument(
              id,
              "I" + id,
              FastInstrumentMap.VENUE,
              id == 1 ? Contract.INVERSE : Contract.LINEAR,
              "BTC",
              "USD",
              .1,
              .001));
    }
    return maps;
  }

  private static MapSettings settings(final boolean isOfAllKinds, final double resolutionBps) {
    final MapSettings one =
        TestSettings.of(
            resolutionBps,
            TestSettings.LADDER,
            .2,
            .5,
            TestSettings.changing(Brackets.btcusdt2024(), Brackets.ethusdt2024()));
    return isOfAllKinds
        ? TestSettings.of(resolutionBps, one.brackets().standard(), TestSettings.allKinds(1e4))
        : one;
  }

  /** From seconds, in which cells change, to months, in which cohorts merge and spans grow. */
  @ParameterizedTest
  @CsvSource({
    "1, false, 5, 1e-4, 1", "2, false, 2, 1e-3, 40", "3, false, 10, 1e-3, 2000",
    "4, true, 5, 1e-4, 1", "5, true, 2, 1e-3, 40", "6, true, 10, 1e-3, 2000",
    "7, false, 5, 5e-3, 300", "8, true, 5, 5e-3, 300"
  })
  void shouldHoldTheStateAsItIsWrittenWhole(
      final long seed,
      final boolean isOfAllKinds,
      final double resolutionBps,
      final double volatility,
      final int timeStretch) {
    final SplittableRandom random = new SplittableRandom(seed);
    final MapSettings settings = settings(isOfAllKinds, resolutionBps);
    for (int id = 0; id < SYMBOLS; id++) {
      final RandomMarket market = new RandomMarket(seed * 10 + id, volatility, 30, timeStretch);
      final StateCopy[] copies = {new StateCopy(), new StateCopy()};
      LiquidationMaps maps = maps(settings);
      int compared = 0;
      for (int i = 0; i < EVENTS; i++) {
        market.next().applyTo(maps.of(id));
        if (random.nextInt(4) == 0) {
          report(maps.of(id), random);
        }
        if (random.nextInt(150) == 0) {
          final InstrumentMap map = maps.of(id);
          // Another copy now and then, as of another engine.
          final StateCopy copy = copies[random.nextInt(8) == 0 ? 1 : 0];
          map.encode(copy.begin());
          assertArrayEquals(bytes(map::encode), bytes(copy), "event " + i + " of map " + id);
          compared++;
        }
        if (random.nextInt(2_000) == 0) {
          maps = restored(maps, settings);
        }
      }
      assertTrue(compared > 25, compared + " copies");
    }
  }

  private static void report(final InstrumentMap map, final SplittableRandom random) {
    final Side side = random.nextBoolean() ? Side.LONG : Side.SHORT;
    final long entry = Math.max(1_000, map.markPrice());
    final long liquidation = entry - side.sign() * random.nextLong(entry / 50);
    map.onKnownPosition(
        map.time(), random.nextLong(300), side, random.nextInt(5), entry, liquidation, 0, 1_000);
  }

  private static LiquidationMaps restored(final LiquidationMaps maps, final MapSettings settings) {
    final byte[] state = bytes(maps::encode);
    final LiquidationMaps fresh = maps(settings);
    fresh.decode(new StateReader(new UnsafeBuffer(state), 0, state.length));
    return fresh;
  }
}
