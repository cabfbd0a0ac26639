package io.liqmap.engine.replay;

import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.feed.FeedFileException;
import io.liqmap.engine.feed.FrameCursor;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Compares a feed with what a journal holds of it, message by message, and reports the first
 * difference.
 *
 * <pre>
 *   journal   trade 7 │ gap: 2 missing, 1 rejected │ trade 11 │ implausible 12 │ trade 13
 *   feed      trade 7 │ (10)                       │ trade 11 │ (12)           │ trade 13 │ what is new
 * </pre>
 *
 * The journal holds no rejected messages, so only their number is compared. One thread.
 */
final class JournalComparison implements AutoCloseable {
  private final Path folder;
  private final JournalReader journal;
  private final long lastSequence;
  private final long events;
  private final FrameCursor recorded = new FrameCursor();

  /** Events up to and with {@code recorded}. */
  private long event;

  private boolean isInDocument;

  /** Whether {@code recorded} is at an event that no message was compared with yet. */
  private boolean isAhead;

  /** Messages of the feed that the journal has counted as dropped. */
  private long dropped;

  /** Messages of lower sequences come before the place where the comparison begins. */
  private long begin = Long.MIN_VALUE;

  private long messages;

  /**
   * Opens a journal, from its start.
   *
   * @param events that it holds; later ones are ignored
   * @param lastSequence of the last of them
   */
  JournalComparison(final Path folder, final long events, final long lastSequence)
      throws IOException {
    this.folder = folder;
    this.events = events;
    this.lastSequence = lastSequence;
    journal = JournalReader.open(folder);
  }

  /** Begins where the journal has a message of this sequence or the next higher one. */
  void beginAt(final long sequence) throws JournalException {
    long document = -1;
    while (document < 0 && journal.events() < events && journal.pass()) {
      if (journal.kind() == Envelope.EVENTS && journal.envelope().lastSequence() >= sequence) {
        document = journal.documents() - 1;
      }
    }
    if (document < 0 && journal.events() < events) {
      throw unreadable();
    }
    begin = lastSequence + 1;
    event = events;
    if (document >= 0) {
      journal.rewind();
      while (journal.documents() < document) {
        if (!journal.pass()) {
          throw unreadable();
        }
      }
      event = journal.events();
      while (!isAhead && nextRecorded()) {
        isAhead = !recorded.isFoundGap() && recorded.sequence() >= sequence;
      }
      begin = isAhead ? recorded.sequence() : begin;
    }
  }

  /**
   * Compares the next message of the feed.
   *
   * @return whether the journal holds it
   * @throws FeedFileException if it isn't what the journal holds in its place
   */
  boolean holds(final FrameCursor message) throws IOException {
    messages++;
    if (begin != Long.MIN_VALUE) {
      if (!message.isNumbered() || message.sequence() < begin) {
        return true;
      }
      begin = Long.MIN_VALUE;
    }
    if (dropped > 0) {
      dropped--;
      return true;
    }
    while (isAhead || nextRecorded()) {
      isAhead = false;
      if (!recorded.isFoundGap()) {
        requireSame(message);
        return true;
      }
      dropped = recorded.feedMessages();
      if (dropped > 0) {
        dropped--;
        return true;
      }
    }
    return false;
  }

  private void requireSame(final FrameCursor message) throws FeedFileException {
    final boolean isSame =
        recorded.isImplausible()
            ? message.isNumbered() && message.sequence() == recorded.sequence()
            : message.isSame(recorded);
    if (!isSame) {
      throw new FeedFileException(
          "message "
              + messages
              + " of the feed ("
              + message.describe()
              + ") isn't what "
              + folder
              + " holds as event "
              + event
              + " ("
              + recorded.describe()
              + "): it isn't the feed that the journal was made from. Give that one, all of them where several were merged, or another folder for the journal");
    }
  }

  /**
   * Whether the first messages of the journal's feed have a checksum; true where the journal can't
   * say, because it has none for that place.
   */
  boolean hasPrefix(final long count, final int checksum) throws JournalException {
    long made = 0;
    while (made < count && nextRecorded()) {
      made += recorded.feedMessages();
    }
    return made != count || recorded.feedChecksum() == checksum;
  }

  private boolean nextRecorded() throws JournalException {
    while (event < events) {
      if (isInDocument && recorded.next()) {
        event++;
        return true;
      }
      isInDocument = false;
      if (!journal.next()) {
        throw unreadable();
      }
      if (journal.kind() == Envelope.EVENTS) {
        recorded.wrap(journal.buffer(), journal.offset(), journal.length());
        isInDocument = true;
      }
    }
    return false;
  }

  private JournalException unreadable() {
    return new JournalException(
        folder
            + ": comparison with the feed failed behind event "
            + journal.events()
            + "; verify the journal");
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
