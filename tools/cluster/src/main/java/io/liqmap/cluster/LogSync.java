package io.liqmap.cluster;

/** When a member forces its log to the disk: the archive's levels, in their order. */
enum LogSync {
  /** Never: a killed process loses nothing, a machine that loses power may. */
  NONE,
  /** The data of each write. */
  DATA,
  /** Data and file sizes. */
  FULL
}
