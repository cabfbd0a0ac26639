package io.liqmap.gateway.feed;

/** What is counted for each venue. Each counter has one writing thread. */
public enum VenueCounter {
  /** Frames and answers received. */
  FRAMES,
  /** Their bytes. */
  BYTES,
  /** Messages of the feed made from them. */
  EVENTS,
  /** Frames about the connection. */
  CONTROL,
  /** Frames that repeat, or are of other instruments. */
  NOTHING_NEW,
  /** Frames of kinds that are known and not used. */
  NOT_USED,
  /** Frames of no known kind. */
  UNKNOWN,
  /** Frames that aren't what their kind requires. */
  INVALID,
  /** Holes in instruments' streams. */
  GAPS,
  /** Messages known to be missing in them. */
  MISSING,
  /** Receipt of the last frame, ns since 1970. */
  LAST_FRAME,
  /** Least receipt less event time of trades and books, ns: the clocks' offset, and the delay. */
  CLOCK_OFFSET,
  /** Connections opened again after a loss. */
  RECONNECTS,
  /** Subscriptions and connections that the venue refused. */
  REFUSED,
  /** Frames that were larger than allowed or binary. */
  OVERSIZED,
  /** Requests that failed. */
  FAILED_POLLS,
  /** 1 after the recording ended before the session. */
  RECORDING_ENDED;

  static final int COUNT = values().length;
}
