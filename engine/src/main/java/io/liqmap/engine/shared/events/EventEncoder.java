package io.liqmap.engine.shared.events;

import io.liqmap.codecs.events.CalibrationChangedEncoder;
import io.liqmap.codecs.events.CalibrationStatus;
import io.liqmap.codecs.events.CascadeWarningEncoder;
import io.liqmap.codecs.events.ClusterChange;
import io.liqmap.codecs.events.ClusterChangedEncoder;
import io.liqmap.codecs.events.MessageHeaderEncoder;
import io.liqmap.codecs.events.PositionSide;
import io.liqmap.codecs.events.QualityChangedEncoder;
import io.liqmap.codecs.events.QualityEncoder;
import io.liqmap.codecs.events.SweepEncoder;
import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.margin.Side;
import org.agrona.MutableDirectBuffer;

/** Encodes events by {@code liqmap-events.xml}, header first. One thread; allocates nothing. */
final class EventEncoder {
  /** No message is longer, bytes. */
  static final int MAX_LENGTH = 256;

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final SweepEncoder sweep = new SweepEncoder();
  private final ClusterChangedEncoder cluster = new ClusterChangedEncoder();
  private final CascadeWarningEncoder cascade = new CascadeWarningEncoder();
  private final QualityChangedEncoder quality = new QualityChangedEncoder();
  private final CalibrationChangedEncoder calibration = new CalibrationChangedEncoder();

  /**
   * Encodes an event.
   *
   * @param sequence of the event, from 1
   * @return length of the message, its header included
   */
  int encode(
      final long sequence,
      final MapEvent event,
      final MutableDirectBuffer buffer,
      final int offset) {
    final int length =
        switch (event.kind()) {
          case SWEPT -> sweep(sequence, event, buffer, offset);
          case BORN -> cluster(sequence, event, ClusterChange.BORN, buffer, offset);
          case GROWN -> cluster(sequence, event, ClusterChange.GROWN, buffer, offset);
          case SHRUNK -> cluster(sequence, event, ClusterChange.SHRUNK, buffer, offset);
          case CLEARED -> cluster(sequence, event, ClusterChange.CLEARED, buffer, offset);
          case CASCADE_WARNING -> cascade(sequence, event, buffer, offset);
          case QUALITY -> quality(sequence, event, buffer, offset);
          case CALIBRATION -> calibration(sequence, event, buffer, offset);
        };
    return MessageHeaderEncoder.ENCODED_LENGTH + length;
  }

  private int sweep(
      final long sequence,
      final MapEvent event,
      final MutableDirectBuffer buffer,
      final int offset) {
    return sweep
        .wrapAndApplyHeader(buffer, offset, header)
        .sequence(sequence)
        .inputSequence(event.inputSequence())
        .time(event.time())
        .instrumentId(event.instrument())
        .lowBucket(event.lowBucket())
        .highBucket(event.highBucket())
        .side(side(event))
        .priceLow(event.priceLow())
        .priceHigh(event.priceHigh())
        .expected(event.expectedNotional())
        .observed(event.observedNotional())
        .mapNumber((short) event.map())
        .encodedLength();
  }

  private int cluster(
      final long sequence,
      final MapEvent event,
      final ClusterChange change,
      final MutableDirectBuffer buffer,
      final int offset) {
    return cluster
        .wrapAndApplyHeader(buffer, offset, header)
        .sequence(sequence)
        .inputSequence(event.inputSequence())
        .time(event.time())
        .instrumentId(event.instrument())
        .lowBucket(event.lowBucket())
        .highBucket(event.highBucket())
        .side(side(event))
        .change(change)
        .clusterId(event.cluster())
        .priceLow(event.priceLow())
        .priceHigh(event.priceHigh())
        .peakPrice(event.peakPrice())
        .notional(event.notional())
        .previousNotional(event.previousNotional())
        .mapNumber((short) event.map())
        .encodedLength();
  }

  private int cascade(
      final long sequence,
      final MapEvent event,
      final MutableDirectBuffer buffer,
      final int offset) {
    return cascade
        .wrapAndApplyHeader(buffer, offset, header)
        .sequence(sequence)
        .inputSequence(event.inputSequence())
        .time(event.time())
        .instrumentId(event.instrument())
        .rounds(event.rounds())
        .side(side(event))
        .reachPrice(event.reachPrice())
        .notional(event.expectedNotional())
        .mapNumber((short) event.map())
        .encodedLength();
  }

  private int quality(
      final long sequence,
      final MapEvent event,
      final MutableDirectBuffer buffer,
      final int offset) {
    quality
        .wrapAndApplyHeader(buffer, offset, header)
        .sequence(sequence)
        .inputSequence(event.inputSequence())
        .time(event.time())
        .instrumentId(event.instrument());
    put(event.qualityBefore(), quality.before());
    put(event.qualityAfter(), quality.now());
    return quality.encodedLength();
  }

  private static void put(final int flags, final QualityEncoder to) {
    to.clear()
        .openInterestStale((flags & QualityFlags.OPEN_INTEREST_STALE) != 0)
        .markMissing((flags & QualityFlags.MARK_MISSING) != 0)
        .gap((flags & QualityFlags.GAP) != 0)
        .rejected((flags & QualityFlags.REJECTED) != 0)
        .notJournaled((flags & QualityFlags.NOT_JOURNALED) != 0)
        .unproven((flags & QualityFlags.UNPROVEN) != 0)
        .uncalibrated((flags & QualityFlags.UNCALIBRATED) != 0)
        .memberSilent((flags & QualityFlags.MEMBER_SILENT) != 0);
  }

  private int calibration(
      final long sequence,
      final MapEvent event,
      final MutableDirectBuffer buffer,
      final int offset) {
    return calibration
        .wrapAndApplyHeader(buffer, offset, header)
        .sequence(sequence)
        .inputSequence(event.inputSequence())
        .time(event.time())
        .instrumentId(event.instrument())
        .side(side(event))
        .before(status(event.statusBefore()))
        .now(status(event.statusAfter()))
        .expectedOverRealised(event.expectedOverRealised())
        .low(event.expectedOverRealisedLow())
        .high(event.expectedOverRealisedHigh())
        .encodedLength();
  }

  private static CalibrationStatus status(final Enum<?> status) {
    return CalibrationStatus.get((short) status.ordinal());
  }

  private static PositionSide side(final MapEvent event) {
    return event.side() == Side.LONG ? PositionSide.LONG : PositionSide.SHORT;
  }
}
