package io.liqmap.benchmarks;

/** What the events are sent through. */
enum Route {
  /** Every field read, nothing else. */
  BARE_DECODE("bare SBE decode", false),
  /** The feed's adapter, with all its checks. */
  ADAPTER("feed adapter alone", false),
  /** A ring with the engine's claims, three numbers written to a slot. */
  RING_ALONE("bare ring, nothing decoded", false),
  /** The same, with SBE decoded into the slots. */
  BARE_RING("bare SBE decode + bare ring", false),
  /** The engine on the caller's thread. */
  INLINE("inline", true),
  /** The engine on threads of its own. */
  PIPELINED("pipelined", true),
  /** Inline, with a journal. */
  INLINE_JOURNAL("inline + journal", true),
  /** On threads of its own, with a journal. */
  PIPELINED_JOURNAL("pipelined + journal", true),
  /** The journal of the route before, applied again. */
  REPLAY("replay of that journal", true),
  /** Adapter and map on the caller's thread, a Chronicle document to each event. */
  DOCUMENT_PER_EVENT("inline, one document an event", true);

  private final String title;
  private final boolean mapping;

  Route(final String title, final boolean mapping) {
    this.title = title;
    this.mapping = mapping;
  }

  String title() {
    return title;
  }

  /** Whether it ends with a map, whose hash has to be the same as everywhere. */
  boolean isMapping() {
    return mapping;
  }
}
