package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.liqmap.engine.core.map.MarketEvent;
import io.liqmap.engine.core.map.RandomMarket;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.support.Damage;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The levels as bytes, and what they allocate. */
@Tag("slow")
final class ClusterStateTest {
  /** Damaged numbers, one at a time, of each kind of state. */
  private static final int DAMAGES = Integer.getInteger("liqmap.damages", 300);

  private static final int ROUNDS = 5;
  private static final int EVENTS = 60_000;

  /** Of maps that aren't scored. */
  private static final Set<MapEvent.Kind> KINDS =
      EnumSet.complementOf(EnumSet.of(MapEvent.Kind.CALIBRATION));

  /** Short horizons and half-life, so that all parts of the state are in use soon. */
  private static final ClusterSettings SETTINGS =
      new ClusterSettings(
          300,
          2,
          1.2,
          2,
          .25,
          ClusterMarket.REFRESH,
          List.of(30 * ClusterMarket.SECOND, 5 * ClusterMarket.MINUTE),
          5,
          10 * ClusterMarket.MINUTE,
          50,
          1.1);

  private static ClusterMarket market(final boolean isInverse) {
    return new ClusterMarket(
        SETTINGS,
        TestSettings.of(10, TestSettings.LADDER, .2, .5, TestSettings.undated()),
        isInverse);
  }

  /** Bars that horizons are shorter and longer than. */
  private static ClusterMarket ofBars() {
    return market(false).ofBars(2 * ClusterMarket.MINUTE, 30 * ClusterMarket.SECOND);
  }

  private static ClusterMarket used(final long seed, final int events) {
    return used(market(false), seed, events);
  }

  private static ClusterMarket used(final ClusterMarket market, final long seed, final int events) {
    final RandomMarket random = new RandomMarket(seed, 3e-4, 60, 10);
    for (int i = 0; i < events; i++) {
      market.apply(random.next());
    }
    return market;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldResumeAtAnyEventAsIfUninterrupted(final long seed) {
    final RandomMarket random = new RandomMarket(seed, 3e-4, 60, 10);
    final SplittableRandom stops = new SplittableRandom(seed);
    final ClusterMarket unbroken = seed == 5 ? ofBars() : market(seed == 4);
    ClusterMarket restarted = seed == 5 ? ofBars() : market(seed == 4);
    final List<PublishedEvent> published = new ArrayList<>();
    for (int i = 0; i < 25_000; i++) {
      final MarketEvent event = random.next();
      unbroken.apply(event);
      restarted.apply(event);
      if (i == 12_000) {
        unbroken.book.onFaults(1, 0);
        restarted.book.onFaults(1, 0);
      }
      if (i < 30 || stops.nextInt(200) == 0) {
        published.addAll(restarted.published);
        final byte[] bytes = restarted.levelBytes();
        restarted = restarted.restarted();
        assertArrayEquals(bytes, restarted.levelBytes(), "event " + i);
      }
    }
    published.addAll(restarted.published);
    assertEquals(unbroken.published, published);
    assertArrayEquals(unbroken.levelBytes(), restarted.levelBytes());
    assertTrue(unbroken.book.volatility() > 0 && unbroken.book.impact() >= 0);
    assertEquals(unbroken.book.volatility(), restarted.book.volatility());
    assertEquals(unbroken.book.impact(), restarted.book.impact());
    final Set<MapEvent.Kind> kinds = EnumSet.noneOf(MapEvent.Kind.class);
    published.forEach(event -> kinds.add(event.kind()));
    assertEquals(KINDS, kinds);
    assertTrue(unbroken.book.reactions().count(Side.LONG, 1) > 0);
  }

  @Test
  void shouldLookAgainAfterARestartOnlyIfTheMapHasChanged() {
    final ClusterMarket market = ClusterMarket.plain().open();
    market.longs(ClusterMarket.START_BUCKET - 50, 1);
    final ClusterMarket changed = market.restarted();
    changed.refresh();
    assertEquals(1, changed.book.refreshes());
    final ClusterMarket unchanged = changed.restarted();
    unchanged.refresh();
    assertEquals(0, unchanged.book.refreshes());
  }

  @Test
  void shouldForgetWhatWasBeforeARestore() {
    final ClusterMarket empty = market(false);
    final ClusterMarket used = used(5, 5_000);
    final byte[] fresh = empty.levelBytes();
    final ClusterMarket again = used.restarted(fresh);
    assertEquals(0, again.book.clusters().count());
    assertEquals(0, again.book.reactions().pending());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldRefuseAStateThatEndsTooEarly(final boolean isOfBars) {
    final ClusterMarket market = used(isOfBars ? ofBars() : market(false), 6, 5_000);
    final byte[] bytes = market.levelBytes();
    for (int length = 0; length < bytes.length; length += Long.BYTES) {
      final byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(IllegalStateException.class, () -> market.restarted(cut), "length " + length);
    }
  }

  /** Whatever the bytes are: refused, or taken as a state that works and comes back the same. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldRefuseOrSurviveDamagedBytes(final boolean isOfBars) {
    final ClusterMarket market = used(isOfBars ? ofBars() : market(false), 7, 8_000);
    final byte[] bytes = market.levelBytes();
    final RandomMarket after = new RandomMarket(8, 3e-4, 60, 10);
    final List<MarketEvent> events = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      events.add(after.next());
    }
    final SplittableRandom random = new SplittableRandom(9);
    int refused = 0;
    for (int round = 0; round < DAMAGES; round++) {
      final byte[] damaged = bytes.clone();
      final ByteBuffer longs = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
      final int at = random.nextInt(bytes.length / 8) * 8;
      longs.putLong(at, Damage.number(random, longs.getLong(at)));
      try {
        final ClusterMarket taken = market.restarted(damaged);
        assertArrayEquals(damaged, taken.levelBytes());
        events.forEach(taken::apply);
        assertArrayEquals(taken.levelBytes(), taken.restarted().levelBytes());
      } catch (final IllegalStateException expected) {
        refused++;
      }
    }
    assertTrue(refused > DAMAGES * 3 / 10, "only " + refused + " refused");
  }

  /** The market sways, so that the map stops growing, and all that happens happens again. */
  @Tag("alone")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldAllocateNothingPerEvent(final boolean isOfBars) {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final ClusterMarket market = isOfBars ? ofBars() : market(false);
    final int[] counts = new int[MapEvent.Kind.values().length];
    final MapEventHandler out = event -> counts[event.kind().ordinal()]++;
    for (int round = 0; round < ROUNDS; round++) {
      sway(market, out, round);
      threads.getCurrentThreadAllocatedBytes();
    }
    Arrays.fill(counts, 0);
    final long refreshes = market.book.refreshes();
    final long before = threads.getCurrentThreadAllocatedBytes();
    sway(market, out, ROUNDS);
    final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(0, allocated, "bytes allocated over " + EVENTS + " events");
    assertTrue(market.book.refreshes() - refreshes > 1_000, "refreshes");
    for (final MapEvent.Kind kind : KINDS) {
      assertTrue(counts[kind.ordinal()] > 0, () -> kind + " among " + Arrays.toString(counts));
    }
  }

  private static void sway(final ClusterMarket market, final MapEventHandler out, final int round) {
    for (int i = 0; i < EVENTS; i++) {
      market.time += 10 * ClusterMarket.SECOND;
      // Two waves and a bit of noise, the same in each round.
      final double noise = (((i * 2_654_435_761L) >>> 8) & 0xFFFF) / 65_536.0 - .5;
      final double wave = .03 * triangle(i, 7_500) + .008 * triangle(i, 400) + .0008 * noise;
      final long price = Math.round(6_000_000 * (1 + wave));
      switch (i % 10) {
        case 0, 3 -> market.map.onMark(market.time, price, 0, 0);
        case 5 -> {
          if (i % 2_000 > 100) {
            market.map.onOpenInterest(market.time, 50_000 + 10_000 * triangle(i, 3_000));
          }
        }
        default -> {
          final boolean isUp = triangle(i + 10, 400) > triangle(i, 400);
          final double quantity = 10 + (((i * 40_503L) >>> 4) & 127);
          market.map.onTrade(market.time, price, quantity, isUp);
          market.book.onTrade(market.time, price, quantity, isUp);
        }
      }
      market.book.after((long) round * EVENTS + i, out);
    }
  }

  /** From −1 to 1 and back. */
  private static double triangle(final int i, final int period) {
    final double phase = (double) (i % period) / period;
    return phase < .5 ? 4 * phase - 1 : 3 - 4 * phase;
  }
}
