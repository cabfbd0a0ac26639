package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.map.GroupMarket;
import io.liqmap.engine.core.map.GroupSettings;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MarketEvent;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters and events of a group. */
final class GroupTrackerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final MapSettings SETTINGS =
      TestSettings.of(10, TestSettings.LADDER, .2, .5, TestSettings.undated());

  private final List<MapEvent.Kind> kinds = new ArrayList<>();
  private final Map<Long, Double> alive = new HashMap<>();
  private double swept;
  private int silenced;

  private static final class Tracked {
    final GroupMarket market;
    final ClusterTracker[] members;
    GroupTracker group;
    long sequence;

    Tracked(final List<GroupMarket.Member> members, final long seed) {
      market = new GroupMarket(SETTINGS, members, seed);
      this.members = new ClusterTracker[members.size()];
      for (int i = 0; i < this.members.length; i++) {
        this.members[i] = new ClusterTracker(ClusterSettings.DEFAULT, market.map(i));
      }
      group = fresh();
    }

    GroupTracker fresh() {
      final GroupTracker tracker =
          new GroupTracker(
              ClusterSettings.DEFAULT, market.group(), SETTINGS.models().get(0).leverages());
      for (int i = 0; i < members.length; i++) {
        tracker.join(i, members[i]);
      }
      return tracker;
    }

    void step(final int member, final MapEventHandler out) {
      final MarketEvent event = market.step(member);
      if (event.kind() == MarketEvent.Kind.TRADE) {
        members[member].onTrade(event.at(), event.price(), event.quantity(), event.takerBuys());
      }
      sequence++;
      members[member].after(sequence, MapEventHandler.NONE);
      group.after(member, market.time(), sequence, out);
    }

    byte[] state() {
      final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
      group.encode(out);
      return Arrays.copyOf(out.buffer().byteArray(), out.position());
    }
  }

  private void onEvent(final MapEvent event) {
    kinds.add(event.kind());
    switch (event.kind()) {
      case BORN -> {
        assertFalse(alive.containsKey(event.cluster()));
        alive.put(event.cluster(), event.notional());
      }
      case GROWN, SHRUNK, CLEARED -> {
        assertEquals(alive.get(event.cluster()), event.previousNotional());
        if (event.notional() == 0) {
          alive.remove(event.cluster());
        } else {
          alive.put(event.cluster(), event.notional());
        }
      }
      case SWEPT -> {
        assertTrue(event.expectedNotional() > 0);
        swept += event.expectedNotional();
      }
      case QUALITY -> {
        assertTrue(event.qualityBefore() != event.qualityAfter());
        silenced += (event.qualityAfter() & QualityFlags.MEMBER_SILENT) != 0 ? 1 : 0;
      }
      default -> {}
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldPublishTheLifeOfItsClustersAndWhatItsMembersLost(final long seed) {
    final Tracked tracked = new Tracked(GroupMarket.MIXED, seed);
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 12_000; i++) {
      tracked.step(random.nextInt(3), this::onEvent);
    }
    final LiveClusters clusters = tracked.group.clusters();
    assertEquals(alive.size(), clusters.count());
    for (int i = 0; i < clusters.count(); i++) {
      assertTrue(alive.containsKey(clusters.get(i).id()));
      double sum = 0;
      for (int leverage = 0; leverage < tracked.group.density().leverages(); leverage++) {
        sum += clusters.get(i).notional(leverage);
      }
      assertEquals(clusters.get(i).notional(), sum, 1e-9 * sum);
    }
    assertTrue(kinds.contains(MapEvent.Kind.CLEARED));
    assertTrue(kinds.contains(MapEvent.Kind.GROWN));
    final double lost = tracked.group.swept(Side.LONG) + tracked.group.swept(Side.SHORT);
    assertTrue(swept > .9 * lost && swept <= lost * (1 + 1e-9), swept + " of " + lost);
  }

  /** Then its map has the shape of each of them. */
  @Test
  void shouldFindTheClustersOfMembersThatAreTheSame() {
    final List<GroupMarket.Member> twins =
        List.of(
            new GroupMarket.Member("a:X", Contract.LINEAR, "USDT", 1e-8),
            new GroupMarket.Member("b:X", Contract.LINEAR, "USDT", 1e-8));
    final Tracked tracked = new Tracked(twins, 5);
    final SplittableRandom random = new SplittableRandom(5);
    final GroupMarket other = new GroupMarket(SETTINGS, twins, 5);
    int compared = 0;
    for (int i = 0; i < 8_000; i++) {
      // Both get the events of the first.
      final MarketEvent event = other.step(0);
      final long refreshes = tracked.group.refreshes();
      for (int member = 0; member < 2; member++) {
        event.applyTo(tracked.market.map(member));
        if (event.kind() == MarketEvent.Kind.TRADE) {
          tracked.members[member].onTrade(
              event.at(), event.price(), event.quantity(), event.takerBuys());
        }
        tracked.members[member].after(i, MapEventHandler.NONE);
      }
      tracked.group.after(1, other.time(), i, MapEventHandler.NONE);
      if (tracked.group.refreshes() > refreshes && random.nextInt(4) == 0) {
        compared += compare(tracked);
      }
    }
    assertTrue(compared > 100);
  }

  /** As many as are tracked alike: what a cluster has been through differs. */
  private static int compare(final Tracked tracked) {
    int same = 0;
    tracked.market.map(0).density(0).project();
    for (int i = 0; i < tracked.group.clusters().count(); i++) {
      final LiveCluster cluster = tracked.group.clusters().get(i);
      double sum = 0;
      for (int bucket = cluster.lowBucket(); bucket <= cluster.highBucket(); bucket++) {
        sum += 2 * tracked.market.map(0).density(0).notional(cluster.side(), bucket);
      }
      assertEquals(sum, cluster.notional(), 1e-9 * sum);
      same++;
    }
    return same;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void shouldContinueFromItsState(final long seed) {
    final Tracked straight = new Tracked(GroupMarket.MIXED, seed);
    final Tracked restarted = new Tracked(GroupMarket.MIXED, seed);
    final SplittableRandom random = new SplittableRandom(seed);
    final List<String> expected = new ArrayList<>();
    final List<String> found = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      final int member = random.nextInt(3);
      straight.step(member, (event) -> expected.add(text(event)));
      restarted.step(member, (event) -> found.add(text(event)));
      if (random.nextInt(50) == 0) {
        final byte[] state = restarted.state();
        final GroupTracker again = restarted.fresh();
        again.decode(
            new StateReader(new UnsafeBuffer(state), 0, state.length), restarted.market.time());
        restarted.group = again;
        assertTrue(Arrays.equals(straight.state(), restarted.state()), "event " + i);
      }
    }
    assertTrue(expected.size() > 100);
    assertEquals(expected, found);
  }

  private static String text(final MapEvent event) {
    return event.kind()
        + " "
        + event.inputSequence()
        + " "
        + event.cluster()
        + " "
        + event.notional()
        + " "
        + event.expectedNotional()
        + " "
        + event.qualityAfter();
  }

  @Test
  void shouldTellThatAMemberIsSilent() {
    final Tracked tracked = new Tracked(GroupMarket.MIXED.subList(0, 2), 6);
    tracked.step(1, this::onEvent);
    final long silent = tracked.market.map(1).time() + GroupSettings.DEFAULT_SILENT;
    while (tracked.market.time() <= silent + 2 * SECOND) {
      tracked.step(0, this::onEvent);
    }
    // Before its first event, and after its last.
    assertTrue(silenced > 0);
    assertEquals(QualityFlags.MEMBER_SILENT, tracked.group.quality() & QualityFlags.MEMBER_SILENT);
    assertEquals(0, tracked.group.quality() & QualityFlags.NOT_JOURNALED);
    tracked.group.onOutside(QualityFlags.NOT_JOURNALED, tracked.market.time(), 1, this::onEvent);
    assertEquals(QualityFlags.NOT_JOURNALED, tracked.group.quality() & QualityFlags.NOT_JOURNALED);
  }
}
