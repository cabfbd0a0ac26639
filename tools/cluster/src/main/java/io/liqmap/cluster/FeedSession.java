package io.liqmap.cluster;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/** How far one pass over a feed was applied. One thread. */
final class FeedSession {
  static final int BYTES = 5 * Long.BYTES;

  final long id;

  /** Sequence of the last message before the session. */
  final long follows;

  /** Frames applied. */
  long applied;

  boolean hasEnded;

  /** At its end. */
  long stateHash;

  FeedSession(final long id, final long follows) {
    this.id = id;
    this.follows = follows;
  }

  void encode(final StateWriter out) {
    out.putLong(id);
    out.putLong(follows);
    out.putLong(applied);
    out.putLong(hasEnded ? 1 : 0);
    out.putLong(stateHash);
  }

  static FeedSession decode(final StateReader in) {
    final FeedSession session = new FeedSession(in.getLong(), in.getLong(0, Long.MAX_VALUE));
    session.applied = in.getLong(0, Long.MAX_VALUE);
    session.hasEnded = in.getLong(0, 1) == 1;
    session.stateHash = in.getLong();
    return session;
  }
}
