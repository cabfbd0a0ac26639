package io.liqmap.engine.settings;

/** Which threads the engine runs on. */
public enum ThreadingMode {
  /** Feed, map and journal on the caller's thread. */
  INLINE,
  /** The caller's thread feeds a ring; maps and journal have threads of their own. */
  PIPELINED
}
