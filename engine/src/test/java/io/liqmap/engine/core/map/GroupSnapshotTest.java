package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Side;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GroupSnapshotTest {
  private static final int EVENTS = 4_000;
  private static final double TOLERANCE = 1e-9;
  private static final MapSettings SETTINGS =
      TestSettings.of(10, TestSettings.undated(), TestSettings.allKinds(6_000_000 * 1e-8));

  private static GroupMarket market(final List<GroupMarket.Member> members, final long seed) {
    final GroupMarket market = new GroupMarket(SETTINGS, members, seed);
    for (int i = 0; i < EVENTS; i++) {
      market.step();
    }
    return market;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldAnswerLikeItsOnlyMember(final int number) {
    final GroupMarket market = market(GroupMarket.MIXED.subList(number, number + 1), 5);
    for (int model = 0; model < SETTINGS.models().size(); model++) {
      for (final Window window : List.of(Window.ALL, Window.of("12h"))) {
        final MapSnapshot alone = MapSnapshot.of(market.map(0), model, window, market.time());
        final GroupSnapshot group = GroupSnapshot.of(market.group(), model, window, market.time());
        final MapSnapshot sum = group.sum();
        assertEquals(alone.model(), sum.model());
        assertEquals(alone.markBucket(), sum.markBucket());
        assertEquals(alone.markPrice(), sum.markPrice());
        assertEquals(alone.openInterest(), sum.openInterest());
        assertEquals(alone.since(), sum.since());
        for (final Side side : Side.values()) {
          assertEquals(alone.firstBucket(side), sum.firstBucket(side));
          assertEquals(alone.bucketCount(side), sum.bucketCount(side));
          assertEquals(alone.coverage(side), sum.coverage(side), TOLERANCE);
          assertEquals(alone.outOfReach(side), sum.outOfReach(side), TOLERANCE);
          assertEquals(alone.unmapped(side), sum.unmapped(side));
          for (int bucket = alone.firstBucket(side) - 1;
              bucket <= alone.firstBucket(side) + alone.bucketCount(side);
              bucket++) {
            for (int leverage = 0; leverage < alone.leverages(); leverage++) {
              assertEquals(
                  alone.quantity(side, leverage, bucket), sum.quantity(side, leverage, bucket));
            }
            assertEquals(alone.notional(side, bucket), group.notional(0, side, bucket));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldAddUpItsMembersAtEachPrice(final long seed) {
    final GroupMarket market = market(GroupMarket.MIXED, seed);
    for (int model = 0; model < SETTINGS.models().size(); model++) {
      final GroupSnapshot group =
          GroupSnapshot.of(market.group(), model, Window.ALL, market.time());
      for (final Side side : Side.values()) {
        final TreeMap<Integer, double[]> expected = new TreeMap<>();
        for (int member = 0; member < GroupMarket.MIXED.size(); member++) {
          addNaively(
              MapSnapshot.of(market.map(member), model, Window.ALL, market.time()),
              side,
              member,
              expected);
        }
        compare(group, side, expected);
      }
    }
  }

  /** By the prices of buckets: each gets the part of a member's bucket that lies in it. */
  private static void addNaively(
      final MapSnapshot member,
      final Side side,
      final int number,
      final Map<Integer, double[]> sums) {
    final Lattice lattice = new Lattice(SETTINGS.resolutionBps());
    final double width = StrictMath.log1p(SETTINGS.resolutionBps() * 1e-4);
    for (int bucket = member.firstBucket(side);
        bucket < member.firstBucket(side) + member.bucketCount(side);
        bucket++) {
      final double low = StrictMath.log(member.priceLow(bucket) / GroupMap.PRICE_UNIT);
      final double high = StrictMath.log(member.priceHigh(bucket) / GroupMap.PRICE_UNIT);
      final int near = (int) StrictMath.floor(low / width);
      for (int to = near - 1; to <= near + 2; to++) {
        final double overlap =
            Math.min(high, StrictMath.log(lattice.edge(to + 1)))
                - Math.max(low, StrictMath.log(lattice.edge(to)));
        if (overlap > 0) {
          final double[] sum = sums.computeIfAbsent(to, (key) -> new double[4]);
          sum[number] += member.notional(side, bucket) * overlap / width;
          sum[3] += member.notional(side, bucket) * overlap / width;
        }
      }
    }
  }

  private static void compare(
      final GroupSnapshot group, final Side side, final NavigableMap<Integer, double[]> expected) {
    final double all = expected.values().stream().mapToDouble((sum) -> sum[3]).sum();
    assertTrue(all > 0);
    final int low = Math.min(expected.firstKey(), group.sum().firstBucket(side)) - 1;
    final int high = expected.lastKey() + 1;
    for (int bucket = low; bucket <= high; bucket++) {
      final double[] sum = expected.getOrDefault(bucket, new double[4]);
      assertEquals(sum[3], group.sum().notional(side, bucket), TOLERANCE * all);
      for (int member = 0; member < 3; member++) {
        assertEquals(sum[member], group.notional(member, side, bucket), TOLERANCE * all);
      }
    }
    for (int member = 0; member < 3; member++) {
      final int of = member;
      assertEquals(
          expected.values().stream().mapToDouble((sum) -> sum[of]).sum(),
          group.total(member, side),
          TOLERANCE * all);
    }
  }

  @Test
  void shouldWeighCoverageByOpenInterest() {
    final GroupMarket market = market(GroupMarket.MIXED, 9);
    final MapSnapshot sum = GroupSnapshot.of(market.group(), 0, Window.ALL, market.time()).sum();
    for (final Side side : Side.values()) {
      double weight = 0;
      double covered = 0;
      double open = 0;
      for (int member = 0; member < 3; member++) {
        final MapSnapshot one = MapSnapshot.of(market.map(member));
        weight += one.openInterest() * one.markPrice();
        covered += one.openInterest() * one.markPrice() * one.coverage(side);
        open += one.openInterest();
      }
      assertEquals(covered / weight, sum.coverage(side), TOLERANCE);
      assertEquals(open, sum.openInterest(), TOLERANCE * open);
    }
  }

  @Test
  void shouldTakeTheMarkOfTheLargestMemberThatIsNotSilent() {
    final GroupMarket market = new GroupMarket(SETTINGS, GroupMarket.MIXED.subList(0, 2), 3);
    final GroupMap group = market.group();
    assertEquals(0, group.markMantissa(group.reference(0)));
    market.map(0).onMark(1, 6_000_000, 0, 0);
    market.map(1).onMark(1, 6_100_000, 0, 0);
    assertSame(group.member(0), group.reference(1));
    // Of an inverse contract quantities are dollars.
    market.map(0).onOpenInterest(2, 1_000);
    market.map(1).onOpenInterest(2, 1_000 * .06 * .9);
    assertSame(group.member(0), group.reference(2));
    market.map(1).onOpenInterest(3, 1_000 * .06 * 1.1);
    assertSame(group.member(1), group.reference(3));
    assertEquals(6_100_000, group.markMantissa(group.reference(3)));
    final long later = 4 + GroupSettings.DEFAULT_SILENT;
    market.map(0).onMark(later, 6_200_000, 0, 0);
    assertTrue(group.member(1).isSilent(later));
    assertSame(group.member(0), group.reference(later));
  }

  @Test
  void shouldLeaveOutWhatTheMarkHasPassedOfASilentMember() {
    final GroupMarket market = market(GroupMarket.MIXED.subList(0, 2), 4);
    final long later = market.time() + 2 * GroupSettings.DEFAULT_SILENT;
    final MapSnapshot before = MapSnapshot.of(market.map(1));
    final long fallen = market.map(0).markPrice() * 9 / 10;
    market.map(0).onMark(later, fallen, 0, 0);
    final GroupSnapshot group = GroupSnapshot.of(market.group(), 0, Window.ALL, later);
    final int mark = group.sum().markBucket();
    assertEquals(market.map(0).markBucket(), mark);
    double passed = 0;
    for (int bucket = mark + 1; bucket <= before.markBucket(); bucket++) {
      passed += before.notional(Side.LONG, bucket);
      assertEquals(0, group.sum().notional(Side.LONG, bucket));
    }
    assertTrue(passed > 0);
    assertEquals(
        before.notional(Side.LONG, mark - 5), group.notional(1, Side.LONG, mark - 5), TOLERANCE);
  }

  @Test
  void shouldLeaveOutAMemberOfAnotherBaseAsset() {
    final LiquidationMaps maps = new LiquidationMaps(SETTINGS, 3);
    final GroupMap group =
        new GroupMap(
            3,
            new GroupSettings("BTC", List.of("a:X", "b:X", "c:X"), GroupSettings.DEFAULT_SILENT),
            maps.lattice());
    assertFalse(group.isActive());
    assertThrows(IllegalArgumentException.class, () -> GroupSnapshot.of(group, 0, Window.ALL, 0));
    define(maps, group, 2, "c", "ETH");
    assertEquals("ETH", group.instrument().baseAsset());
    // Whatever the order in which they come, the first of the settings says the asset.
    define(maps, group, 0, "a", "BTC");
    define(maps, group, 1, "b", "BTC");
    assertTrue(group.isActive());
    assertEquals(2, group.counted());
    assertFalse(group.member(2).isCounted());
    assertEquals("BTC", group.instrument().baseAsset());
    assertEquals("USDT", group.instrument().quoteAsset());
  }

  private static void define(
      final LiquidationMaps maps,
      final GroupMap group,
      final int id,
      final String venue,
      final String base) {
    maps.define(new Instrument(id, "X", venue, Contract.LINEAR, base, "USDT", 1e-8, 1));
    group.join(maps.of(id), 0);
  }

  @Test
  void shouldWaitLongerForAMemberWhosePricesAreBars() {
    final LiquidationMaps maps = new LiquidationMaps(SETTINGS, 1);
    final GroupMap group =
        new GroupMap(1, new GroupSettings("BTC", List.of("a:X"), 1_000_000_000L), maps.lattice());
    maps.define(new Instrument(0, "X", "a", Contract.LINEAR, "BTC", "USDT", 1e-8, 1));
    final long hour = 3_600_000_000_000L;
    group.join(maps.of(0), hour);
    assertTrue(group.member(0).isSilent(1));
    maps.of(0).onMark(hour, 6_000_000, 0, 0);
    assertFalse(group.member(0).isSilent(3 * hour));
    assertTrue(group.member(0).isSilent(3 * hour + 1));
  }
}
