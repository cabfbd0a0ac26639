package io.liqmap.tools.serve;

import java.util.Map;

/** The last answers that were made, forgotten when the journal is replaced. For any thread. */
final class RecentBodies<K> {
  private final Map<K, Body> bodies;
  private Object journal;

  RecentBodies(final int most) {
    bodies = new Recent<>(most);
  }

  /** An answer about a journal; null for none. */
  synchronized Body of(final Object asked, final K key) {
    forgetOthers(asked);
    return bodies.get(key);
  }

  synchronized void put(final Object made, final K key, final Body body) {
    forgetOthers(made);
    bodies.put(key, body);
  }

  private void forgetOthers(final Object now) {
    if (journal != now) {
      journal = now;
      bodies.clear();
    }
  }
}
