package io.liqmap.engine.feed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the blocks of a feed from a stream of bytes as they arrive, each checked as in a feed file.
 * A block counts as a whole: nothing of one that is cut off or damaged is passed on.
 *
 * <p>Reads once for each block that isn't there yet, and returns an empty one where it still isn't;
 * so the channel decides how long the engine waits: some 10 ms at most. What follows the end block
 * isn't read. Holds 2 MiB. One thread, {@link #received} any; allocates nothing per block.
 */
public final class StreamFeed implements BlockSource, AutoCloseable {
  private static final int MAX_BLOCK = Envelope.LENGTH + Envelope.MAX_EVENTS_PAYLOAD;
  private static final int NOT_KNOWN = 0;

  private final String name;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(2 * MAX_BLOCK);
  private final ByteBuffer free = bytes.duplicate();
  private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
  private final Envelope envelope = new Envelope();
  private final BlockChain chain = new BlockChain();
  private ReadableByteChannel channel;

  /** Where the next block starts, and what was received ends. */
  private int start;

  private int end;

  /** Bytes of the next block, with its header. */
  private int blockLength;

  /** Bytes of the stream before the next block. */
  private long position;

  private int payloadOffset;
  private int payloadLength;
  private boolean ended;

  /**
   * Starts at the beginning of a stream.
   *
   * @param name for messages
   * @param channel whose read waits some 10 ms at most, and returns 0 if nothing came; closed with
   *     the feed
   */
  public StreamFeed(final String name, final ReadableByteChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  /** Starts at the beginning of another stream, that of the next writer; closes the one before. */
  public void continueWith(final ReadableByteChannel next) throws IOException {
    channel.close();
    channel = next;
    chain.restart();
    start = 0;
    end = 0;
    blockLength = NOT_KNOWN;
    position = 0;
    ended = false;
  }

  /**
   * Goes to the next block of events, an empty one if it hasn't arrived.
   *
   * @return false at the end block
   * @throws FeedFileException if a block is damaged, or the stream ends without an end block
   */
  @Override
  public boolean nextBlock() throws IOException {
    payloadLength = 0;
    if (ended) {
      return false;
    }
    if (!hasArrived()) {
      receive();
      if (!hasArrived()) {
        return true;
      }
    }
    accept();
    ended = envelope.kind() == Envelope.END;
    return !ended;
  }

  /** Whether the next block is here as a whole. */
  private boolean hasArrived() throws FeedFileException {
    final int available = end - start;
    if (blockLength == NOT_KNOWN && available >= Integer.BYTES) {
      if (!Envelope.startsAt(buffer, start)) {
        throw damaged("no block starts here");
      }
      if (available >= Envelope.LENGTH) {
        readHeader(available);
      }
    }
    return blockLength != NOT_KNOWN && available >= blockLength;
  }

  private void readHeader(final int available) throws FeedFileException {
    String flaw = envelope.read(buffer, start, available);
    if (flaw == null) {
      flaw = BlockChain.sizeFlaw(envelope);
    }
    if (flaw != null) {
      throw damaged(flaw);
    }
    blockLength = Envelope.LENGTH + envelope.payloadLength();
  }

  private void receive() throws FeedFileException {
    if (bytes.capacity() - start < MAX_BLOCK || start == end) {
      buffer.putBytes(0, buffer, start, end - start);
      end -= start;
      start = 0;
    }
    final int read;
    try {
      read = channel.read(free.limit(free.capacity()).position(end));
    } catch (final IOException e) {
      throw cutOff("its writer is gone (" + e.getMessage() + ")");
    }
    if (read < 0) {
      throw cutOff("it ended without an end block: its writer was stopped");
    }
    end += read;
  }

  private void accept() throws FeedFileException {
    if (!envelope.isIntact(bytes, start)) {
      throw damaged("the checksum doesn't match");
    }
    String flaw = chain.flaw(envelope);
    if (flaw == null) {
      flaw = BlockChain.schemaFlaw(envelope);
    }
    if (flaw != null) {
      throw damaged(flaw);
    }
    chain.add(envelope);
    payloadOffset = start + Envelope.LENGTH;
    payloadLength = envelope.payloadLength();
    start += blockLength;
    position += blockLength;
    blockLength = NOT_KNOWN;
  }

  private FeedFileException damaged(final String flaw) {
    return failure(flaw + ". Its writer has to send blocks as in a feed file");
  }

  private FeedFileException cutOff(final String how) {
    final int part = end - start;
    if (part == 0) {
      return failure(how);
    }
    final int whole = blockLength == NOT_KNOWN ? Envelope.LENGTH : blockLength;
    return failure(
        how
            + ", inside "
            + (blockLength == NOT_KNOWN ? "a block's header: " : "a block: ")
            + (whole - part)
            + " of "
            + whole
            + " bytes are missing, and nothing of it was applied");
  }

  private FeedFileException failure(final String what) {
    return new FeedFileException(
        name
            + ": byte "
            + position
            + ": "
            + what
            + "; the "
            + chain.events()
            + " events before are whole and applied");
  }

  @Override
  public DirectBuffer buffer() {
    return buffer;
  }

  @Override
  public int offset() {
    return payloadOffset;
  }

  @Override
  public int length() {
    return payloadLength;
  }

  @Override
  public String name() {
    return name;
  }

  /** Bytes of this stream so far. */
  public long received() {
    return position + end - start;
  }

  /** Sequence that the last block ends with, as its header says; 0 before the first. */
  public long lastSequence() {
    return chain.lastSequence();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
