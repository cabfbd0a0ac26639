package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A market whose log and snapshots its caller keeps is that of an engine with the same frames. */
final class ReplicaTest {
  private static final int EVENTS = 6_000;
  private static final int HASH_EVERY = 250;
  private static final EngineSettings SETTINGS =
      EngineSettingsFixture.of(ThreadingMode.INLINE, 256, 1);

  /** Events and state at every so many events. */
  private static MapListener hashing(final List<String> hashes) {
    return (event, map) -> {
      if (map.events() % HASH_EVERY == 0) {
        hashes.add(map.events() + " " + map.sequence() + " " + Long.toHexString(map.stateHash()));
      }
    };
  }

  private static long ofEngine(final long seed, final List<String> hashes) throws Exception {
    try (Engine engine = Engine.launch(SETTINGS, null, Outputs.to(hashing(hashes)))) {
      engine.run(new RandomFeed(seed, EVENTS, 64, true), ReplayPace.max());
      return engine.map().stateHash();
    }
  }

  private static DirectBuffer block(final List<byte[]> frames) {
    final ExpandableArrayBuffer block = new ExpandableArrayBuffer();
    int length = 0;
    for (final byte[] frame : frames) {
      block.putBytes(length, frame);
      length += frame.length;
    }
    return new UnsafeBuffer(block, 0, length);
  }

  private static StateReader snapshot(final Replica replica) {
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    replica.snapshot(out);
    return new StateReader(out.buffer(), 0, out.position());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldHaveTheStateOfAnEngineWhereverItIsRestored(final long seed) throws Exception {
    final List<String> expected = new ArrayList<>();
    final long state = ofEngine(seed, expected);
    assertFalse(expected.isEmpty());
    final List<byte[]> frames = RandomFeed.frames(seed, EVENTS);
    final SplittableRandom random = new SplittableRandom(seed);
    final List<String> hashes = new ArrayList<>();
    Replica replica = Replica.start(SETTINGS, null, Outputs.to(hashing(hashes)));
    int at = 0;
    int restored = 0;
    while (at < frames.size()) {
      // A block may begin with frames that were applied before.
      final int from = Math.max(0, at - random.nextInt(3));
      final int to = Math.min(frames.size(), at + 1 + random.nextInt(40));
      final DirectBuffer block = block(frames.subList(from, to));
      replica.apply(block, 0, block.capacity(), at - from);
      at = to;
      if (random.nextInt(10) == 0) {
        final Replica next =
            Replica.start(SETTINGS, snapshot(replica), Outputs.to(hashing(hashes)));
        replica.close();
        replica = next;
        restored++;
      }
    }
    replica.flush();
    assertTrue(restored > 5, "restored " + restored + " times");
    assertEquals(expected, hashes);
    assertEquals(state, replica.state().stateHash());
    assertTrue(replica.state().faults().rejected() > 0, "the feed has faults");
    replica.close();
  }

  @Test
  void shouldAcceptALaterFeedAlsoAfterASnapshot() throws Exception {
    final List<byte[]> frames = RandomFeed.frames(1, EVENTS);
    final DirectBuffer first = block(frames.subList(0, 100));
    final DirectBuffer heartbeat = monthLater();
    final List<Long> states = new ArrayList<>();
    for (final boolean isAdmitted : new boolean[] {true, false}) {
      for (final boolean isRestored : new boolean[] {true, false}) {
        Replica replica = Replica.start(SETTINGS, null, Outputs.NONE);
        replica.apply(first, 0, first.capacity(), 0);
        if (isAdmitted) {
          replica.admitLaterStart();
        }
        if (isRestored) {
          replica.close();
          replica = Replica.start(SETTINGS, snapshot(replica), Outputs.NONE);
        }
        replica.apply(heartbeat, 0, heartbeat.capacity(), 0);
        states.add(replica.state().stateHash());
        replica.close();
      }
    }
    assertEquals(states.get(0), states.get(1), "admitted");
    assertEquals(states.get(2), states.get(3), "not admitted");
    assertNotEquals(states.get(0), states.get(2));
  }

  private static DirectBuffer monthLater() {
    final FeedEvent event = new FeedEvent();
    final long time = TestSettings.START + 30L * 86_400_000_000_000L;
    event.heartbeat(1L << 20, time, time);
    final ExpandableArrayBuffer frame = new ExpandableArrayBuffer();
    return new UnsafeBuffer(frame, 0, new FeedEncoder().encode(event, frame, 0));
  }

  @Test
  void shouldRefuseADamagedSnapshot() throws Exception {
    try (Replica replica = Replica.start(SETTINGS, null, Outputs.NONE)) {
      final DirectBuffer block = block(RandomFeed.frames(1, EVENTS).subList(0, 100));
      replica.apply(block, 0, block.capacity(), 0);
      final StateReader whole = snapshot(replica);
      for (final int missing : new int[] {8, whole.remaining() / 2, whole.remaining()}) {
        final StateReader cut = new StateReader(whole.buffer(), 0, whole.remaining() - missing);
        assertThrows(IllegalStateException.class, () -> Replica.start(SETTINGS, cut, Outputs.NONE));
      }
    }
  }
}
