package io.liqmap.cluster;

import io.liqmap.cluster.protocol.AnswerDecoder;
import io.liqmap.cluster.protocol.BeginSessionEncoder;
import io.liqmap.cluster.protocol.EndSessionEncoder;
import io.liqmap.cluster.protocol.MessageHeaderEncoder;
import io.liqmap.cluster.protocol.Outcome;
import io.liqmap.engine.feed.FrameCursor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends a feed session to one shard, at least once: keeps what isn't acknowledged, and after a
 * change of leader, a lost connection or a gap asks where to continue and sends from there. One
 * thread.
 *
 * <pre>
 *   CONNECTING ─▶ BEGINNING ─▶ STREAMING ─▶ ENDING ─▶ DONE
 *       ▲  lost       ▲  silence, new leader │  │
 *       └─────────────┴──────────────────────┴──┘
 * </pre>
 */
final class FeedSender implements AutoCloseable {
  private static final long ASK_AGAIN_NANOS = 1_000_000_000L;

  private enum Stage {
    CONNECTING,
    BEGINNING,
    STREAMING,
    ENDING,
    DONE
  }

  private final Shard shard;
  private final long session;
  private final ShardReport report;
  private final ShardConnection connection;
  private final PieceQueue pieces;

  private Stage stage = Stage.CONNECTING;
  private String refusal;
  private boolean hasBegun;
  private boolean isClosing;
  private boolean isRequiredLater;
  private long frames;
  private long applied;
  private long follows;
  private long gapAt = -1;
  private long progressed;
  private long asked;
  private long interrupted;

  private final UnsafeBuffer request = new UnsafeBuffer(new byte[64]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final BeginSessionEncoder begin = new BeginSessionEncoder();
  private final EndSessionEncoder end = new EndSessionEncoder();

  /**
   * Prepares a session.
   *
   * @param answersTo channel of this client, which the members send answers to
   */
  FeedSender(
      final ClientTransport transport,
      final ClusterSettings settings,
      final Shard shard,
      final String answersTo,
      final long session) {
    this.shard = shard;
    this.session = session;
    report = new ShardReport(shard.name());
    connection = new ShardConnection(transport, settings, shard, answersTo, new Events());
    pieces = new PieceQueue(session);
    progressed = System.nanoTime();
  }

  /** Whether the cluster has said how far the session is. */
  boolean hasBegun() {
    return hasBegun;
  }

  /** Sequence of the last message before the session. */
  long follows() {
    return follows;
  }

  /** Whether no frame may be added until more are acknowledged. */
  boolean isFull() {
    return pieces.isFull();
  }

  boolean isDone() {
    return stage == Stage.DONE;
  }

  /** Whether all frames that were added are acknowledged. */
  boolean isAcknowledged() {
    return hasBegun && pieces.isFlushed() && pieces.isEmpty();
  }

  /** Time since anything was acknowledged, ns. */
  long silence() {
    return System.nanoTime() - progressed;
  }

  ShardReport report() {
    return report;
  }

  /** Adds the session's next frame; its block may be reused. */
  void add(
      final DirectBuffer block,
      final int offset,
      final int length,
      final long shift,
      final boolean isLast) {
    if (frames == 0 && isRequiredLater && isNumbered(length)) {
      checkLater(FrameCursor.sequence(block, offset) - shift);
    }
    frames++;
    if (frames <= applied) {
      // Another client, or an earlier run, had it applied.
      report.before++;
      pieces.continueAt(frames);
      return;
    }
    pieces.add(block, offset, length, shift, isLast);
  }

  private static boolean isNumbered(final int length) {
    return length >= FrameCursor.SEQUENCE_OFFSET + Long.BYTES;
  }

  /** A feed whose messages count as repeats of another's would be lost without an error. */
  private void checkLater(final long sequence) {
    if (follows > 0 && sequence <= follows) {
      refusal =
          "shard "
              + shard.name()
              + ": the feed starts at sequence "
              + sequence
              + ", but the cluster had another one up to "
              + follows
              + ", so that its messages would count as repeats; give feeds of the same time to one command, which"
              + " merges them";
    }
  }

  /** Has the session refused if it starts before the end of the shard's last one. */
  void requireLater(final boolean isRequired) {
    isRequiredLater = isRequired;
  }

  /** Has the frames sent that a command isn't full of yet. */
  void flush() {
    pieces.flush();
  }

  /** The same where nothing is under way: a feed that is slow doesn't wait for more. */
  void flushIfIdle() {
    if (pieces.isEmpty()) {
      flush();
    }
  }

  /** Why sending is no use; null while it is. */
  String refusal() {
    return refusal;
  }

  /** The feed has ended: the session ends when all is acknowledged. */
  void end() {
    flush();
    isClosing = true;
  }

  /** Sends and receives what can be without waiting; returns whether anything was. */
  boolean work() {
    final long now = System.nanoTime();
    final boolean hasReceived = connection.work(now);
    report.trouble = connection.trouble();
    return send(now) > 0 || hasReceived;
  }

  /** Counts a change of leader, or a connection that was lost. */
  private void interrupt() {
    if (hasBegun && interrupted == 0) {
      interrupted = progressed;
      report.failovers++;
    }
  }

  private void askWhere() {
    stage = Stage.BEGINNING;
    asked = 0;
  }

  private int send(final long now) {
    switch (stage) {
      case BEGINNING -> {
        if (isAskDue(now)) {
          begin.wrapAndApplyHeader(request, 0, header).session(session);
          return ask(now, begin.encodedLength());
        }
      }
      case STREAMING -> {
        return stream(now);
      }
      case ENDING -> {
        if (isAskDue(now)) {
          end.wrapAndApplyHeader(request, 0, header).session(session).frameCount(frames);
          return ask(now, end.encodedLength());
        }
      }
      case CONNECTING, DONE -> {}
    }
    return 0;
  }

  private boolean isAskDue(final long now) {
    return asked == 0 || now - asked > ASK_AGAIN_NANOS;
  }

  private int ask(final long now, final int length) {
    if (!connection.offer(request, MessageHeaderEncoder.ENCODED_LENGTH + length)) {
      return 0;
    }
    asked = now;
    return 1;
  }

  private int stream(final long now) {
    final boolean wasIdle = !pieces.isUnderWay();
    if (!wasIdle && now - progressed > ASK_AGAIN_NANOS && now - asked > ASK_AGAIN_NANOS) {
      askWhere();
      return 1;
    }
    if (isClosing && pieces.isEmpty()) {
      stage = Stage.ENDING;
      asked = 0;
      return 1;
    }
    final int offered = pieces.send(connection, report);
    if (wasIdle && offered > 0 && interrupted == 0) {
      // The silence of an idle feed isn't the cluster's.
      progressed = now;
    }
    return offered;
  }

  private void acknowledge(final AnswerDecoder answer) {
    if (answer.applied() > applied || stage == Stage.BEGINNING) {
      final long now = System.nanoTime();
      if (interrupted != 0) {
        report.longestFailoverNanos = Math.max(report.longestFailoverNanos, now - interrupted);
        interrupted = 0;
      }
      progressed = now;
    }
    applied = Math.max(applied, answer.applied());
    pieces.acknowledge(applied);
    report.frames = applied;
    report.sequence = answer.sequence();
    report.events = answer.events();
  }

  private void onAnswer(final AnswerDecoder answer) {
    if (answer.session() != session) {
      return;
    }
    final Outcome outcome = answer.outcome();
    if (outcome == Outcome.UNKNOWN_SESSION) {
      askWhere();
      return;
    }
    final boolean isBeginning = stage == Stage.BEGINNING;
    if (isBeginning && answer.applied() < applied) {
      refusal =
          "shard "
              + shard.name()
              + ": "
              + applied
              + " frames of session "
              + session
              + " were acknowledged, but the cluster now has "
              + answer.applied()
              + ": its folders were removed, or it forgot the session; give the whole feed again";
      return;
    }
    acknowledge(answer);
    if (isBeginning) {
      follows = answer.follows();
      hasBegun = true;
      gapAt = -1;
      pieces.rewind();
      stage = Stage.STREAMING;
    } else if (outcome == Outcome.GAP && answer.applied() != gapAt) {
      // Each command behind the gap is answered alike: once is enough.
      report.gaps++;
      gapAt = answer.applied();
      pieces.rewind();
      stage = Stage.STREAMING;
    } else if (stage == Stage.ENDING) {
      if (outcome == Outcome.ENDED) {
        report.stateHash = answer.stateHash();
        stage = Stage.DONE;
      } else if (answer.applied() > frames) {
        refusal =
            "shard "
                + shard.name()
                + ": session "
                + session
                + " has "
                + answer.applied()
                + " frames, this feed "
                + frames
                + ": another feed was sent as this session; name one of its own with --session";
      }
    }
  }

  /** What comes from the cluster. */
  private final class Events implements ShardConnection.Events {
    @Override
    public void onConnected() {
      if (stage != Stage.DONE) {
        askWhere();
      }
    }

    @Override
    public void onLost() {
      if (stage != Stage.DONE) {
        stage = Stage.CONNECTING;
        interrupt();
      }
    }

    @Override
    public void onNewLeader() {
      if (stage != Stage.DONE) {
        interrupt();
        askWhere();
      }
    }

    @Override
    public void onAnswer(final AnswerDecoder answer) {
      FeedSender.this.onAnswer(answer);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
