package io.liqmap.engine.journal;

import io.liqmap.engine.core.state.StateReport;
import io.liqmap.engine.feed.FeedEvent;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * What an engine asks of its journal. One thread at a time appends; the figures may be read by any,
 * and are then of some moment before.
 */
public interface Journal extends AutoCloseable {
  /**
   * Takes an event; it goes to the disk with its document.
   *
   * @throws JournalException if the journal has failed, now or before
   */
  void append(FeedEvent event) throws JournalException;

  /**
   * Appends what was taken as one document, and acknowledges it.
   *
   * @throws JournalException if the journal has failed, now or before
   */
  void flush() throws JournalException;

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
