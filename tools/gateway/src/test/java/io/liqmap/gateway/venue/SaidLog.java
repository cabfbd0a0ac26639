package io.liqmap.gateway.venue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Decodes frames and keeps what they say as lines of text: times in ms, numbers in full. */
final class SaidLog implements MarketSink, ControlSink {
  static final long START = 1_790_000_000_000L;

  final List<String> lines = new ArrayList<>();
  private final VenueDecoder decoder;
  private long receiveMillis = START;

  SaidLog(final VenueDecoder with) {
    decoder = with;
  }

  SaidLog at(final long millis) {
    receiveMillis = millis;
    return this;
  }

  /** Decodes a frame, written with ' instead of ". */
  FrameOutcome frame(final String json) {
    return bytes(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  FrameOutcome bytes(final byte[] bytes) {
    // Among others' bytes, as in a buffer.
    final byte[] buffer = new byte[bytes.length + 7];
    java.util.Arrays.fill(buffer, (byte) '"');
    System.arraycopy(bytes, 0, buffer, 3, bytes.length);
    return decoder.decode(buffer, 3, bytes.length, receiveMillis * 1_000_000, this, this);
  }

  void lose(final String connection) {
    decoder.onLost(connection, receiveMillis * 1_000_000);
  }

  /** What was said since the last call. */
  List<String> take() {
    final List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  private static String number(final long mantissa, final int exponent) {
    return mantissa == FeedEvent.ABSENT
        ? "-"
        : BigDecimal.valueOf(mantissa)
            .scaleByPowerOfTen(exponent)
            .add(BigDecimal.ZERO.setScale(0))
            .stripTrailingZeros()
            .toPlainString();
  }

  private static String millis(final long nanos) {
    return number(nanos, -6);
  }

  private void say(final String kind, final InstrumentDefinition of, final Object... values) {
    final StringBuilder line = new StringBuilder(kind).append(' ').append(of.symbol());
    for (final Object value : values) {
      line.append(' ').append(value);
    }
    lines.add(line.toString());
  }

  private static String price(final InstrumentDefinition of, final long mantissa) {
    return number(mantissa, of.priceExponent());
  }

  private static String quantity(final InstrumentDefinition of, final long mantissa) {
    return number(mantissa, of.quantityExponent());
  }

  @Override
  public void trade(
      final InstrumentDefinition of,
      final long time,
      final long price,
      final long quantity,
      final int takerSide) {
    say(
        "trade",
        of,
        millis(time),
        price(of, price),
        quantity(of, quantity),
        takerSide == FeedEvent.BUY ? "buy" : "sell");
  }

  @Override
  public void mark(
      final InstrumentDefinition of,
      final long time,
      final long mark,
      final long index,
      final long fundingRate,
      final long nextFunding) {
    say(
        "mark",
        of,
        millis(time),
        price(of, mark),
        price(of, index),
        number(fundingRate, -9),
        millis(nextFunding));
  }

  @Override
  public void openInterest(final InstrumentDefinition of, final long time, final long quantity) {
    say("interest", of, millis(time), quantity(of, quantity));
  }

  @Override
  public void bestBidOffer(
      final InstrumentDefinition of,
      final long time,
      final long bid,
      final long bidQuantity,
      final long ask,
      final long askQuantity) {
    say(
        "top",
        of,
        millis(time),
        price(of, bid),
        quantity(of, bidQuantity),
        price(of, ask),
        quantity(of, askQuantity));
  }

  @Override
  public void liquidation(
      final InstrumentDefinition of,
      final long time,
      final long price,
      final long quantity,
      final int positionSide) {
    say(
        "liquidation",
        of,
        millis(time),
        price(of, price),
        quantity(of, quantity),
        positionSide == FeedEvent.LONG ? "long" : "short");
  }

  @Override
  public void accountRatio(final InstrumentDefinition of, final long time, final long ratio) {
    say("ratio", of, millis(time), number(ratio, -9));
  }

  @Override
  public void interrupted(
      final InstrumentDefinition of, final long time, final long missing, final long since) {
    say("interrupted", of, millis(time), missing, millis(since));
  }

  @Override
  public void acknowledged(final String subscription) {
    lines.add("acknowledged " + subscription);
  }

  @Override
  public void refused(final String reason) {
    lines.add("refused " + reason);
  }

  @Override
  public void pong() {
    lines.add("pong");
  }

  @Override
  public void closingSoon(final String notice) {
    lines.add("closing " + notice);
  }
}
