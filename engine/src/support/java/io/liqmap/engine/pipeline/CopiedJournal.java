package io.liqmap.engine.pipeline;

import io.liqmap.engine.core.state.StateReport;
import io.liqmap.engine.feed.FrameCursor;
import io.liqmap.engine.journal.Journal;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal of one event to a document, whose folder can be looked at behind each of them. */
record CopiedJournal(Journal journal, Look look) implements Journal {

  /** What is done behind each document. */
  interface Look {
    void behind(long documents) throws IOException;
  }

  @Override
  public void append(
      final ByteBuffer frames, final int count, final long firstSequence, final long lastSequence)
      throws JournalException {
    final FrameCursor frame = new FrameCursor();
    frame.wrap(new UnsafeBuffer(frames), frames.position(), frames.remaining());
    while (frame.next()) {
      journal.append(
          frames.duplicate().limit(frame.end()).position(frame.start()),
          1,
          frame.sequence(),
          frame.sequence());
      lookBehind();
    }
  }

  @Override
  public void syncWhenDue() throws JournalException {
    journal.syncWhenDue();
  }

  @Override
  public void appendSnapshot(
      final long afterEvents,
      final long sequence,
      final long time,
      final long hash,
      final DirectBuffer state,
      final int stateLength)
      throws JournalException {
    journal.appendSnapshot(afterEvents, sequence, time, hash, state, stateLength);
    lookBehind();
  }

  private void lookBehind() {
    try {
      look.behind(journal.documents());
    } catch (final IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void appendReport(final StateReport report) throws JournalException {
    journal.appendReport(report);
    lookBehind();
  }

  @Override
  public JournalSettings settings() {
    return journal.settings();
  }

  @Override
  public long events() {
    return journal.events();
  }

  @Override
  public long documents() {
    return journal.documents();
  }

  @Override
  public long snapshots() {
    return journal.snapshots();
  }

  @Override
  public long bytesWritten() {
    return journal.bytesWritten();
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
