package io.liqmap.engine.shared.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.liqmap.codecs.events.CalibrationChangedDecoder;
import io.liqmap.codecs.events.CascadeWarningDecoder;
import io.liqmap.codecs.events.ClusterChangedDecoder;
import io.liqmap.codecs.events.MessageHeaderDecoder;
import io.liqmap.codecs.events.PositionSide;
import io.liqmap.codecs.events.QualityChangedDecoder;
import io.liqmap.codecs.events.QualityDecoder;
import io.liqmap.codecs.events.SweepDecoder;
import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.core.clusters.NumberedEvent;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.margin.Side;
import org.agrona.DirectBuffer;

/** Decodes messages as a reader would, and compares every field with the event that was sent. */
final class ReceivedEvent {
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final SweepDecoder sweep = new SweepDecoder();
  private final ClusterChangedDecoder cluster = new ClusterChangedDecoder();
  private final CascadeWarningDecoder cascade = new CascadeWarningDecoder();
  private final QualityChangedDecoder quality = new QualityChangedDecoder();
  private final CalibrationChangedDecoder calibration = new CalibrationChangedDecoder();
  private final NumberedEvent numbered = new NumberedEvent();

  /**
   * Checks that a message is the whole of a numbered event.
   *
   * @return its sequence, which is its number
   */
  long check(final DirectBuffer buffer, final int offset, final int length) {
    // All messages begin with their sequence.
    final long number = buffer.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH);
    if (number < 1) {
      fail("sequence " + number);
    }
    check(numbered.of(number), number, buffer, offset, length);
    return number;
  }

  void check(
      final MapEvent sent,
      final long sequence,
      final DirectBuffer buffer,
      final int offset,
      final int length) {
    header.wrap(buffer, offset);
    assertEquals(MessageHeaderDecoder.SCHEMA_ID, header.schemaId());
    assertEquals(MessageHeaderDecoder.SCHEMA_VERSION, header.version());
    final int block = length - MessageHeaderDecoder.ENCODED_LENGTH;
    assertEquals(header.blockLength(), block);
    switch (sent.kind()) {
      case SWEPT -> checkSweep(sent, sequence, buffer, offset);
      case BORN, GROWN, SHRUNK, CLEARED -> checkCluster(sent, sequence, buffer, offset);
      case CASCADE_WARNING -> checkCascade(sent, sequence, buffer, offset);
      case QUALITY -> checkQuality(sent, sequence, buffer, offset);
      case CALIBRATION -> checkCalibration(sent, sequence, buffer, offset);
    }
  }

  private void checkSweep(
      final MapEvent sent, final long sequence, final DirectBuffer buffer, final int offset) {
    assertEquals(SweepDecoder.TEMPLATE_ID, header.templateId());
    sweep.wrapAndApplyHeader(buffer, offset, header);
    assertEquals(sequence, sweep.sequence());
    assertEquals(sent.inputSequence(), sweep.inputSequence());
    assertEquals(sent.time(), sweep.time());
    assertEquals(sent.instrument(), sweep.instrumentId());
    assertEquals(sent.lowBucket(), sweep.lowBucket());
    assertEquals(sent.highBucket(), sweep.highBucket());
    assertEquals(sideOf(sent), sweep.side());
    assertEquals(sent.priceLow(), sweep.priceLow());
    assertEquals(sent.priceHigh(), sweep.priceHigh());
    assertEquals(sent.expectedNotional(), sweep.expected());
    assertEquals(sent.observedNotional(), sweep.observed());
    assertEquals(sent.map(), sweep.mapNumber());
  }

  private void checkCluster(
      final MapEvent sent, final long sequence, final DirectBuffer buffer, final int offset) {
    assertEquals(ClusterChangedDecoder.TEMPLATE_ID, header.templateId());
    cluster.wrapAndApplyHeader(buffer, offset, header);
    assertEquals(sequence, cluster.sequence());
    assertEquals(sent.inputSequence(), cluster.inputSequence());
    assertEquals(sent.time(), cluster.time());
    assertEquals(sent.instrument(), cluster.instrumentId());
    assertEquals(sent.lowBucket(), cluster.lowBucket());
    assertEquals(sent.highBucket(), cluster.highBucket());
    assertEquals(sideOf(sent), cluster.side());
    assertEquals(sent.kind().name(), cluster.change().name());
    assertEquals(sent.cluster(), cluster.clusterId());
    assertEquals(sent.priceLow(), cluster.priceLow());
    assertEquals(sent.priceHigh(), cluster.priceHigh());
    assertEquals(sent.peakPrice(), cluster.peakPrice());
    assertEquals(sent.notional(), cluster.notional());
    assertEquals(sent.previousNotional(), cluster.previousNotional());
    assertEquals(sent.map(), cluster.mapNumber());
  }

  private void checkCascade(
      final MapEvent sent, final long sequence, final DirectBuffer buffer, final int offset) {
    assertEquals(CascadeWarningDecoder.TEMPLATE_ID, header.templateId());
    cascade.wrapAndApplyHeader(buffer, offset, header);
    assertEquals(sequence, cascade.sequence());
    assertEquals(sent.inputSequence(), cascade.inputSequence());
    assertEquals(sent.time(), cascade.time());
    assertEquals(sent.instrument(), cascade.instrumentId());
    assertEquals(sent.rounds(), cascade.rounds());
    assertEquals(sideOf(sent), cascade.side());
    assertEquals(sent.reachPrice(), cascade.reachPrice());
    assertEquals(sent.expectedNotional(), cascade.notional());
    assertEquals(sent.map(), cascade.mapNumber());
  }

  private void checkQuality(
      final MapEvent sent, final long sequence, final DirectBuffer buffer, final int offset) {
    assertEquals(QualityChangedDecoder.TEMPLATE_ID, header.templateId());
    quality.wrapAndApplyHeader(buffer, offset, header);
    assertEquals(sequence, quality.sequence());
    assertEquals(sent.inputSequence(), quality.inputSequence());
    assertEquals(sent.time(), quality.time());
    assertEquals(sent.instrument(), quality.instrumentId());
    assertEquals(sent.qualityBefore(), flags(quality.before()));
    assertEquals(sent.qualityAfter(), flags(quality.now()));
  }

  private static int flags(final QualityDecoder set) {
    return (set.openInterestStale() ? QualityFlags.OPEN_INTEREST_STALE : 0)
        | (set.markMissing() ? QualityFlags.MARK_MISSING : 0)
        | (set.gap() ? QualityFlags.GAP : 0)
        | (set.rejected() ? QualityFlags.REJECTED : 0)
        | (set.notJournaled() ? QualityFlags.NOT_JOURNALED : 0)
        | (set.unproven() ? QualityFlags.UNPROVEN : 0)
        | (set.uncalibrated() ? QualityFlags.UNCALIBRATED : 0)
        | (set.memberSilent() ? QualityFlags.MEMBER_SILENT : 0);
  }

  private void checkCalibration(
      final MapEvent sent, final long sequence, final DirectBuffer buffer, final int offset) {
    assertEquals(CalibrationChangedDecoder.TEMPLATE_ID, header.templateId());
    calibration.wrapAndApplyHeader(buffer, offset, header);
    assertEquals(sequence, calibration.sequence());
    assertEquals(sent.inputSequence(), calibration.inputSequence());
    assertEquals(sent.time(), calibration.time());
    assertEquals(sent.instrument(), calibration.instrumentId());
    assertEquals(sideOf(sent), calibration.side());
    assertEquals(sent.statusBefore().name(), calibration.before().name());
    assertEquals(sent.statusAfter().name(), calibration.now().name());
    assertEquals(sent.expectedOverRealised(), calibration.expectedOverRealised());
    assertEquals(sent.expectedOverRealisedLow(), calibration.low());
    assertEquals(sent.expectedOverRealisedHigh(), calibration.high());
  }

  private static PositionSide sideOf(final MapEvent sent) {
    return sent.side() == Side.LONG ? PositionSide.LONG : PositionSide.SHORT;
  }
}
