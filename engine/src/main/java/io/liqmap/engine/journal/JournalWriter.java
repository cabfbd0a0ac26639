package io.liqmap.engine.journal;

import io.liqmap.codecs.state.ReportEncoder;
import io.liqmap.codecs.state.SettingsEncoder;
import io.liqmap.codecs.state.SnapshotEncoder;
import io.liqmap.engine.core.state.StateReport;
import io.liqmap.engine.feed.Envelope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Appends events and snapshots to a journal, several events to a document.
 *
 * <p>The first fault ends the journal: what was acknowledged before stays whole, and every later
 * call throws the same way. One thread at a time; allocates nothing in steady state.
 */
public final class JournalWriter implements Journal {
  /** Largest state that a snapshot holds, in bytes. */
  public static final int MAX_STATE = 1 << 29;

  /** Chronicle Queue maps its file in parts, and a larger document could reach beyond one. */
  private static final int MAX_PIECE = 4 << 20;

  private static final int BLOCKS_PER_PIECE = 16;

  private static final int FREE_SPACE_CHECK_BYTES = 4 << 20;
  private static final long CHECK_NANOS = 1_000_000_000L;
  private static final int FEED_SCHEMA = io.liqmap.codecs.feed.MessageHeaderEncoder.SCHEMA_ID;
  private static final int FEED_VERSION = io.liqmap.codecs.feed.MessageHeaderEncoder.SCHEMA_VERSION;
  private static final int STATE_SCHEMA = io.liqmap.codecs.state.MessageHeaderEncoder.SCHEMA_ID;
  private static final int STATE_VERSION =
      io.liqmap.codecs.state.MessageHeaderEncoder.SCHEMA_VERSION;
  private static final int STATE_HEADER =
      io.liqmap.codecs.state.MessageHeaderEncoder.ENCODED_LENGTH;

  private final JournalFolder folder;
  private final JournalSettings settings;
  private final JournalLock lock;
  private final JournalMark mark;
  private final ChronicleQueue queue;
  private final ExcerptAppender appender;
  private final SnapshotIndex index = new SnapshotIndex();
  private final QueueSpace space = new QueueSpace();
  private final QueueSync sync;
  private final Envelope envelope = new Envelope();
  private final ByteBuffer headerBytes = ByteBuffer.allocateDirect(Envelope.LENGTH);
  private final UnsafeBuffer headerBuffer = new UnsafeBuffer(headerBytes);
  private final UnsafeBuffer target = new UnsafeBuffer(0, 0);
  private final io.liqmap.codecs.state.MessageHeaderEncoder header =
      new io.liqmap.codecs.state.MessageHeaderEncoder();
  private final SnapshotEncoder snapshot = new SnapshotEncoder();

  /** Stored in order: the engine reads them while the journal's thread may be appending. */
  private final AtomicLong events = new AtomicLong();

  private final AtomicLong documents = new AtomicLong();
  private final AtomicLong snapshots = new AtomicLong();
  private final AtomicLong bytesWritten = new AtomicLong();

  private final int pieceBytes;

  /** Of a document that isn't of events. */
  private ByteBuffer payload;

  private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
  private int checksum;
  private long position;
  private long bytesToCheck;
  private long checkedAt;
  private long syncedAt = System.nanoTime();
  private boolean isForced = true;
  private boolean isSyncing;
  private JournalException failure;

  private JournalWriter(
      final JournalFolder folder,
      final JournalSettings settings,
      final JournalLock lock,
      final JournalMark mark,
      final ChronicleQueue queue) {
    this.folder = folder;
    this.settings = settings;
    this.lock = lock;
    this.mark = mark;
    this.queue = queue;
    sync = new QueueSync(folder);
    pieceBytes = Math.min(MAX_PIECE, BLOCKS_PER_PIECE * settings.blockBytes());
    appender = queue.createAppender();
    // Handed from the thread that starts to the one that journals to the one that closes, never
    // shared.
    appender.singleThreadedCheckDisabled(true);
    reserve(settings.blockBytes());
  }

  /**
   * Starts a journal in a folder that is new or empty, and proves that it can be written and read
   * back.
   *
   * @param settingsText settings that its events will be applied with, for replays to read
   * @throws JournalException if the folder holds anything, another engine writes to it, or the disk
   *     has too little free
   */
  public static JournalWriter create(
      final Path path, final JournalSettings settings, final String settingsText)
      throws IOException {
    return create(path, System::currentTimeMillis, settings, settingsText);
  }

  /**
   * The same on another clock than the machine's.
   *
   * @param clock ms since 1970; decides when the journal rolls to the next day's file
   */
  public static JournalWriter create(
      final Path path,
      final LongSupplier clock,
      final JournalSettings settings,
      final String settingsText)
      throws IOException {
    return create(new JournalFolder(path, clock::getAsLong), settings, settingsText);
  }

  static JournalWriter create(
      final JournalFolder folder, final JournalSettings settings, final String settingsText)
      throws IOException {
    folder.requireRoom();
    final JournalLock lock = folder.lockForWriting();
    JournalWriter writer = null;
    JournalMark mark = null;
    try {
      folder.requireRoom();
      folder.requireFree(settings.minFreeBytes(), 0);
      folder.removeUnfinished();
      lock.createMark(folder.newMark());
      folder.beginMark();
      mark = JournalMark.create(lock.mark());
      writer = appending(folder, settings, lock, mark);
      writer.checksum = mark.chainStart();
      writer.appendSettings(settingsText, 0);
      mark.startsAt(writer.day());
      writer.probe(folder.newMark(), settingsText);
      // Only now is it a journal: a run stopped before this has acknowledged nothing.
      folder.nameMark();
      writer.beginSync(0, 0);
      return writer;
    } catch (final IOException | RuntimeException | Error e) {
      abandon(writer, mark, lock);
      throw e;
    }
  }

  /**
   * Resumes a journal that a reader has read to its end.
   *
   * @param sequence feed sequence of the journal's last event
   */
  static JournalWriter resume(
      final JournalFolder folder,
      final JournalSettings settings,
      final String settingsText,
      final long sequence,
      final JournalReader end,
      final JournalLock lock)
      throws IOException {
    folder.requireFree(settings.minFreeBytes(), end.events());
    JournalWriter writer = null;
    JournalMark mark = null;
    try {
      final Path last = end.lastFile();
      final long lastEnd =
          end.isTornFile() && !QueueFiles.isCompressed(last)
              ? new QueueRebuild(folder, last).rebuild(end.lastEnd())
              : end.lastEnd();
      final boolean isDayOver = new QueueTail(folder.queue(), last).clear(lastEnd);
      folder.notBefore(QueueFiles.day(last) + (isDayOver ? 1 : 0));
      mark = JournalMark.reopen(folder.mark(), lock.mark());
      writer = appending(folder, settings, lock, mark);
      writer.documents.setRelease(end.documents());
      writer.events.setRelease(end.events());
      writer.checksum = end.checksum();
      mark.begin();
      writer.appendSettings(settingsText, sequence);
      writer.probe(folder.mark(), settingsText);
      writer.beginSync(end.syncedDocuments(), end.syncedEvents());
      return writer;
    } catch (final IOException | RuntimeException | Error e) {
      abandon(writer, mark, null);
      throw e;
    }
  }

  /** Chronicle Queue reads headers of its own in the file, which no reader of ours looks at. */
  private static JournalWriter appending(
      final JournalFolder folder,
      final JournalSettings settings,
      final JournalLock lock,
      final JournalMark mark)
      throws JournalException {
    final ChronicleQueue queue = folder.openForWriting();
    try {
      return new JournalWriter(folder, settings, lock, mark, queue);
    } catch (final Exception | InternalError e) {
      queue.close();
      if (mark.documents() == 0) {
        throw new JournalException(
            folder.queue() + ": Chronicle Queue failed to begin it: " + e, e);
      }
      throw new JournalDamageException(
          folder.queue()
              + ": Chronicle Queue can't append after its last document ("
              + e
              + "). What was acknowledged can be read; keep the folder as it is, and take another");
    }
  }

  private static void abandon(
      final JournalWriter writer, final JournalMark mark, final JournalLock lock)
      throws IOException {
    if (writer != null) {
      writer.queue.close();
      writer.space.close();
    }
    if (mark != null) {
      mark.close();
    }
    if (lock != null) {
      lock.close();
    }
  }

  @Override
  public void append(
      final ByteBuffer frames, final int count, final long firstSequence, final long lastSequence)
      throws JournalException {
    envelope.set(
        Envelope.EVENTS,
        FEED_SCHEMA,
        FEED_VERSION,
        count,
        events(),
        firstSequence,
        lastSequence,
        frames.remaining());
    write(frames);
  }

  /** A state that is too large for one document goes ahead of its snapshot in pieces. */
  @Override
  public void appendSnapshot(
      final long afterEvents,
      final long sequence,
      final long time,
      final long hash,
      final DirectBuffer state,
      final int stateLength)
      throws JournalException {
    final long first = documents();
    int done = 0;
    for (; stateLength - done > pieceBytes; done += pieceBytes) {
      appendPiece(afterEvents, sequence, state, done);
    }
    reserve(STATE_HEADER + SnapshotEncoder.BLOCK_LENGTH + 8 + stateLength - done);
    snapshot
        .wrapAndApplyHeader(buffer, 0, header)
        .events(afterEvents)
        .sequence(sequence)
        .time(time)
        .stateHash(hash)
        .putState(state, done, stateLength - done);
    final int length = STATE_HEADER + snapshot.encodedLength();
    writeState(Envelope.SNAPSHOT, afterEvents, sequence, length);
    final SnapshotIndex.Place place = index.placeBefore(afterEvents);
    if (place != null) {
      mark.keep(place, first);
    }
    snapshots.setRelease(snapshots() + 1);
  }

  private void appendPiece(
      final long afterEvents, final long sequence, final DirectBuffer state, final int offset)
      throws JournalException {
    reserve(pieceBytes);
    buffer.putBytes(0, state, offset, pieceBytes);
    writeState(Envelope.PIECE, afterEvents, sequence, pieceBytes);
  }

  @Override
  public void appendReport(final StateReport report) throws JournalException {
    final ReportEncoder message = new ReportEncoder();
    message
        .wrapAndApplyHeader(buffer, 0, header)
        .events(report.events())
        .sequence(report.sequence())
        .time(report.time())
        .stateHash(report.stateHash())
        .sweptNotionalLong(report.sweptNotionalLong())
        .sweptNotionalShort(report.sweptNotionalShort())
        .observedLiquidationNotionalLong(report.observedLiquidationNotionalLong())
        .observedLiquidationNotionalShort(report.observedLiquidationNotionalShort())
        .gaps(report.gaps())
        .rejected(report.rejected());
    writeState(
        Envelope.END, events(), report.sequence(), STATE_HEADER + ReportEncoder.BLOCK_LENGTH);
    try {
      if (settings.sync() != JournalSync.NONE) {
        sync.force(space.file(), documents(), events());
      }
    } catch (final IOException e) {
      failure = appendingFailed(e);
      throw failure;
    }
    mark.acknowledgeEnd(settings.sync() != JournalSync.NONE);
  }

  @Override
  public JournalSettings settings() {
    return settings;
  }

  @Override
  public long events() {
    return events.getAcquire();
  }

  @Override
  public long documents() {
    return documents.getAcquire();
  }

  @Override
  public long snapshots() {
    return snapshots.getAcquire();
  }

  @Override
  public long bytesWritten() {
    return bytesWritten.getAcquire();
  }

  @Override
  public void close() throws IOException {
    try {
      queue.close();
    } finally {
      space.close();
      mark.close();
      lock.close();
    }
  }

  /** From here on a restart of the machine is distinguished from damage. */
  private void beginSync(final long syncedDocuments, final long syncedEvents) throws IOException {
    isSyncing = settings.sync() == JournalSync.INTERVAL;
    if (isSyncing) {
      sync.force(space.file(), documents(), events());
    } else {
      sync.begin(syncedDocuments, syncedEvents);
    }
  }

  private void appendSettings(final String text, final long sequence) throws JournalException {
    final byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    reserve(STATE_HEADER + 8 + encoded.length);
    final SettingsEncoder message = new SettingsEncoder();
    message.wrapAndApplyHeader(buffer, 0, header).putText(encoded, 0, encoded.length);
    writeState(Envelope.SETTINGS, events(), sequence, STATE_HEADER + message.encodedLength());
  }

  /** Reads back what was appended: Chronicle Queue can open read-only silently. */
  private void probe(final Path markFile, final String text) throws IOException {
    final SnapshotIndex.Place last =
        new SnapshotIndex.Place(
            day(), position, documents() - 1, events(), envelope.previousChecksum());
    try (JournalReader reader = JournalReader.open(folder, markFile)) {
      if (!reader.isAt(last)
          || !reader.moveTo(last)
          || !reader.next()
          || !reader.settingsText().equals(text)) {
        throw new JournalException(folder.path() + ": reading back what was written failed");
      }
    }
  }

  private long day() {
    return JournalFolder.CYCLE.toCycle(appender.lastIndexAppended());
  }

  private void reserve(final int capacity) {
    if (payload == null || payload.capacity() < capacity) {
      payload =
          ByteBuffer.allocateDirect(
              Math.max(capacity, payload == null ? 0 : 2 * payload.capacity()));
      buffer.wrap(payload);
    }
  }

  private void writeState(
      final int kind, final long afterEvents, final long sequence, final int length)
      throws JournalException {
    envelope.set(kind, STATE_SCHEMA, STATE_VERSION, 0, afterEvents, sequence, sequence, length);
    write(payload.limit(length).position(0));
  }

  private void write(final ByteBuffer content) throws JournalException {
    if (failure != null) {
      throw failure;
    }
    try {
      envelope.write(headerBuffer, headerBytes, content, (int) documents(), checksum);
      final int size = Envelope.LENGTH + content.remaining();
      bytesToCheck -= size;
      final long now = System.nanoTime();
      if (bytesToCheck < 0 || now - checkedAt > CHECK_NANOS) {
        requireDisk();
        bytesToCheck = FREE_SPACE_CHECK_BYTES;
        checkedAt = now;
      }
      space.reserve(size);
      put(content);
      folder.remember(space.file());
      index.note(day(), position, documents(), events(), checksum);
      events.setRelease(events() + envelope.count());
      documents.setRelease(documents() + 1);
      checksum = envelope.checksum();
      bytesWritten.setRelease(bytesWritten() + size);
      mark.acknowledge(documents(), events(), checksum);
      isForced = false;
      forceWhenDue();
    } catch (final JournalException e) {
      failure = e;
      throw e;
    } catch (final IOException | RuntimeException | Error e) {
      failure = appendingFailed(e);
      throw failure;
    }
  }

  @Override
  public void syncWhenDue() throws JournalException {
    if (failure != null || isForced) {
      return;
    }
    try {
      forceWhenDue();
    } catch (final IOException e) {
      failure = appendingFailed(e);
      throw failure;
    }
  }

  private void forceWhenDue() throws IOException {
    if (isSyncing && System.nanoTime() - syncedAt > settings.syncNanos()) {
      sync.force(space.file(), documents(), events());
      syncedAt = System.nanoTime();
      isForced = true;
    }
  }

  private JournalException appendingFailed(final Throwable e) {
    return new JournalException(
        folder.path()
            + ": appending failed after "
            + events()
            + " events: "
            + e
            + "; they are whole",
        e);
  }

  /** A removed file can still be written, but no reader would find it. */
  private void requireDisk() throws JournalException {
    folder.requireInPlace(lock, space.file(), events());
    lock.restore();
    folder.requireFree(settings.minFreeBytes(), events());
  }

  private void put(final ByteBuffer content) {
    final int length = content.remaining();
    final int size = Envelope.LENGTH + length;
    final DocumentContext context = appender.writingDocument();
    boolean done = false;
    try {
      final Bytes<?> document = context.wire().bytes();
      document.ensureCapacity(document.writePosition() + size);
      position = document.writePosition() - QueueHeader.LENGTH;
      target.wrap(document.addressForWrite(document.writePosition()), size);
      target.putBytes(0, headerBuffer, 0, Envelope.LENGTH);
      target.putBytes(Envelope.LENGTH, content, content.position(), length);
      document.writeSkip(size);
      space.endsAt(((MappedBytes) document).mappedFile().file(), document.writePosition());
      done = true;
    } finally {
      if (!done) {
        context.rollbackOnClose();
      }
      context.close();
    }
  }
}
