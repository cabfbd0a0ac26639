package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.MessageHeaderEncoder;
import io.liqmap.engine.files.FolderAccess;
import io.liqmap.engine.files.HeldFile;
import io.liqmap.engine.files.PlainFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a feed file: blocks of framed messages under {@link Envelope}s, closed by an end block.
 *
 * <p>Writes beside the target and moves it into place when {@link #complete()} is called, so that
 * no half-written feed ever has the target's name. One thread.
 */
public final class FeedFileWriter implements AutoCloseable {
  private static final int BLOCK_PAYLOAD = 64 * 1024;

  private final Path target;
  private final Path partial;
  private final HeldFile held;
  private final FileChannel channel;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(Envelope.LENGTH + BLOCK_PAYLOAD);
  private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
  private final FeedEncoder encoder = new FeedEncoder();
  private final Envelope envelope = new Envelope();

  private int length;
  private int count;
  private long firstSequence;
  private long lastSequence;
  private long events;
  private int blocks;
  private int previousChecksum;
  private boolean completed;

  /**
   * Starts a feed file.
   *
   * @throws IOException if the folder isn't writable
   */
  public FeedFileWriter(final Path file) throws IOException {
    target = file.toAbsolutePath();
    partial = target.resolveSibling(target.getFileName() + ".part");
    PlainFile.requireReplaceable(target);
    FolderAccess.make(target.getParent());
    held = HeldFile.create(partial);
    if (held == null) {
      throw new IOException(file + ": is just being written by another process; wait for its end");
    }
    channel = held.channel();
  }

  /**
   * Appends an event; skips an empty slot.
   *
   * @throws IOException if the disk is full or failing
   */
  public void write(final FeedEvent event) throws IOException {
    if (length + FeedEncoder.MAX_FRAME_LENGTH > BLOCK_PAYLOAD) {
      writeBlock(Envelope.EVENTS);
    }
    final int written = encoder.encode(event, buffer, Envelope.LENGTH + length);
    if (written > 0) {
      if (count == 0) {
        firstSequence = event.sequence();
      }
      lastSequence = event.sequence();
      length += written;
      count++;
    }
  }

  /** Events written so far. */
  public long events() {
    return events + count;
  }

  /**
   * Writes what is left and the end block, forces both to the disk and gives the file its name.
   *
   * @throws IOException if the disk is full or failing
   */
  public void complete() throws IOException {
    if (count > 0) {
      writeBlock(Envelope.EVENTS);
    }
    firstSequence = lastSequence;
    writeBlock(Envelope.END);
    channel.force(true);
    // Held until it has its name: another writer would remove a file that no one holds.
    Files.move(
        partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    completed = true;
    held.close();
  }

  /** Gives the file up if it wasn't completed. */
  @Override
  public void close() throws IOException {
    if (!completed) {
      Files.deleteIfExists(partial);
      held.close();
    }
  }

  private void writeBlock(final int kind) throws IOException {
    envelope.set(
        kind,
        MessageHeaderEncoder.SCHEMA_ID,
        MessageHeaderEncoder.SCHEMA_VERSION,
        count,
        events,
        firstSequence,
        lastSequence,
        length);
    envelope.write(buffer, bytes, 0, blocks, previousChecksum);
    bytes.clear().limit(Envelope.LENGTH + length);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    bytes.clear();
    previousChecksum = envelope.checksum();
    events += count;
    blocks++;
    count = 0;
    length = 0;
  }
}
