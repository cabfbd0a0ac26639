package io.liqmap.cluster;

import io.liqmap.cluster.protocol.AnswerEncoder;
import io.liqmap.cluster.protocol.ApplyFramesDecoder;
import io.liqmap.cluster.protocol.BeginSessionDecoder;
import io.liqmap.cluster.protocol.EndSessionDecoder;
import io.liqmap.cluster.protocol.MessageHeaderDecoder;
import io.liqmap.cluster.protocol.MessageHeaderEncoder;
import io.liqmap.cluster.protocol.Outcome;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.feed.FrameCursor;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.Replica;
import io.liqmap.engine.settings.EngineSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The state machine of a shard: the market, and how far each feed session has come. What it becomes
 * follows from the commands alone: no clock, no chance. Invalid commands change nothing but a
 * count. One thread; a command allocates nothing in steady state.
 *
 * <pre>
 *   session   │ 0 … applied │ applied … │
 *   command      │ duplicates │ new │        a part may have come before
 *   command                         │ gap │  not applied: the answer says where to continue
 * </pre>
 */
final class ShardMachine implements AutoCloseable {
  static final int ANSWER_BYTES = MessageHeaderEncoder.ENCODED_LENGTH + AnswerEncoder.BLOCK_LENGTH;

  /** Bytes before the sessions: their own length, and the counts. */
  private static final int OWN_LEAST = 4 * Long.BYTES;

  private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

  private final Replica replica;
  private final FeedSessions sessions;
  private long duplicates;
  private long gaps;
  private long refused;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final BeginSessionDecoder begin = new BeginSessionDecoder();
  private final ApplyFramesDecoder apply = new ApplyFramesDecoder();
  private final EndSessionDecoder end = new EndSessionDecoder();
  private final FrameCursor frames = new FrameCursor();
  private final MessageHeaderEncoder answerHeader = new MessageHeaderEncoder();
  private final AnswerEncoder answer = new AnswerEncoder();
  private final UnsafeBuffer answerBuffer =
      new UnsafeBuffer(ByteBuffer.allocateDirect(ANSWER_BYTES));

  private ShardMachine(final Replica replica, final FeedSessions sessions) {
    this.replica = replica;
    this.sessions = sessions;
  }

  /**
   * Starts with no events, or after a snapshot.
   *
   * @param snapshot what {@link #snapshot} wrote; null for the beginning
   * @param outputs closed with the machine, and when starting fails
   * @throws IllegalStateException if the bytes are no such snapshot
   */
  static ShardMachine start(
      final EngineSettings settings, final StateReader snapshot, final Outputs outputs)
      throws IOException {
    if (snapshot == null) {
      return new ShardMachine(Replica.start(settings, null, outputs), new FeedSessions());
    }
    final StateReader own =
        new StateReader(snapshot.buffer(), snapshot.position(), snapshot.remaining());
    snapshot.skip(own.getInt(OWN_LEAST, snapshot.remaining()));
    final ShardMachine machine =
        new ShardMachine(Replica.start(settings, snapshot, outputs), new FeedSessions());
    machine.duplicates = own.getLong(0, Long.MAX_VALUE);
    machine.gaps = own.getLong(0, Long.MAX_VALUE);
    machine.refused = own.getLong(0, Long.MAX_VALUE);
    machine.sessions.decode(own);
    return machine;
  }

  /** Writes all that {@link #start} needs. */
  void snapshot(final StateWriter out) {
    out.putLong(OWN_LEAST + sessions.encodedLength());
    out.putLong(duplicates);
    out.putLong(gaps);
    out.putLong(refused);
    sessions.encode(out);
    // A replica writes from the start of its buffer.
    final StateWriter state = new StateWriter(new ExpandableArrayBuffer());
    replica.snapshot(state);
    out.putState(state.buffer(), 0, state.position());
  }

  /**
   * Applies a command.
   *
   * @throws EngineException if the map failed: the machine can't continue
   */
  void onCommand(final DirectBuffer buffer, final int offset, final int length)
      throws EngineException {
    if (length < HEADER) {
      refuse();
      return;
    }
    header.wrap(buffer, offset);
    if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID
        || length - HEADER < header.blockLength()) {
      refuse();
      return;
    }
    final int block = header.blockLength();
    switch (header.templateId()) {
      case BeginSessionDecoder.TEMPLATE_ID -> {
        if (block < BeginSessionDecoder.BLOCK_LENGTH) {
          refuse();
          return;
        }
        begin.wrap(buffer, offset + HEADER, block, header.version());
        begin(begin.session());
      }
      case ApplyFramesDecoder.TEMPLATE_ID -> {
        final int lengthAt = HEADER + block;
        if (block < ApplyFramesDecoder.BLOCK_LENGTH
            || length - lengthAt < ApplyFramesDecoder.framesHeaderLength()) {
          refuse();
          return;
        }
        apply.wrap(buffer, offset + HEADER, block, header.version());
        final int bytes = apply.framesLength();
        final int start = lengthAt + ApplyFramesDecoder.framesHeaderLength();
        if (bytes != length - start) {
          refuse();
          return;
        }
        apply(apply.session(), apply.first(), apply.frameCount(), buffer, offset + start, bytes);
      }
      case EndSessionDecoder.TEMPLATE_ID -> {
        if (block < EndSessionDecoder.BLOCK_LENGTH) {
          refuse();
          return;
        }
        end.wrap(buffer, offset + HEADER, block, header.version());
        end(end.session(), end.frameCount());
      }
      default -> refuse();
    }
  }

  private void begin(final long id) {
    FeedSession session = sessions.find(id);
    if (session == null) {
      // Another feed may begin at any later time; the first one begins as an engine's does.
      final long follows = replica.lastSequence() == 0 ? 0 : replica.admitLaterStart();
      session = sessions.begin(id, follows);
    }
    answer(session, session.hasEnded ? Outcome.ENDED : Outcome.ACCEPTED);
  }

  private void apply(
      final long id,
      final long first,
      final int count,
      final DirectBuffer buffer,
      final int offset,
      final int length)
      throws EngineException {
    if (first < 0 || count < 1 || count != countFrames(buffer, offset, length)) {
      refuse();
      return;
    }
    final FeedSession session = sessions.find(id);
    if (session == null) {
      answer(id, Outcome.UNKNOWN_SESSION);
      return;
    }
    if (first > session.applied) {
      gaps++;
      answer(session, Outcome.GAP);
      return;
    }
    final long skipped = Math.min(count, session.applied - first);
    duplicates += skipped;
    if (skipped < count) {
      replica.apply(buffer, offset, length, skipped);
      session.applied = first + count;
      session.hasEnded = false;
    }
    answer(session, Outcome.ACCEPTED);
  }

  private int countFrames(final DirectBuffer buffer, final int offset, final int length) {
    frames.wrap(buffer, offset, length);
    int count = 0;
    while (frames.next()) {
      count++;
    }
    return count;
  }

  private void end(final long id, final long count) throws EngineException {
    final FeedSession session = sessions.find(id);
    if (session == null) {
      answer(id, Outcome.UNKNOWN_SESSION);
      return;
    }
    if (session.applied != count) {
      answer(session, session.applied < count ? Outcome.GAP : Outcome.ACCEPTED);
      return;
    }
    if (!session.hasEnded) {
      replica.flush();
      session.hasEnded = true;
      session.stateHash = replica.state().stateHash();
    }
    answer(session, Outcome.ENDED);
  }

  private void refuse() {
    refused++;
    answer(0, Outcome.REFUSED);
  }

  private void answer(final long id, final Outcome outcome) {
    encode(id, 0, 0, 0, outcome);
  }

  private void answer(final FeedSession session, final Outcome outcome) {
    encode(
        session.id,
        session.applied,
        session.follows,
        session.hasEnded ? session.stateHash : 0,
        outcome);
  }

  private void encode(
      final long id,
      final long applied,
      final long follows,
      final long stateHash,
      final Outcome outcome) {
    answer
        .wrapAndApplyHeader(answerBuffer, 0, answerHeader)
        .session(id)
        .applied(applied)
        .follows(follows)
        .sequence(replica.lastSequence())
        .events(state().events())
        .stateHash(stateHash)
        .outcome(outcome);
  }

  /** The answer to the last command, {@link #ANSWER_BYTES} long. */
  DirectBuffer answer() {
    return answerBuffer;
  }

  /** Publishes what has become due; some 100 times a second. */
  void catchUp() {
    replica.catchUp();
  }

  MapState state() {
    return replica.state();
  }

  /** Sequence of the last message, 0 before the first. */
  long lastSequence() {
    return replica.lastSequence();
  }

  /** Frames that came again. */
  long duplicates() {
    return duplicates;
  }

  /** Commands with frames missing before them. */
  long gaps() {
    return gaps;
  }

  /** Invalid commands. */
  long refused() {
    return refused;
  }

  @Override
  public void close() {
    replica.close();
  }
}
