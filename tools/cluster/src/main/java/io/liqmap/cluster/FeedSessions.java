package io.liqmap.cluster;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The feed sessions of a shard, in the order in which they began; bounded, so that no client can
 * fill the memory. One thread.
 */
final class FeedSessions {
  static final int MOST = 1_024;

  private final List<FeedSession> all = new ArrayList<>();
  private FeedSession last;

  /** A session that has begun; null if there is no such. */
  FeedSession find(final long id) {
    if (last != null && last.id == id) {
      return last;
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).id == id) {
        last = all.get(i);
        return last;
      }
    }
    return null;
  }

  /**
   * Adds a session; forgets the earliest one that has ended, or the earliest, if there are too
   * many.
   */
  FeedSession begin(final long id, final long follows) {
    if (all.size() == MOST) {
      int forgotten = 0;
      while (forgotten < MOST && !all.get(forgotten).hasEnded) {
        forgotten++;
      }
      all.remove(forgotten == MOST ? 0 : forgotten);
    }
    last = new FeedSession(id, follows);
    all.add(last);
    return last;
  }

  int encodedLength() {
    return Long.BYTES + all.size() * FeedSession.BYTES;
  }

  void encode(final StateWriter out) {
    out.putLong(all.size());
    all.forEach((session) -> session.encode(out));
  }

  void decode(final StateReader in) {
    final int count = in.getInt(0, MOST);
    for (int i = 0; i < count; i++) {
      all.add(FeedSession.decode(in));
    }
  }
}
