package io.liqmap.engine.journal;

/**
 * When a journal is forced to the disk, so that a loss of power can't take it back. A process that
 * is killed loses nothing in any case.
 */
public enum JournalSync {
  /** Never: the operating system writes when it likes. */
  NONE,
  /** When a run ends in order: documents first, then the mark that speaks of them. */
  END,
  /** The same, and at an interval while it runs. */
  INTERVAL
}
