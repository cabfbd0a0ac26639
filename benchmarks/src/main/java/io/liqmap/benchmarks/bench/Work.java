package io.liqmap.benchmarks.bench;

/** What there is to measure. */
enum Work {
  /** Bare SBE decode: every field read. */
  DECODE,
  /** The feed's adapter with all its checks. */
  ADAPTER,
  /** A bare Disruptor ring, SBE decoded into its slots. */
  RING,
  /** The engine on the caller's thread. */
  INLINE,
  /** The engine on threads of its own. */
  PIPELINED,
  /** Inline, with a journal. */
  INLINE_JOURNAL,
  /** On threads of its own, with a journal. */
  PIPELINED_JOURNAL,
  /** A journal applied again, checksums verified. */
  REPLAY,
  /** Bare SBE decode, and a Chronicle document for each frame. */
  DOCUMENTS,
  /** The inline engine, and a Chronicle document for each event. */
  DOCUMENT_PATH,
  /** Bare SBE decode, and each frame copied into a mapped file. */
  MAPPED_FILE,
  /** Bare SBE decode, and a map of boxed numbers. */
  NAIVE_PATH,
  /** Bare SBE decode, and the map of py-liquidation-map, drawn once. */
  PY_PATH,
  /** A walk of trades added to one array. */
  ARRAY_ADD,
  /** The same walk, trades of a map. */
  UPDATE,
  /** A walk of trades with mark after them, that sweeps. */
  SWEEP,
  /** The walk through many maps in turn. */
  INTERLEAVED,
  /** The walk through many map writers' instruments in turn, as events. */
  INTERLEAVED_EVENTS,
  /** Trades, marks and open interest through a map. */
  MAP_FLOW,
  /** The same through a map of boxed numbers. */
  NAIVE_FLOW,
  /** The state of one instrument copied. */
  SNAPSHOT,
  /** Latency of a bare ring. */
  HOP,
  /** Latency to the view, on threads of its own. */
  PIPELINED_VIEW,
  /** Latency to the view, with a journal. */
  JOURNALED_VIEW,
  /** Latency to the view, on the caller's thread. */
  INLINE_VIEW,
  /** Latency to a reader that has read the whole state. */
  READER_VIEW,
  /** Latency of a bare ring of messages in shared memory. */
  SHARED_RING_HOP,
  /** Latency from such a ring to the view, on the engine's thread. */
  SHARED_RING_VIEW,
  /** Latency of one number in shared memory to a second process. */
  COUNTER,
  /** Latency to a reader in a second process. */
  PROCESS_VIEW,
  /** A long flow of many instruments, with its memory and journal bytes. */
  SCALE
}
