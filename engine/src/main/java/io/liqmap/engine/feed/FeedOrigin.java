package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.InstrumentDefinitionDecoder;
import io.liqmap.codecs.feed.InstrumentDefinitionEncoder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What an instrument's part of a feed was made from: ticks, or bars along an assumed path, and how
 * the source was read. Immutable.
 *
 * @param source who the data came from, such as "binance", at most 24 characters of a–z, 0–9, "-"
 *     and, between several, "+"; empty: not stated
 * @param tradeBarNanos length of the bars that trades were made from, at most 31 days; 0: single
 *     trades; {@link #UNSTATED}: not stated
 * @param tradeBarAnchorNanos bars begin at this time and whole lengths from it, 0 to below the
 *     length
 * @param markBarNanos length of the bars that mark prices were made from, at most 31 days; 0:
 *     ticks; {@link #UNSTATED}: not stated
 * @param markBarAnchorNanos as for trades
 * @param conventions bits of {@link FeedConvention}; others are kept as they are
 */
public record FeedOrigin(
    String source,
    long tradeBarNanos,
    long tradeBarAnchorNanos,
    long markBarNanos,
    long markBarAnchorNanos,
    int conventions) {

  /** Length of bars that a feed doesn't state. */
  public static final long UNSTATED = Long.MIN_VALUE;

  /** No bars are longer, ns: 31 days. */
  public static final long MAX_BAR_NANOS = 31 * 86_400_000_000_000L;

  /** Nothing is stated, as in feeds before version 2 of the schema. */
  public static final FeedOrigin NOT_STATED = new FeedOrigin("", UNSTATED, 0, UNSTATED, 0, 0);

  private static final int MAX_SOURCE = 24;
  private static final String JOINT = "+";
  private static final String SEVERAL = "several";

  /**
   * Checks the ranges that the components document.
   *
   * @throws IllegalArgumentException if a value is out of its range, naming it
   */
  public FeedOrigin {
    if (source.length() > MAX_SOURCE || !source.chars().allMatch(FeedOrigin::isPartOfName)) {
      throw new IllegalArgumentException("source is out of range: " + source);
    }
    requireBars("tradeBarNanos", tradeBarNanos, tradeBarAnchorNanos);
    requireBars("markBarNanos", markBarNanos, markBarAnchorNanos);
  }

  private static boolean isPartOfName(final int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '+';
  }

  private static void requireBars(final String name, final long length, final long anchor) {
    if (length != UNSTATED && (length < 0 || length > MAX_BAR_NANOS)) {
      throw new IllegalArgumentException(name + " is out of range: " + length);
    }
    if (anchor < 0 || (anchor > 0 && anchor >= length)) {
      throw new IllegalArgumentException(
          "the anchor of " + name + " is out of range: " + anchor + " for bars of " + length);
    }
  }

  /** Data of a source, of which nothing else is stated yet. */
  public static FeedOrigin of(final String source) {
    return new FeedOrigin(source, UNSTATED, 0, UNSTATED, 0, 0);
  }

  /** The same, with single trades. */
  public FeedOrigin withTradeTicks() {
    return new FeedOrigin(source, 0, 0, markBarNanos, markBarAnchorNanos, conventions);
  }

  /**
   * The same, with trades made from bars.
   *
   * @param length length of a bar, ns, 1 or more
   * @param start time at which any of the bars begins, ns since 1970-01-01 UTC
   */
  public FeedOrigin withTradeBars(final long length, final long start) {
    return new FeedOrigin(
        source,
        length,
        Math.floorMod(start, length),
        markBarNanos,
        markBarAnchorNanos,
        conventions);
  }

  /** The same, with mark prices as they were published. */
  public FeedOrigin withMarkTicks() {
    return new FeedOrigin(source, tradeBarNanos, tradeBarAnchorNanos, 0, 0, conventions);
  }

  /**
   * The same, with mark prices made from bars.
   *
   * @param length length of a bar, ns, 1 or more
   * @param start time at which any of the bars begins, ns since 1970-01-01 UTC
   */
  public FeedOrigin withMarkBars(final long length, final long start) {
    return new FeedOrigin(
        source,
        tradeBarNanos,
        tradeBarAnchorNanos,
        length,
        Math.floorMod(start, length),
        conventions);
  }

  /** The same, with a convention more. */
  public FeedOrigin with(final FeedConvention convention) {
    return new FeedOrigin(
        source,
        tradeBarNanos,
        tradeBarAnchorNanos,
        markBarNanos,
        markBarAnchorNanos,
        conventions | convention.bit());
  }

  /** Whether a convention was applied. */
  public boolean has(final FeedConvention convention) {
    return (conventions & convention.bit()) != 0;
  }

  /** The conventions that have a name here, in their order. */
  public List<FeedConvention> namedConventions() {
    final List<FeedConvention> named = new ArrayList<>();
    for (final FeedConvention convention : FeedConvention.values()) {
      if (has(convention)) {
        named.add(convention);
      }
    }
    return named;
  }

  /**
   * Length of the bars to measure prices and takers' trades by, ns: the longer of both; 0 for
   * ticks, and where nothing is stated.
   */
  public long priceBarNanos() {
    return Math.max(0, Math.max(tradeBarNanos, markBarNanos));
  }

  /** Time at which one of those bars begins, ns; that of marks if both are of one length. */
  public long priceBarAnchorNanos() {
    return markBarNanos >= tradeBarNanos ? markBarAnchorNanos : tradeBarAnchorNanos;
  }

  public boolean isStated() {
    return !equals(NOT_STATED);
  }

  /**
   * Merges both: the longer of their bars, all of their conventions, the names of both sources
   * ("several" where these are too long together).
   */
  public FeedOrigin and(final FeedOrigin other) {
    final FeedOrigin trades = tradeBarNanos >= other.tradeBarNanos ? this : other;
    final FeedOrigin marks = markBarNanos >= other.markBarNanos ? this : other;
    return new FeedOrigin(
        joined(source, other.source),
        trades.tradeBarNanos,
        trades.tradeBarAnchorNanos,
        marks.markBarNanos,
        marks.markBarAnchorNanos,
        conventions | other.conventions);
  }

  private static String joined(final String one, final String other) {
    if (one.equals(SEVERAL) || other.equals(SEVERAL)) {
      return SEVERAL;
    }
    final TreeSet<String> names = new TreeSet<>();
    names.addAll(List.of(one.split("\\+")));
    names.addAll(List.of(other.split("\\+")));
    names.remove("");
    final String all = String.join(JOINT, names);
    return all.length() > MAX_SOURCE ? SEVERAL : all;
  }

  /**
   * Reads the origin of a definition; an older version states none.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  static FeedOrigin decode(final InstrumentDefinitionDecoder message) {
    if (message.actingVersion() < InstrumentDefinitionDecoder.tradeBarLengthSinceVersion()) {
      return NOT_STATED;
    }
    return new FeedOrigin(
        message.source(),
        message.tradeBarLength(),
        message.tradeBarAnchor(),
        message.markBarLength(),
        message.markBarAnchor(),
        (int) message.conventions().getRaw());
  }

  void encode(final InstrumentDefinitionEncoder message) {
    message
        .tradeBarLength(tradeBarNanos)
        .tradeBarAnchor(tradeBarAnchorNanos)
        .markBarLength(markBarNanos)
        .markBarAnchor(markBarAnchorNanos)
        .source(source);
    message
        .buffer()
        .putInt(
            message.offset() + InstrumentDefinitionEncoder.conventionsEncodingOffset(),
            conventions,
            ByteOrder.LITTLE_ENDIAN);
  }
}
