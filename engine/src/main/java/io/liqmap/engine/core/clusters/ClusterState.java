package io.liqmap.engine.core.clusters;

/** What has become of a cluster. */
public enum ClusterState {
  /** Stands, untouched by mark. */
  ACTIVE,
  /** Mark has swept into it, and some of it stands. */
  PARTIAL,
  /** Mark has crossed all of it. */
  CLEARED
}
