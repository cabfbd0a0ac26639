package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Brackets;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.state.StateHash;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A map restored from its state continues as if uninterrupted. */
@Tag("slow")
final class StateTest {
  private static final int INSTRUMENTS = 3;

  @ParameterizedTest
  @ValueSource(longs = {201, 202, 203, 204, 205, 206})
  void shouldResumeFromASnapshotAsIfUninterrupted(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final List<RandomMarket> markets = new ArrayList<>();
    for (int id = 0; id < INSTRUMENTS; id++) {
      markets.add(new RandomMarket(seed * 10 + id, id == 0 ? 1e-4 : 1e-3, 40));
    }
    final MapSettings settings = settings(seed);
    final LiquidationMaps uninterrupted = maps(settings);
    LiquidationMaps restored = maps(settings);
    for (int i = 0; i < 20_000; i++) {
      final int id = random.nextInt(INSTRUMENTS);
      final MarketEvent event = markets.get(id).next();
      event.applyTo(uninterrupted.of(id));
      event.applyTo(restored.of(id));
      if (random.nextInt(700) == 0) {
        final byte[] before = bytes(restored);
        restored = restore(settings, before);
        assertArrayEquals(before, bytes(restored), "seed " + seed + ", event " + i);
      }
    }
    assertArrayEquals(bytes(uninterrupted), bytes(restored), "seed " + seed);
    assertEquals(hash(bytes(uninterrupted)), hash(bytes(restored)), "seed " + seed);
  }

  @Test
  void shouldKeepLinesBeyondThe64th() {
    final List<LeverageTier> profile = new ArrayList<>();
    for (int tier = 0; tier < 40; tier++) {
      profile.add(TestSettings.tier(3 + 2 * tier, 1.0 / 40, 10e3));
    }
    final MapSettings settings = TestSettings.of(10, profile, .2, .5, TestSettings.undated());
    final LiquidationMaps uninterrupted = maps(settings);
    final RandomMarket market = new RandomMarket(211, 1e-3, 30);
    LiquidationMaps restored = maps(settings);
    for (int i = 0; i < 5_000; i++) {
      final MarketEvent event = market.next();
      event.applyTo(uninterrupted.of(0));
      event.applyTo(restored.of(0));
      if (i % 500 == 0) {
        restored = restore(settings, bytes(restored));
      }
    }
    assertArrayEquals(bytes(uninterrupted), bytes(restored));
  }

  @Test
  void shouldForgetAnHourWhosePositionsHaveAllLeftAsARestartDoes() {
    final MapSettings settings = TestSettings.ladder();
    final LiquidationMaps uninterrupted = maps(settings);
    final long hour = 3_600_000_000_000L;
    final long start = TestSettings.START + hour / 4;
    final InstrumentMap map = uninterrupted.of(0);
    map.onMark(start, 60_000, 0, 0);
    map.onOpenInterest(start, 1_000);
    map.onTrade(start + 1, 60_000, 50, true);
    map.onOpenInterest(start + 2, 1_010);
    map.onOpenInterest(start + 3, 0);
    final LiquidationMaps restored = restore(settings, bytes(uninterrupted));
    for (final LiquidationMaps maps : List.of(uninterrupted, restored)) {
      maps.of(0).onOpenInterest(start + 3 * hour, 1_000);
    }
    assertArrayEquals(bytes(uninterrupted), bytes(restored));
  }

  @Test
  void shouldGiveTheSameBytesForTheSameEvents() {
    final LiquidationMaps one = maps(TestSettings.ladder());
    final LiquidationMaps other = maps(TestSettings.ladder());
    for (final LiquidationMaps maps : List.of(one, other)) {
      final RandomMarket market = new RandomMarket(221, 1e-3, 30);
      for (int i = 0; i < 5_000; i++) {
        market.next().applyTo(maps.of(1));
      }
    }
    assertArrayEquals(bytes(one), bytes(other));
  }

  @Test
  void shouldTellAnyBitApart() {
    final LiquidationMaps maps = maps(TestSettings.ladder());
    final RandomMarket market = new RandomMarket(231, 1e-3, 30);
    for (int i = 0; i < 200; i++) {
      market.next().applyTo(maps.of(0));
    }
    final byte[] bytes = bytes(maps);
    final long hash = hash(bytes);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertNotEquals(hash, hash(bytes), "bit " + bit);
      bytes[bit >> 3] ^= (byte) (1 << (bit & 7));
    }
  }

  @Test
  void shouldRefuseAStateThatEndsTooEarly() {
    final LiquidationMaps maps = maps(TestSettings.ladder());
    final RandomMarket market = new RandomMarket(241, 1e-3, 30);
    for (int i = 0; i < 100; i++) {
      market.next().applyTo(maps.of(0));
    }
    final byte[] bytes = bytes(maps);
    for (int length = 0; length < bytes.length; length += Long.BYTES) {
      final StateReader cut = new StateReader(new UnsafeBuffer(bytes), 0, length);
      final LiquidationMaps fresh = maps(TestSettings.ladder());
      final Exception refused =
          assertThrows(IllegalStateException.class, () -> fresh.decode(cut), "length " + length);
      assertTrue(refused.getMessage().contains("at byte"), refused.getMessage());
    }
  }

  private static MapSettings settings(final long seed) {
    return TestSettings.of(
        seed % 3 == 0 ? 2 : 10,
        TestSettings.LADDER,
        .2,
        .5,
        seed % 2 == 0
            ? TestSettings.undated()
            : TestSettings.changing(Brackets.btcusdt2024(), Brackets.ethusdt2024()));
  }

  private static LiquidationMaps maps(final MapSettings settings) {
    final LiquidationMaps maps = new LiquidationMaps(settings, INSTRUMENTS);
    for (int id = 0; id < INSTRUMENTS; id++) {
      maps.define(
          new Instrument(
              id,
              "I" + id,
              FastInstrumentMap.VENUE,
              id == 2 ? Contract.INVERSE : Contract.LINEAR,
              "BASE",
              "QUOTE",
              .01,
              .001));
    }
    return maps;
  }

  private static byte[] bytes(final LiquidationMaps maps) {
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    maps.encode(out);
    final byte[] bytes = new byte[out.position()];
    out.buffer().getBytes(0, bytes);
    return bytes;
  }

  private static LiquidationMaps restore(final MapSettings settings, final byte[] bytes) {
    final LiquidationMaps maps = maps(settings);
    final StateReader in = new StateReader(new UnsafeBuffer(bytes), 0, bytes.length);
    maps.decode(in);
    assertEquals(0, in.remaining());
    return maps;
  }

  private static long hash(final byte[] bytes) {
    return StateHash.of(new UnsafeBuffer(bytes), 0, bytes.length);
  }
}
