package io.liqmap.gateway.venue;

/** What became of a frame. */
public enum FrameOutcome {
  /** One message of the feed or more. */
  MARKET,
  /** About the connection: an acknowledgement, a pong, a notice. */
  CONTROL,
  /** Nothing new: repeated, or of another instrument. */
  NOTHING_NEW,
  /** Of a kind that is known and not used. */
  NOT_USED,
  /** Of no known kind. */
  UNKNOWN,
  /** Not what its kind requires: cut, out of range, no JSON; parts of it may have been used. */
  INVALID
}
