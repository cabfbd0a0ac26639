package io.liqmap.engine.feed;

/** Why a message, or a run of sequences, was not accepted. */
public enum FeedFault {
  /** A sequence never came. */
  MISSING,
  /** A sequence had been seen before: dropped. */
  DUPLICATE,
  /** A missing sequence came after a later one: dropped, since state depends on order. */
  REORDERED,
  /** A frame or block is shorter than its message, or longer than what holds it: dropped. */
  LENGTH,
  /** The message is of another schema: dropped. */
  SCHEMA,
  /** The template is unknown: skipped. */
  TEMPLATE,
  /** The instrument hasn't been defined: skipped. */
  INSTRUMENT,
  /**
   * A definition is out of range, contradicts an earlier one, or has another instrument's symbol:
   * dropped.
   */
  DEFINITION,
  /**
   * A price is below one mantissa or above 2⁵³, jumps beyond {@link JumpLimits}, or the book is
   * crossed: dropped.
   */
  PRICE,
  /**
   * A quantity is below one mantissa (open interest: below zero) or above 2⁵³, or beyond {@link
   * JumpLimits}: dropped.
   */
  QUANTITY,
  /**
   * A time lies outside of 2000 to 2100, as one in ms or µs does, or jumps beyond {@link
   * JumpLimits}: dropped.
   */
  TIME,
  /** An exponent isn't that of the instrument: dropped. */
  SCALE,
  /** A side, rate, ratio, count or sequence has no meaning: dropped. */
  VALUE;

  private static final FeedFault[] ALL = values();

  static final int COUNT = ALL.length;

  static FeedFault of(final int number) {
    return ALL[number];
  }

  /** Whether the message may be valid, but isn't understood. */
  boolean isUnknown() {
    return this == TEMPLATE || this == INSTRUMENT;
  }
}
