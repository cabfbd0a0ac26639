package io.liqmap.tools.serve;

import java.util.LinkedHashMap;
import java.util.Map;

/** The entries that were used last. Not for several threads. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  Recent(final int most) {
    super(2 * most, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(final Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
