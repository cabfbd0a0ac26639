package io.liqmap.engine.pipeline;

import io.liqmap.codecs.feed.MessageHeaderDecoder;
import io.liqmap.codecs.feed.TradeDecoder;
import io.liqmap.engine.core.state.StateReport;
import io.liqmap.engine.journal.Journal;
import io.liqmap.engine.journal.JournalSettings;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal without a disk, small enough to be made by the million: takes trades of which price and
 * quantity are their sequence, and snapshots whose hash is known.
 */
final class StressedJournal implements Journal {
  private static final JournalSettings SETTINGS = new JournalSettings(4096, 1 << 24);

  private static final int FRAME_HEADER = 8;

  private final UnsafeBuffer trade = new UnsafeBuffer(0, 0);
  private final TradeDecoder decoder = new TradeDecoder();
  private final long[] hashes;
  private boolean isWhole = true;
  private long lastSequence;
  private long events;
  private long snapshots;
  private long lastSnapshot;
  private final AtomicInteger closed = new AtomicInteger();

  /**
   * Makes a journal.
   *
   * @param hashes of the states, by events applied
   */
  StressedJournal(final long... hashes) {
    this.hashes = hashes;
  }

  /** Each document is one trade. */
  @Override
  public void append(
      final ByteBuffer frames, final int count, final long firstSequence, final long sequence) {
    trade.wrap(frames, frames.position(), frames.remaining());
    decoder.wrap(
        trade,
        FRAME_HEADER + MessageHeaderDecoder.ENCODED_LENGTH,
        TradeDecoder.BLOCK_LENGTH,
        TradeDecoder.SCHEMA_VERSION);
    isWhole &=
        count == 1
            && firstSequence == sequence
            && decoder.sequence() == sequence
            && decoder.price() == sequence
            && decoder.quantity() == sequence;
    lastSequence = Math.max(lastSequence, sequence);
    events++;
  }

  @Override
  public void syncWhenDue() {}

  @Override
  public void appendSnapshot(
      final long afterEvents,
      final long atSequence,
      final long time,
      final long hash,
      final DirectBuffer state,
      final int stateLength) {
    isWhole &= hashes[(int) afterEvents] == hash && afterEvents > lastSnapshot;
    lastSnapshot = afterEvents;
    snapshots++;
  }

  @Override
  public void appendReport(final StateReport report) {}

  /** Whether nothing was appended that was a mixture, or came in another order. */
  boolean isWhole() {
    return isWhole;
  }

  /** Highest sequence that was acknowledged, 0 for none. */
  long lastSequence() {
    return lastSequence;
  }

  /** How often it was closed. */
  int closed() {
    return closed.get();
  }

  @Override
  public JournalSettings settings() {
    return SETTINGS;
  }

  /** Where snapshots come, all events were appended long ago. */
  @Override
  public long events() {
    return hashes.length > 0 ? hashes.length : events;
  }

  @Override
  public long documents() {
    return events;
  }

  @Override
  public long snapshots() {
    return snapshots;
  }

  @Override
  public long bytesWritten() {
    return events;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}
