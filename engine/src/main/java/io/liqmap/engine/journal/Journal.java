package io.liqmap.engine.journal;

import io.liqmap.engine.core.state.StateReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/**
 * What an engine asks of its journal. One thread at a time appends; the figures may be read by any,
 * and are then of some moment before.
 */
public interface Journal extends AutoCloseable {
  /**
   * Appends events as one document, and acknowledges them.
   *
   * @param frames of the events, from its position to its limit, which stay; of the block size at
   *     most
   * @param count of the events, 1 or more
   * @param firstSequence of the first event
   * @param lastSequence of the last event
   * @throws JournalException if the journal has failed, now or before
   */
  void append(ByteBuffer frames, int count, long firstSequence, long lastSequence)
      throws JournalException;

  /**
   * Forces to the disk what is due; has to be called where nothing is appended.
   *
   * @throws JournalException if that fails
   */
  void syncWhenDue() throws JournalException;

  /**
   * Appends a snapshot.
   *
   * @param afterEvents events applied, from the start of the journal
   * @param hash hash of the state
   * @throws JournalException if the journal has failed, now or before
   */
  void appendSnapshot(
      long afterEvents, long sequence, long time, long hash, DirectBuffer state, int stateLength)
      throws JournalException;

  /**
   * Appends the report of a run and ends the journal.
   *
   * @throws JournalException if the journal has failed, now or before
   */
  void appendReport(StateReport report) throws JournalException;

  /** How the journal is kept. */
  JournalSettings settings();

  /** Events acknowledged. */
  long events();

  /** Documents appended, the settings included. */
  long documents();

  /** Snapshots appended. */
  long snapshots();

  /** Bytes appended. */
  long bytesWritten();

  /** Closes the files; without a report before, the journal counts as cut off in mid-run. */
  @Override
  void close() throws IOException;
}
