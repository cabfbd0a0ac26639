package io.liqmap.engine.journal;

import io.liqmap.codecs.state.MessageHeaderDecoder;
import io.liqmap.codecs.state.ReportDecoder;
import io.liqmap.codecs.state.SettingsDecoder;
import io.liqmap.codecs.state.SnapshotDecoder;
import io.liqmap.engine.core.state.StateReport;
import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.files.PlainFile;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a journal from its start, document by document, each checked before it is handed out; never
 * writes. One thread.
 *
 * <p>A journal that another process is writing reads as far as it had been acknowledged when it was
 * opened, or farther.
 */
public final class JournalReader implements AutoCloseable {
  /** States go in pieces of 4 MiB at most; what claims to be larger is damage. */
  private static final int MAX_DOCUMENT = 8 << 20;

  /** Bytes read at once, of documents read whole and of those skipped. */
  private static final int READ_AHEAD = 1 << 20;

  private static final int SKIP_AHEAD = 1 << 12;

  private static final int STATE_OFFSET = Envelope.LENGTH + MessageHeaderDecoder.ENCODED_LENGTH;

  private final JournalFolder folder;
  private final JournalMark mark;
  private final QueueReader queue;
  private final long acknowledgedDocuments;

  /** Null where nothing is known of it. */
  private final SyncedMark synced;

  private boolean isLossAccepted;
  private final Envelope envelope = new Envelope();
  private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final SnapshotDecoder snapshot = new SnapshotDecoder();

  private final MutableDirectBuffer pieces = new ExpandableDirectByteBuffer();
  private final UnsafeBuffer state = new UnsafeBuffer(0, 0);
  private int gathered;

  private String settings;
  private long documents;
  private long events;
  private int checksum;
  private long eventsAtMark;
  private int checksumAtMark;
  private long eventsBehindMark;
  private int checksumBehindMark;
  private boolean ended;
  private long runs;

  private Path lastFile;
  private long lastEnd;

  private JournalReader(
      final JournalFolder folder, final JournalMark mark, final SyncedMark synced) {
    this.folder = folder;
    this.mark = mark;
    this.synced = synced;
    queue =
        new QueueReader(
            folder.queue(), mark.firstDay(), (file) -> QueueFiles.continues(file, documents));
    acknowledgedDocuments = mark.documents();
    checksum = mark.chainStart();
  }

  /**
   * Opens a journal and reads its settings.
   *
   * @throws JournalException if there is none, or it is damaged at its start
   */
  public static JournalReader open(final Path path) throws IOException {
    final JournalFolder folder = new JournalFolder(path);
    folder.requireJournal();
    return open(folder, folder.mark());
  }

  static JournalReader open(final JournalFolder folder, final Path markFile) throws IOException {
    final JournalMark mark = JournalMark.open(markFile);
    final JournalReader reader = new JournalReader(folder, mark, SyncedMark.read(folder.synced()));
    try {
      if (mark.documents() == 0) {
        throw new JournalDamageException(markFile + ": says that nothing was acknowledged");
      }
      reader.readSettings();
      return reader;
    } catch (final IOException | RuntimeException | Error e) {
      reader.close();
      throw e;
    }
  }

  /** Settings that the events were applied with. */
  public String settings() {
    return settings;
  }

  /** Whether the journal's last run ended with a report, by now. */
  public boolean isClosedCleanly() {
    return mark.isClosedCleanly();
  }

  /** Runs that the documents read so far are of. */
  public long runs() {
    return runs;
  }

  /** Documents that had been acknowledged when it was opened. */
  public long acknowledgedDocuments() {
    return acknowledgedDocuments;
  }

  /**
   * Whether a writer has acknowledged more by now than was read. A look at shared memory, so a
   * reader that follows a writer can ask often.
   */
  public boolean isBehind() {
    return mark.documents() > documents;
  }

  /** Events that had been acknowledged by now. */
  public long acknowledgedEvents() {
    return mark.events();
  }

  /** Goes back to the start, behind the settings. */
  public void rewind() throws JournalException {
    toStart();
    reposition(0, 0, mark.chainStart());
    runs = 0;
    readSettings();
  }

  private void toStart() throws JournalException {
    try {
      queue.toStart();
    } catch (final IOException e) {
      throw unreadable(e);
    }
  }

  private void reposition(final long documentsBefore, final long eventsBefore, final int before) {
    documents = documentsBefore;
    events = eventsBefore;
    checksum = before;
    ended = false;
    gathered = 0;
  }

  /**
   * Goes to a place, so that the document there is the next; what is there is checked when it is
   * read.
   *
   * @return false if there is no such place
   */
  public boolean moveTo(final SnapshotIndex.Place place) throws JournalException {
    try {
      reposition(place.documents(), place.events(), place.checksum());
      return queue.moveTo(place.day(), place.position());
    } catch (final IOException e) {
      throw unreadable(e);
    }
  }

  /** Whether the document at a place is the one that it was noted for; moves the reader. */
  boolean isAt(final SnapshotIndex.Place place) throws JournalException {
    return moveTo(place)
        && pass()
        && envelope.blockNumber() == (int) place.documents()
        && envelope.previousChecksum() == place.checksum();
  }

  /**
   * Lists the snapshots that the mark keeps places of, the oldest first, without a look at what
   * comes before them; what it lists is checked when it is read. Where power was lost, only places
   * that were forced to the disk count: documents before a later one may be missing. Goes back to
   * the start.
   */
  public List<SnapshotIndex.Entry> recentSnapshots() throws JournalException {
    final List<SnapshotIndex.Entry> found = new ArrayList<>();
    for (final SnapshotIndex.Entry kept : mark.snapshots()) {
      final boolean isSynced = !isAfterRestart() || kept.place().documents() <= synced.documents();
      if (isSynced && isAt(kept.place()) && moveTo(kept.place()) && passTo(kept.document())) {
        passPieces();
        if (kind() == Envelope.SNAPSHOT) {
          found.add(kept.with(snapshot));
        }
      }
    }
    rewind();
    return found;
  }

  /**
   * Lists the snapshots by the headers of all documents, up to the end or the first unreadable one;
   * what it lists is checked when it is read. Goes back to the start.
   */
  public List<SnapshotIndex.Entry> snapshots() throws JournalException {
    final List<SnapshotIndex.Entry> found = new ArrayList<>();
    final SnapshotIndex index = new SnapshotIndex();
    if (documents != 1) {
      rewind();
    }
    SnapshotIndex.Place first = null;
    long pieces = 0;
    long documentsBefore = documents;
    long eventsBefore = events;
    int checksumBefore = checksum;
    while (pass()) {
      index.note(queue.day(), queue.position(), documentsBefore, eventsBefore, checksumBefore);
      if (first == null) {
        first = index.placeBefore(eventsBefore);
      }
      if (kind() == Envelope.SNAPSHOT) {
        final SnapshotIndex.Place place = index.placeBefore(snapshot.events());
        found.add(
            SnapshotIndex.Entry.unread(place == null ? first : place, documentsBefore - pieces)
                .with(snapshot));
      }
      pieces = kind() == Envelope.PIECE ? pieces + 1 : 0;
      documentsBefore = documents;
      eventsBefore = events;
      checksumBefore = checksum;
    }
    rewind();
    return found;
  }

  /**
   * Goes ahead of a document by headers alone.
   *
   * @param document its number, not lower than that of the next
   * @return false where a header before it is unreadable
   */
  public boolean passTo(final long document) throws JournalException {
    while (documents < document) {
      if (!pass()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Goes to the next document by its header alone: {@link #envelope()} holds, the payload and its
   * checksum aren't checked.
   *
   * @return false at the end, or without a header of ours
   */
  public boolean pass() throws JournalException {
    gathered = 0;
    try {
      if (!queue.next(SKIP_AHEAD)) {
        return false;
      }
      final int head = Math.min(queue.length(), STATE_OFFSET + SnapshotDecoder.BLOCK_LENGTH);
      queue.content(head, SKIP_AHEAD, buffer);
      if (envelope.read(buffer, 0, head) != null) {
        return false;
      }
      if (envelope.kind() == Envelope.SNAPSHOT) {
        if (head < STATE_OFFSET + SnapshotDecoder.BLOCK_LENGTH) {
          return false;
        }
        header.wrap(buffer, Envelope.LENGTH);
        snapshot.wrap(buffer, STATE_OFFSET, header.blockLength(), header.version());
      }
      advance();
      return true;
    } catch (final JournalDamageException e) {
      return false;
    } catch (final IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Goes past a snapshot and the pieces before it by their headers alone.
   *
   * @throws JournalDamageException if they say that they hold events
   */
  public void passSnapshot() throws JournalException {
    final long before = events;
    passPieces();
    if (events != before) {
      throw damaged("a snapshot before it says that it holds events");
    }
  }

  private void passPieces() throws JournalException {
    boolean isPiece = true;
    while (isPiece && pass()) {
      isPiece = kind() == Envelope.PIECE;
    }
  }

  /**
   * Goes to the next document.
   *
   * @return false at the end
   * @throws JournalDamageException if the document isn't what was written, or the journal ends
   *     before what was acknowledged
   */
  public boolean next() throws JournalException {
    try {
      return nextWhole();
    } catch (final JournalDamageException e) {
      if (!isLostWithPower()) {
        throw e;
      }
      if (isLossAccepted) {
        return false;
      }
      throw new JournalDamageException(
          folder.path()
              + ": loss of power: the machine was started again since this was written, and of "
              + acknowledgedDocuments
              + " acknowledged documents only "
              + documents
              + ", up to event "
              + events
              + ", are on the disk (journal.sync). They are whole; an engine resumes from there, with a feed that brings the rest again");
    }
  }

  /** Whether what comes next had been acknowledged, but not been forced to the disk. */
  private boolean isLostWithPower() {
    return isAfterRestart() && documents >= synced.documents();
  }

  /** Whether the machine was started again since its last documents were written. */
  private boolean isAfterRestart() {
    return synced != null && synced.isOfEarlierBoot();
  }

  /**
   * Takes what a loss of power has left for the end; what was forced to the disk has to be there.
   */
  void acceptLoss() {
    isLossAccepted = true;
  }

  /** Whether pages of the last file may be missing that no document's checksum covers. */
  boolean isTornFile() {
    return isAfterRestart() && !(isClosedCleanly() && synced.documents() >= documents);
  }

  /** Documents that are on the disk for certain. */
  long syncedDocuments() {
    return synced == null ? 0 : Math.min(synced.documents(), documents);
  }

  /** Events that are on the disk for certain. */
  long syncedEvents() {
    return synced == null ? 0 : Math.min(synced.events(), events);
  }

  private boolean nextWhole() throws JournalException {
    if (!read()) {
      if (documents < acknowledgedDocuments) {
        throw damaged(
            "the journal ends after "
                + documents
                + " documents, "
                + acknowledgedDocuments
                + " were acknowledged: it was cut off, a page of it was lost, or it was copied while"
                + " an engine wrote it, the queue before the mark (copy a running journal with"
                + " JournalCopy)");
      }
      final String flaw = flawOfMark();
      if (flaw == null) {
        return false;
      }
      // A writer appends before it marks: what the mark is ahead by can be read now.
      if (!read()) {
        throw damaged(flaw);
      }
    }
    return true;
  }

  private boolean read() throws JournalException {
    try {
      if (!queue.next(READ_AHEAD)) {
        return false;
      }
      if (queue.length() < Envelope.LENGTH || queue.length() > MAX_DOCUMENT) {
        throw new JournalDamageException(
            "a document of " + queue.length() + " bytes isn't one of ours");
      }
      queue.content(queue.length(), READ_AHEAD, buffer);
    } catch (final JournalDamageException e) {
      throw damaged(e.getMessage());
    } catch (final IOException e) {
      throw unreadable(e);
    }
    check(queue.length());
    return true;
  }

  private JournalException unreadable(final IOException e) {
    if (e instanceof ClosedChannelException) {
      return new JournalException(folder.path() + ": reading was interrupted", e);
    }
    // A missing permission is no damage.
    return e instanceof AccessDeniedException denied
        ? new JournalException(denied.getFile() + ": " + PlainFile.reason(denied), e)
        : damaged("reading failed: " + e);
  }

  private void check(final int size) throws JournalException {
    final String flaw = envelope.read(buffer, 0, size);
    if (flaw != null) {
      throw damaged(flaw);
    }
    if (envelope.payloadLength() != size - Envelope.LENGTH && !isPadding(size)) {
      throw damaged(
          "the document has "
              + (size - Envelope.LENGTH)
              + " bytes, its header says "
              + envelope.payloadLength());
    }
    if (!envelope.isIntact(buffer.byteBuffer(), buffer.wrapAdjustment())) {
      throw damaged("the checksum doesn't match");
    }
    if (documents == 0 && envelope.blockNumber() == 0 && envelope.previousChecksum() != checksum) {
      throw damaged("the mark and the queue are of two journals");
    }
    if (envelope.blockNumber() != (int) documents || envelope.previousChecksum() != checksum) {
      throw damaged(
          "the document bears the number "
              + envelope.blockNumber()
              + ": one was lost, doubled or swapped");
    }
    if (envelope.kind() == Envelope.EVENTS && envelope.firstEvent() != events) {
      throw damaged("it starts with event " + envelope.firstEvent() + " instead of " + events);
    }
    if (ended && envelope.kind() != Envelope.SETTINGS) {
      throw damaged("it follows the end of a run and begins no other");
    }
    if (envelope.kind() == Envelope.SETTINGS) {
      begin();
    }
    gather();
    advance();
  }

  private void advance() {
    lastFile = queue.file();
    lastEnd = queue.end();
    documents++;
    events += envelope.count();
    checksum = envelope.checksum();
    ended = envelope.kind() == Envelope.END;
    if (documents == acknowledgedDocuments) {
      eventsAtMark = events;
      checksumAtMark = checksum;
    }
    if (documents == acknowledgedDocuments || documents == acknowledgedDocuments + 1) {
      eventsBehindMark = events;
      checksumBehindMark = checksum;
    }
  }

  /**
   * What the mark says of the last acknowledged document against that document. A writer that was
   * killed may have written a part of the next.
   */
  private String flawOfMark() {
    if (mark.documents() != acknowledgedDocuments) {
      return null;
    }
    if (mark.events() != eventsAtMark && mark.events() != eventsBehindMark) {
      return "the mark says " + mark.events() + " events, not " + eventsAtMark;
    }
    if (mark.checksum() != checksumAtMark && mark.checksum() != checksumBehindMark) {
      return "the mark is of another document "
          + (acknowledgedDocuments - 1)
          + " than the journal's";
    }
    return mark.isClosedCleanly() && !ended
        ? "the mark says that a run ends here, the journal doesn't"
        : null;
  }

  /** Puts the pieces of a state together; a snapshot that follows has the last. */
  private void gather() throws JournalException {
    if (envelope.kind() == Envelope.PIECE) {
      if (JournalWriter.MAX_STATE - gathered < envelope.payloadLength()) {
        throw damaged("the pieces of a state are larger than any state");
      }
      pieces.putBytes(gathered, buffer, Envelope.LENGTH, envelope.payloadLength());
      gathered += envelope.payloadLength();
    } else if (envelope.kind() == Envelope.SNAPSHOT) {
      final SnapshotDecoder last = snapshot();
      requireWithin(last.limit(), SnapshotDecoder.stateHeaderLength());
      final int length = last.stateLength();
      requireWithin(last.limit() + SnapshotDecoder.stateHeaderLength(), length);
      if (gathered == 0) {
        last.wrapState(state);
      } else {
        pieces.checkLimit(gathered + length);
        last.getState(pieces, gathered, length);
        state.wrap(pieces, 0, gathered + length);
      }
      gathered = 0;
    } else {
      gathered = 0;
    }
  }

  /** Each run begins with its settings; those that decide the state are the same in all. */
  private void begin() throws JournalException {
    final String text = settingsText();
    if (settings == null) {
      settings = text;
    } else if (RunSettings.difference(settings, text) != null) {
      throw damaged("a run begins with other settings: " + RunSettings.difference(settings, text));
    }
    runs++;
  }

  /** Settings of a run, when they were just read. */
  String settingsText() throws JournalException {
    wrapHeader(SettingsDecoder.TEMPLATE_ID, SettingsDecoder.BLOCK_LENGTH);
    final SettingsDecoder message = new SettingsDecoder();
    message.wrap(buffer, STATE_OFFSET, header.blockLength(), header.version());
    requireWithin(message.limit(), SettingsDecoder.textHeaderLength());
    final int length = message.textLength();
    requireWithin(message.limit() + SettingsDecoder.textHeaderLength(), length);
    final byte[] text = new byte[length];
    message.getText(text, 0, length);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Requires that a message fits into its document. */
  private void requireWithin(final int start, final int length) throws JournalException {
    if (length < 0 || length > Envelope.LENGTH + envelope.payloadLength() - start) {
      throw damaged("its message says that it holds more than the document does");
    }
  }

  /** Documents are padded to multiples of four. */
  private boolean isPadding(final int size) {
    final int surplus = size - Envelope.LENGTH - envelope.payloadLength();
    return surplus > 0 && surplus < 4;
  }

  /** One of {@link Envelope}'s kinds. */
  public int kind() {
    return envelope.kind();
  }

  /** The document's header. */
  public Envelope envelope() {
    return envelope;
  }

  /** Holds the document's payload, from {@link #offset()}; until the next document. */
  public DirectBuffer buffer() {
    return buffer;
  }

  /** Where the payload starts. */
  public int offset() {
    return Envelope.LENGTH;
  }

  /** Bytes of the payload. */
  public int length() {
    return envelope.payloadLength();
  }

  /** Documents read so far, the settings included. */
  public long documents() {
    return documents;
  }

  /** Events in the documents read so far. */
  public long events() {
    return events;
  }

  /**
   * Requires that the queue holds no files of another origin. Chronicle Queue goes by names alone:
   * a resuming run would take one for the journal's first, or append to it.
   *
   * @param isAtEnd whether the journal was read to its end, so that later files are checked too
   * @throws JournalDamageException if there is one; the journal itself is whole all the same
   */
  public void requireNoForeignFiles(final boolean isAtEnd) throws JournalException {
    Path foreign = null;
    try {
      for (final Path file : QueueFiles.all(folder.queue())) {
        if (isBefore(file) || (isAtEnd && QueueFiles.isForeign(file, lastFile, documents))) {
          foreign = file;
        }
      }
    } catch (final IOException e) {
      throw new JournalException(folder.queue() + ": listing failed: " + PlainFile.reason(e), e);
    }
    if (foreign != null) {
      throw new JournalDamageException(
          foreign
              + ": is no file of this journal, and a run that resumes it would take it for one."
              + " Move it out of the folder, and verify the journal");
    }
  }

  private boolean isBefore(final Path file) {
    return !QueueFiles.isName(file) || QueueFiles.day(file) < mark.firstDay();
  }

  /** Whether the last document read is the end of a run. */
  boolean isAtEndOfRun() {
    return ended;
  }

  int checksum() {
    return checksum;
  }

  Path lastFile() {
    return lastFile;
  }

  long lastEnd() {
    return lastEnd;
  }

  /**
   * The snapshot that was read, to be used before the next document; {@link #state} has its state.
   *
   * @throws JournalDamageException if it is none
   */
  public SnapshotDecoder snapshot() throws JournalException {
    wrapHeader(SnapshotDecoder.TEMPLATE_ID, SnapshotDecoder.BLOCK_LENGTH);
    snapshot.wrap(buffer, STATE_OFFSET, header.blockLength(), header.version());
    return snapshot;
  }

  /** The whole state of the snapshot that was read, to be used before the next document. */
  public DirectBuffer state() {
    return state;
  }

  /**
   * The report that was read.
   *
   * @throws JournalDamageException if it is none
   */
  public StateReport report() throws JournalException {
    wrapHeader(ReportDecoder.TEMPLATE_ID, ReportDecoder.BLOCK_LENGTH);
    final ReportDecoder message = new ReportDecoder();
    message.wrap(buffer, STATE_OFFSET, header.blockLength(), header.version());
    return new StateReport(
        message.events(),
        message.sequence(),
        message.time(),
        message.stateHash(),
        message.sweptNotionalLong(),
        message.sweptNotionalShort(),
        message.observedLiquidationNotionalLong(),
        message.observedLiquidationNotionalShort(),
        message.gaps(),
        message.rejected());
  }

  @Override
  public void close() throws IOException {
    try {
      queue.close();
    } finally {
      mark.close();
    }
  }

  private void readSettings() throws JournalException {
    if (!next() || kind() != Envelope.SETTINGS) {
      throw damaged("the settings are missing");
    }
  }

  /**
   * Checks a message's header.
   *
   * @param block bytes of the fields that will be read
   */
  private void wrapHeader(final int template, final int block) throws JournalException {
    requireWithin(Envelope.LENGTH, MessageHeaderDecoder.ENCODED_LENGTH);
    header.wrap(buffer, Envelope.LENGTH);
    if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
      throw damaged("a message of schema " + header.schemaId() + " instead of one of ours");
    }
    if (header.templateId() != template) {
      throw damaged("message " + header.templateId() + " instead of " + template);
    }
    requireWithin(STATE_OFFSET, Math.max(block, header.blockLength()));
  }

  private JournalDamageException damaged(final String flaw) {
    return new JournalDamageException(
        folder.path()
            + ": document "
            + documents
            + ", behind event "
            + events
            + ": "
            + flaw
            + ". What comes before is whole; keep the folder as it is, and replay up to there");
  }
}
