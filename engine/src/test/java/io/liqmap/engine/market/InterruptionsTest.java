package io.liqmap.engine.market;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.clusters.CalibratedMarket;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.LearningMode;
import io.liqmap.engine.core.state.FaultTally;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.support.TestInstruments;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

/** A hole in one instrument's stream concerns that instrument alone. */
final class InterruptionsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long PRICE = 6_000_000;

  private final FeedEvent event = new FeedEvent();
  private MapWriter writer = writer();
  private long sequence;
  private long time = TestSettings.START;

  private static MapWriter writer() {
    return new MapWriter(
        CalibratedMarket.settings(LearningMode.FROZEN), ClusterSettings.DEFAULT, 2);
  }

  private void define() {
    for (int id = 0; id < 2; id++) {
      event.instrument(
          ++sequence,
          time,
          time,
          TestInstruments.linear(id, "I" + id, "test", "B" + id, "USDT", 1));
      writer.onEvent(event);
    }
  }

  private void trade(final int id) {
    time += SECOND;
    event.trade(++sequence, time, time, id, -2, -3, PRICE + sequence, 1_000, FeedEvent.BUY);
    writer.onEvent(event);
  }

  private void interrupt(final int id, final long missing) {
    event.interruption(++sequence, time, time, id, missing, time - SECOND);
    writer.onEvent(event);
  }

  private int gapOf(final int id) {
    return writer.tracker(id).quality() & QualityFlags.GAP;
  }

  @Test
  void shouldLowerTheQualityOfTheInterruptedInstrumentAtOnceAndOfNoOther() {
    define();
    trade(0);
    trade(1);
    interrupt(1, 0);
    assertEquals(QualityFlags.GAP, gapOf(1));
    trade(0);
    assertEquals(0, gapOf(0));
    assertEquals(0, writer.faults().gaps());
    assertEquals(List.of(0L, 1L), List.of(writer.gaps(0), writer.gaps(1)));
    assertEquals(List.of(0L, 0L), List.of(writer.missing(0), writer.missing(1)));
  }

  @Test
  void shouldAddUpHolesOfTheFeedAndOfTheInstrument() {
    define();
    interrupt(0, 5);
    interrupt(0, 7);
    sequence += 3;
    event.gap(sequence, time, time, new FaultTally().set(3, 0, 0, 0, 0));
    writer.onEvent(event);
    assertEquals(List.of(3L, 1L), List.of(writer.gaps(0), writer.gaps(1)));
    assertEquals(List.of(15L, 3L), List.of(writer.missing(0), writer.missing(1)));
  }

  /** Each shard sees all events, and the maps of its own instruments alone. */
  @Test
  void shouldCountThemInEachShard() {
    define();
    interrupt(1, 2);
    final List<MapWriter> shards = writer.split(2);
    event.interruption(++sequence, time, time, 1, 4, 0);
    shards.forEach((shard) -> shard.onEvent(event));
    for (final MapWriter shard : shards) {
      assertEquals(List.of(0L, 2L), List.of(shard.gaps(0), shard.gaps(1)));
      assertEquals(6, shard.missing(1));
    }
    writer = MapWriter.whole(shards);
    assertEquals(2, writer.gaps(1));
    assertEquals(QualityFlags.GAP, gapOf(1));
    assertEquals(0, gapOf(0));
  }

  @Test
  void shouldLeaveMapAndClustersOfOthersAsTheyAre() {
    final List<byte[]> parts = new ArrayList<>();
    for (final boolean isInterrupted : new boolean[] {true, false}) {
      writer = writer();
      sequence = 0;
      time = TestSettings.START;
      define();
      for (int i = 0; i < 40; i++) {
        trade(i % 2);
        if (i % 10 == 5) {
          event.heartbeat(++sequence, time, time);
          if (isInterrupted) {
            event.interruption(sequence, time, time, 0, i, 0);
          }
          writer.onEvent(event);
        }
      }
      final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
      writer.maps().encode(1, out);
      writer.tracker(1).encode(out);
      final byte[] part = new byte[out.position()];
      out.buffer().getBytes(0, part);
      parts.add(part);
      assertEquals(isInterrupted ? QualityFlags.GAP : 0, gapOf(0));
    }
    assertArrayEquals(parts.get(1), parts.get(0));
  }

  @Test
  void shouldRememberThemAcrossARestart() {
    define();
    trade(0);
    final long before = writer.stateHash();
    interrupt(0, 9);
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    writer.encode(out);
    final MapWriter restarted = writer();
    restarted.decode(new StateReader(out.buffer(), 0, out.position()), new FeedAdapter(2));
    assertNotEquals(before, restarted.stateHash());
    assertEquals(writer.stateHash(), restarted.stateHash());
    writer = restarted;
    assertEquals(List.of(1L, 0L), List.of(writer.gaps(0), writer.gaps(1)));
    assertEquals(9, writer.missing(0));
    assertEquals(QualityFlags.GAP, gapOf(0));
  }

  @Test
  void shouldRefuseAStateOfAnotherFormat() {
    define();
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    writer.encode(out);
    out.patchLong(0, 5);
    final StateReader old = new StateReader(out.buffer(), 0, out.position());
    final MapWriter reader = writer();
    final FeedAdapter adapter = new FeedAdapter(2);
    assertEquals(
        "the state is of format 5, and this version reads format 6: run the feed into a new journal",
        assertThrows(IllegalStateException.class, () -> reader.decode(old, adapter)).getMessage());
  }

  /** Hours are alike; those of the first instrument have a hole each. */
  @Test
  void shouldLeaveWindowsWithAHoleOutOfTheScoreOfThatInstrument() {
    define();
    for (int i = 0; i < 40 * 24 * CalibratedMarket.EVENTS; i++) {
      time = CalibratedMarket.time(i);
      final boolean isUpdate = i % CalibratedMarket.EVENTS == CalibratedMarket.EVENTS - 1;
      for (int id = 0; id < 2; id++) {
        if (isUpdate) {
          event.openInterest(++sequence, time, time, id, -3, 100_000);
          writer.onEvent(event);
        } else {
          CalibratedMarket.apply(writer.maps().of(id), i);
        }
      }
      if (i % CalibratedMarket.EVENTS == 4) {
        interrupt(0, 0);
      }
    }
    assertEquals(CalibrationStatus.UNPROVEN, status(0));
    assertNotEquals(CalibrationStatus.UNPROVEN, status(1));
  }

  private CalibrationStatus status(final int id) {
    return writer.maps().of(id).score(0, Side.LONG).status();
  }
}
