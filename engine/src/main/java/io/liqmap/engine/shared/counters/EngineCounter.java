package io.liqmap.engine.shared.counters;

/**
 * Something that an engine counts or measures. Numbers stay what they are: they are the type ids of
 * the counters in the file.
 */
public enum EngineCounter {
  /** Wall clock of the last heartbeat, ms since 1970. */
  HEARTBEAT(1),
  /** Slots of the ring, 0 where there is none. */
  RING_CAPACITY(2),
  /** Slots that the feed has published. */
  RING_POSITION(3),
  /** Slots that the feed could fill at once. */
  RING_REMAINING(4),
  /** How often the feed had to wait for a full ring. */
  BACK_PRESSURE(5),
  /** Failures recorded, distinct or not. */
  ERRORS(6),

  /** Slots published that a map writer hasn't applied. */
  MAP_LAG(10),
  /** Events that a map writer applied. */
  EVENTS(11),
  /** Feed sequence of the last of them. */
  SEQUENCE(12),
  /** Latest exchange time of all of them, ns since 1970. */
  EVENT_TIME(13),
  /** Holes in the sequence. */
  GAPS(14),
  /** Sequences that never came. */
  MISSING(15),
  /** Messages dropped because their sequence had been seen. */
  DUPLICATES(16),
  /** Messages dropped because they came after a later one. */
  REORDERED(17),
  /** Invalid or implausible messages, dropped. */
  REJECTED(18),
  /** Messages skipped because their template or instrument isn't known. */
  UNKNOWN(19),
  /** Quality flags of all instruments together. */
  QUALITY(20),
  /** Instruments defined. */
  INSTRUMENTS(21),
  /** Exceptions that listeners threw. */
  LISTENER_FAILURES(22),
  /** Publications, to the view or the event stream, that failed. */
  PUBLICATION_FAILURES(23),
  /** Snapshots skipped because the journal was behind. */
  SNAPSHOTS_PASSED_BY(24),
  /** Snapshots that no document of the journal can hold. */
  SNAPSHOTS_TOO_LARGE(25),

  /** 0 there is no journal, 1 it works, 2 it has failed. */
  JOURNAL_STATE(30),
  /** Slots published that the journal hasn't appended. */
  JOURNAL_LAG(31),
  /** Events acknowledged. */
  JOURNAL_EVENTS(32),
  /** Documents appended. */
  JOURNAL_DOCUMENTS(33),
  /** Bytes appended. */
  JOURNAL_BYTES(34),
  /** Snapshots appended. */
  SNAPSHOTS(35);

  /** {@link #JOURNAL_STATE}: there is none. */
  public static final long NO_JOURNAL = 0;

  /** {@link #JOURNAL_STATE}: it works. */
  public static final long JOURNALING = 1;

  /** {@link #JOURNAL_STATE}: it has failed. */
  public static final long JOURNAL_FAILED = 2;

  private static final int FIRST_OF_MAPS = 10;
  private static final int FIRST_OF_JOURNAL = 30;

  private final int number;

  EngineCounter(final int number) {
    this.number = number;
  }

  /** Type id of its counters. */
  public int number() {
    return number;
  }

  /** Whether each map writer has one of its own. */
  boolean isOfMaps() {
    return number >= FIRST_OF_MAPS && number < FIRST_OF_JOURNAL;
  }
}
