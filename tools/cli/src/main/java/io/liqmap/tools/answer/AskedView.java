package io.liqmap.tools.answer;

import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.shared.view.Questions;
import io.liqmap.engine.shared.view.ViewReader;

/**
 * A view that a question is put to.
 *
 * @param reader its content
 * @param questions about it
 * @param clusters of the same map
 */
public record AskedView(ViewReader reader, Questions questions, ClusterTracker clusters) {
  /** An hour in ns. */
  public static final long HOUR = 3_600_000_000_000L;
}
