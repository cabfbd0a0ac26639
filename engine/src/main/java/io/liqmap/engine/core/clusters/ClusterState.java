package io.liqmap.engine.core.clusters;

/** How far mark has swept a cluster. */
public enum ClusterState {
  /** Untouched by mark. */
  ACTIVE,
  /** Mark has swept into it, and some of it remains. */
  PARTIAL,
  /** Mark has crossed all of it. */
  CLEARED
}
