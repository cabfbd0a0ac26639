package io.liqmap.engine.core.map;

/** What a member is to its group; its place is its code in the view. */
public enum MemberState {
  /** The feed doesn't have it. */
  NOT_IN_FEED,
  /** It is in the sums. */
  LIVE,
  /** It is in the sums as of its last event, which is too old. */
  SILENT,
  /** It is left out: it has another base asset than the group. */
  OTHER_ASSET
}
