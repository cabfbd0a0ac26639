package io.liqmap.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.cluster.protocol.AnswerDecoder;
import io.liqmap.cluster.protocol.BeginSessionEncoder;
import io.liqmap.cluster.protocol.EndSessionEncoder;
import io.liqmap.cluster.protocol.MessageHeaderDecoder;
import io.liqmap.cluster.protocol.MessageHeaderEncoder;
import io.liqmap.cluster.protocol.Outcome;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.feed.FrameCursor;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.RandomFeed;
import io.liqmap.engine.pipeline.Replica;
import io.liqmap.engine.settings.EngineConfig;
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

/** Commands that come again, in parts, too early or damaged leave the state of the feed. */
final class ShardMachineTest {
  private static final int EVENTS = 2_000;
  private static final long SESSION = 42;
  private static final EngineSettings SETTINGS =
      EngineConfig.defaults().withMode(ThreadingMode.INLINE);

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final MessageHeaderDecoder answerHeader = new MessageHeaderDecoder();
  private final AnswerDecoder answer = new AnswerDecoder();

  private static List<DirectBuffer> frames(final long seed) {
    final RandomFeed feed = new RandomFeed(seed, EVENTS, 64, true);
    final FrameCursor cursor = new FrameCursor();
    final List<DirectBuffer> frames = new ArrayList<>();
    while (feed.nextBlock()) {
      cursor.wrap(feed.buffer(), feed.offset(), feed.length());
      while (cursor.next()) {
        final byte[] frame = new byte[cursor.end() - cursor.start()];
        feed.buffer().getBytes(cursor.start(), frame);
        frames.add(new UnsafeBuffer(frame));
      }
    }
    return frames;
  }

  private static Piece piece(final List<DirectBuffer> frames, final int from, final int to) {
    final Piece piece = new Piece();
    piece.begin(from);
    for (final DirectBuffer frame : frames.subList(from, to)) {
      piece.add(frame, 0, frame.capacity(), 0);
    }
    piece.finish(SESSION);
    return piece;
  }

  private Outcome apply(final ShardMachine machine, final Piece piece) throws Exception {
    machine.onCommand(piece.buffer(), 0, piece.length());
    return outcome(machine);
  }

  private Outcome outcome(final ShardMachine machine) {
    answer.wrapAndApplyHeader(machine.answer(), 0, answerHeader);
    return answer.outcome();
  }

  private Outcome begin(final ShardMachine machine, final long session) throws Exception {
    final UnsafeBuffer command = new UnsafeBuffer(new byte[64]);
    final BeginSessionEncoder begin = new BeginSessionEncoder();
    begin.wrapAndApplyHeader(command, 0, header).session(session);
    machine.onCommand(command, 0, MessageHeaderEncoder.ENCODED_LENGTH + begin.encodedLength());
    return outcome(machine);
  }

  private Outcome end(final ShardMachine machine, final long frames) throws Exception {
    final UnsafeBuffer command = new UnsafeBuffer(new byte[64]);
    final EndSessionEncoder end = new EndSessionEncoder();
    end.wrapAndApplyHeader(command, 0, header).session(SESSION).frameCount(frames);
    machine.onCommand(command, 0, MessageHeaderEncoder.ENCODED_LENGTH + end.encodedLength());
    return outcome(machine);
  }

  private static ShardMachine restored(final ShardMachine machine) throws Exception {
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    machine.snapshot(out);
    machine.close();
    return ShardMachine.start(
        SETTINGS, new StateReader(out.buffer(), 0, out.position()), Outputs.NONE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldApplyEachFrameOnceHoweverOftenItComes(final long seed) throws Exception {
    final List<DirectBuffer> frames = frames(seed);
    final SplittableRandom random = new SplittableRandom(seed);
    ShardMachine machine = ShardMachine.start(SETTINGS, null, Outputs.NONE);
    assertEquals(Outcome.UNKNOWN_SESSION, apply(machine, piece(frames, 0, 1)));
    begin(machine, SESSION);
    int applied = 0;
    long duplicates = 0;
    long gaps = 0;
    while (applied < frames.size()) {
      final int from = Math.min(frames.size() - 1, Math.max(0, applied - 30 + random.nextInt(50)));
      final int to = Math.min(frames.size(), from + 1 + random.nextInt(40));
      final Outcome outcome = apply(machine, piece(frames, from, to));
      if (from > applied) {
        gaps++;
        assertEquals(Outcome.GAP, outcome);
      } else {
        duplicates += Math.min(applied, to) - from;
        applied = Math.max(applied, to);
        assertEquals(Outcome.ACCEPTED, outcome);
      }
      assertEquals(applied, answer.applied());
      if (random.nextInt(20) == 0) {
        machine = restored(machine);
      }
    }
    assertTrue(gaps > 0 && duplicates > 0);
    assertEquals(Outcome.GAP, end(machine, frames.size() + 1L));
    assertEquals(Outcome.ENDED, end(machine, frames.size()));
    assertEquals(Outcome.ENDED, end(machine, frames.size()), "ends once");
    try (Replica alone = Replica.start(SETTINGS, null, Outputs.NONE)) {
      for (final DirectBuffer frame : frames) {
        alone.apply(frame, 0, frame.capacity(), 0);
      }
      alone.flush();
      assertEquals(alone.state().stateHash(), answer.stateHash());
      assertEquals(alone.state().events(), answer.events());
    }
    assertEquals(duplicates, machine.duplicates());
    assertEquals(gaps, machine.gaps());
    machine.close();
  }

  @Test
  void shouldRefuseDamagedCommandsAndKeepItsState() throws Exception {
    final List<DirectBuffer> frames = frames(4);
    final SplittableRandom random = new SplittableRandom(4);
    try (ShardMachine machine = ShardMachine.start(SETTINGS, null, Outputs.NONE)) {
      begin(machine, SESSION);
      apply(machine, piece(frames, 0, 200));
      final long state = machine.state().stateHash();
      final Piece next = piece(frames, 200, 220);
      for (int i = 0; i < 2_000; i++) {
        final byte[] bytes = new byte[next.length()];
        next.buffer().getBytes(0, bytes);
        final int length = random.nextInt(bytes.length);
        if (random.nextBoolean()) {
          // Any schema, template and lengths.
          bytes[random.nextInt(4)] ^= (byte) (1 + random.nextInt(255));
        }
        machine.onCommand(new UnsafeBuffer(bytes, 0, length), 0, length);
      }
      assertEquals(state, machine.state().stateHash());
      assertTrue(machine.refused() > 1_000, "refused " + machine.refused());
      assertEquals(Outcome.ACCEPTED, apply(machine, next));
    }
  }

  @Test
  void shouldForgetEndedSessionsFirst() throws Exception {
    final List<DirectBuffer> frames = frames(5);
    try (ShardMachine machine = ShardMachine.start(SETTINGS, null, Outputs.NONE)) {
      begin(machine, SESSION);
      apply(machine, piece(frames, 0, 10));
      for (int i = 0; i < FeedSessions.MOST - 1; i++) {
        begin(machine, 1_000 + i);
      }
      assertEquals(Outcome.ENDED, end(machine, 10));
      begin(machine, 1);
      assertEquals(Outcome.UNKNOWN_SESSION, end(machine, 10));
    }
  }
}
