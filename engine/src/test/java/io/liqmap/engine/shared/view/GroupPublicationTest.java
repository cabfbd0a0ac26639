package io.liqmap.engine.shared.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.clusters.GroupTracker;
import io.liqmap.engine.core.clusters.MapEventHandler;
import io.liqmap.engine.core.map.GroupMarket;
import io.liqmap.engine.core.map.GroupSnapshot;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.MarketEvent;
import io.liqmap.engine.core.map.MemberState;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Side;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader sees of a group. */
final class GroupPublicationTest {
  private static final double TOLERANCE = 1e-9;
  private static final int BUCKETS = 4_096;
  private static final MapSettings SETTINGS =
      TestSettings.of(10, TestSettings.LADDER, .2, .5, TestSettings.undated());

  private final ViewMemory memory =
      ViewMemory.inProcess(new ViewSettings(4, BUCKETS, 64, 8, List.of(""), 10, 3));
  private final GroupMarket market;
  private final ClusterTracker[] members = new ClusterTracker[3];
  private final GroupTracker tracker;
  private long sequence;

  GroupPublicationTest() {
    market = new GroupMarket(SETTINGS, GroupMarket.MIXED, 3);
    tracker =
        new GroupTracker(
            ClusterSettings.DEFAULT, market.group(), SETTINGS.models().get(0).leverages());
    for (int i = 0; i < members.length; i++) {
      members[i] = new ClusterTracker(ClusterSettings.DEFAULT, market.map(i));
      tracker.join(i, members[i]);
    }
  }

  private void step(final int member) {
    final MarketEvent event = market.step(member);
    if (event.kind() == MarketEvent.Kind.TRADE) {
      members[member].onTrade(event.at(), event.price(), event.quantity(), event.takerBuys());
    }
    sequence++;
    members[member].after(sequence, MapEventHandler.NONE);
    tracker.after(member, market.time(), sequence, MapEventHandler.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 2_000, 6_000})
  void shouldShowTheSumOfItsMembers(final int events) {
    for (int i = 0; i < events; i++) {
      step(i % 3);
    }
    final GroupWriter writer = new GroupWriter(memory, 3, tracker);
    writer.publish(sequence, market.time(), 4, 5);
    final ViewReader view = new ViewReader(memory, 3);
    assertTrue(view.refresh());
    final GroupSnapshot group = GroupSnapshot.of(market.group(), 0, Window.ALL, market.time());
    final MapSnapshot sum = group.sum();
    assertEquals(sequence, view.sequence());
    assertEquals(sum.markPrice(), view.markPrice());
    assertEquals(sum.markBucket(), view.markBucket());
    assertEquals(sum.openInterest(), view.openInterest());
    assertEquals(4, view.missing());
    assertEquals(5, view.rejected());
    assertEquals("ALL", memory.symbol(3));
    assertEquals("USDT+USD+USDC", memory.quoteAsset(3));
    for (final Side side : Side.values()) {
      assertEquals(sum.coverage(side), view.coverage(side), TOLERANCE);
      compare(sum, view, side);
      for (int member = 0; member < 3; member++) {
        assertEquals(
            group.total(member, side),
            view.members().notional(member, side),
            TOLERANCE * Math.max(1e-9, group.total(member, side)));
      }
    }
    assertEquals(tracker.clusters().count(), view.clusters());
    for (int i = 0; i < view.clusters(); i++) {
      assertEquals(tracker.clusters().get(i).id(), view.clusterId(i));
      assertEquals(tracker.clusters().get(i).notional(), view.clusterNotional(i));
      assertEquals(tracker.clusters().get(i).notional(1), view.clusterNotional(i, 1));
    }
  }

  /** Outward from mark; what lies behind it counts at mark. */
  private static void compare(final MapSnapshot sum, final ViewReader view, final Side side) {
    double expected = 0;
    double all = 1e-9;
    final int near =
        side == Side.LONG
            ? Math.max(sum.markBucket(), sum.firstBucket(side) + sum.bucketCount(side) - 1)
            : Math.min(sum.markBucket(), sum.firstBucket(side));
    for (int i = 0; i < sum.bucketCount(side); i++) {
      all += sum.notional(side, sum.firstBucket(side) + i);
    }
    int bucket = near;
    for (int i = 0; i < BUCKETS; i++) {
      final int reached = view.anchorBucket() - side.sign() * i;
      while (side.sign() * (bucket - reached) >= 0) {
        expected += sum.notional(side, bucket);
        bucket -= side.sign();
      }
      assertEquals(expected, view.cumulative(side)[i], TOLERANCE * all, side + " " + i);
    }
    assertEquals(
        all, view.cumulative(side)[BUCKETS - 1] + view.beyond(side), TOLERANCE * all + 1e-9);
  }

  @Test
  void shouldNameItsMembersAndWhatTheyAre() {
    for (int i = 0; i < 500; i++) {
      step(i % 2);
    }
    new GroupWriter(memory, 3, tracker).publish(sequence, market.time(), 0, 0);
    final ViewReader view = new ViewReader(memory, 3);
    assertEquals(0, memory.members(0));
    assertEquals(0, new ViewReader(memory, 0).members().count());
    assertTrue(view.refresh());
    assertEquals(3, memory.members(3));
    assertEquals(3, view.members().count());
    assertEquals("b:INVERSE", memory.member(3, 1));
    assertEquals(MemberState.LIVE, view.members().state(0));
    assertEquals(MemberState.SILENT, view.members().state(2));
    assertEquals(0, view.members().time(2));
    assertEquals(market.map(1).time(), view.members().time(1));
    assertEquals(1, view.members().instrument(1));
    assertEquals(market.map(0).markPrice() * 1e-8, view.members().markPrice(0));
    assertEquals(
        market.group().reference(market.time()).name(),
        memory.member(3, view.members().reference()));
    assertTrue(Double.isNaN(view.members().openInterest(2)));
  }

  @Test
  void shouldRefuseAGroupThatTheViewHasNoRoomFor() {
    final ViewMemory narrow =
        ViewMemory.inProcess(new ViewSettings(4, 64, 4, 4, List.of(""), 10, 2));
    assertFalse(GroupWriter.fits(narrow, 3, market.group()));
    assertFalse(GroupWriter.fits(memory, 4, market.group()));
    assertTrue(GroupWriter.fits(memory, 3, market.group()));
    assertThrows(IllegalArgumentException.class, () -> new GroupWriter(narrow, 3, tracker));
  }

  @Test
  void shouldAnswerQuestionsLikeAnInstrument() {
    for (int i = 0; i < 6_000; i++) {
      step(i % 3);
    }
    new GroupWriter(memory, 3, tracker).publish(sequence, market.time(), 0, 0);
    final ViewReader view = new ViewReader(memory, 3);
    view.refresh();
    final Questions questions = new Questions(view);
    final MapSnapshot sum = GroupSnapshot.of(market.group(), 0, Window.ALL, market.time()).sum();
    final int bucket = sum.markBucket() - 40;
    double expected = 0;
    for (int at = bucket; at < sum.firstBucket(Side.LONG) + sum.bucketCount(Side.LONG); at++) {
      expected += sum.notional(Side.LONG, at);
    }
    // All the way from the upper edge of mark's bucket, where what lies behind it counts.
    assertEquals(
        expected,
        questions.between(Side.LONG, sum.priceLow(bucket), sum.priceHigh(sum.markBucket())),
        1e-6 * expected);
    final int nearest = questions.nearest(Side.LONG, 0);
    assertTrue(nearest >= 0);
    assertTrue(questions.distanceBps(nearest) >= 0);
  }

  /** Once the maps have stopped growing. */
  @Test
  void shouldAllocateNothing() {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final GroupWriter writer = new GroupWriter(memory, 3, tracker);
    for (int i = 0; i < 4_000; i++) {
      step(i % 3);
      if (i % 4 == 0) {
        writer.publish(sequence, market.time(), 0, 0);
      }
    }
    threads.getCurrentThreadAllocatedBytes();
    final long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 200; i++) {
      writer.publish(sequence, market.time(), 0, 0);
    }
    assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before);
  }
}
