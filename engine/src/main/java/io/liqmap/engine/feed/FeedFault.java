package io.liqmap.engine.feed;

/** Why a message, or a run of sequences, didn't get through. */
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
  /** The template isn't known: skipped. */
  TEMPLATE,
  /** The instrument hasn't been defined: skipped. */
  INSTRUMENT,
  /**
   * A definition is out of range, contradicts the standing one, or takes another instrument's
   * symbol: dropped.
   */
  DEFINITION,
  /**
   * A price is below one mantissa or above 2⁵³, leaps beyond {@link JumpLimits}, or the book is
   * crossed: dropped.
   */
  PRICE,
  /**
   * A quantity is below one mantissa (open interest: below zero) or above 2⁵³, or beyond {@link
   * JumpLimits}: dropped.
   */
  QUANTITY,
  /**
   * A time lies outside of 2000 to 2100, as one in ms or µs does, or leaps beyond {@link
   * JumpLimits}: dropped.
   */
  TIME,
  /** An exponent isn't that of the instrument: dropped. */
  SCALE,
  /** A side, rate, ratio, count or sequence has no meaning: dropped. */
  VALUE;

  static final int COUNT = values().length;
}
