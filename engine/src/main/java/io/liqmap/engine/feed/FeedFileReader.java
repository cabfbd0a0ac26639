package io.liqmap.engine.feed;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a feed file block by block, memory-mapped and read-only, each block checked before it is
 * returned. One thread.
 *
 * <p>Files of any size: a window of the file is mapped at a time.
 */
public final class FeedFileReader implements BlockSource, AutoCloseable {
  private static final long DEFAULT_WINDOW = 1L << 29;

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final long window;
  private final Envelope envelope = new Envelope();
  private final BlockChain chain = new BlockChain();
  private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

  private MappedByteBuffer mapped;
  private long mappedFrom;
  private long position;
  private int payloadOffset;
  private boolean ended;

  /**
   * Opens a feed file.
   *
   * @throws FeedFileException if it is no feed file, or one of another schema
   * @throws IOException if reading fails
   */
  public FeedFileReader(final Path feed) throws IOException {
    this(feed, DEFAULT_WINDOW);
  }

  FeedFileReader(final Path feed, final long windowLength) throws IOException {
    if (Files.isDirectory(feed)) {
      throw new FeedFileException(feed + ": is a folder; name a feed file in it");
    }
    if (Files.exists(feed) && !Files.isRegularFile(feed)) {
      // To open a FIFO would wait for its other end, and no device can be mapped.
      throw new FeedFileException(
          feed + ": is a device, FIFO or socket, no file; name a feed file");
    }
    file = feed;
    window = windowLength;
    channel = FileChannel.open(feed, StandardOpenOption.READ);
    try {
      size = channel.size();
      if (size < Envelope.LENGTH) {
        throw new FeedFileException(
            feed + ": " + size + " bytes are too few for a feed file; import the data first");
      }
      map(0);
      final String flaw = envelope.read(buffer, 0, buffer.capacity());
      if (flaw != null) {
        throw new FeedFileException(
            feed + ": not a feed file (" + flaw + "); import the data first");
      }
      requireSchema();
    } catch (final IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Goes to the next block of events.
   *
   * @return false at the end block
   * @throws FeedFileException if the file is damaged or cut off here; the blocks before are whole
   */
  @Override
  public boolean nextBlock() throws IOException {
    if (ended) {
      return false;
    }
    if (position >= size) {
      throw damaged(
          "the file ends without its end block: it was cut off, or its writer was killed");
    }
    if (position - mappedFrom + Envelope.LENGTH > buffer.capacity()) {
      map(position);
    }
    String flaw =
        envelope.read(
            buffer,
            (int) (position - mappedFrom),
            (int) Math.min(size - position, Envelope.LENGTH));
    if (flaw == null) {
      flaw = BlockChain.sizeFlaw(envelope);
    }
    if (flaw == null && position + Envelope.LENGTH + envelope.payloadLength() > size) {
      flaw = "the file ends inside a block: it was cut off";
    }
    if (flaw != null) {
      throw damaged(flaw);
    }
    if (position - mappedFrom + Envelope.LENGTH + envelope.payloadLength() > buffer.capacity()) {
      map(position);
    }
    final int offset = (int) (position - mappedFrom);
    if (!envelope.isIntact(mapped, offset)) {
      throw damaged("the checksum doesn't match");
    }
    final String chainFlaw = chain.flaw(envelope);
    if (chainFlaw != null) {
      throw damaged(chainFlaw);
    }
    requireSchema();
    payloadOffset = offset + Envelope.LENGTH;
    position += Envelope.LENGTH + envelope.payloadLength();
    chain.add(envelope);
    if (envelope.kind() == Envelope.END) {
      ended = true;
      if (position != size) {
        throw damaged((size - position) + " bytes follow the end block");
      }
      return false;
    }
    return true;
  }

  @Override
  public boolean restart() throws IOException {
    map(0);
    position = 0;
    chain.restart();
    ended = false;
    return true;
  }

  /**
   * A place between two blocks, to which another reader of the same file can go at once.
   *
   * @param position byte that the next block starts at
   * @param block its number
   * @param checksum of the block before
   * @param events before
   */
  public record Mark(long position, int block, int checksum, long events) {
    /** Where every file starts. */
    public static final Mark START = new Mark(0, 0, 0, 0);
  }

  /** The place behind the block that was read last. */
  public Mark mark() {
    return chain.mark(position);
  }

  /**
   * Goes to a place, so that the block there is the next; what is there is checked as that is read.
   *
   * @throws FeedFileException if the file is shorter
   */
  public void moveTo(final Mark mark) throws IOException {
    if (mark.position() > size) {
      throw new FeedFileException(
          file + ": has " + size + " bytes, and is to be read from byte " + mark.position());
    }
    map(mark.position());
    position = mark.position();
    chain.resume(mark);
    ended = false;
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
    return envelope.payloadLength();
  }

  @Override
  public String name() {
    return file.toString();
  }

  public Path file() {
    return file;
  }

  /** Bytes of the file. */
  public long size() {
    return size;
  }

  /** Bytes read so far. */
  public long position() {
    return position;
  }

  @Override
  public void close() throws IOException {
    IoUtil.unmap(mapped);
    mapped = null;
    channel.close();
  }

  private void map(final long from) throws IOException {
    IoUtil.unmap(mapped);
    mapped = null;
    mapped = channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(window, size - from));
    mappedFrom = from;
    buffer.wrap(mapped);
  }

  private void requireSchema() throws FeedFileException {
    final String flaw = BlockChain.schemaFlaw(envelope);
    if (flaw != null) {
      throw new FeedFileException(file + ": " + flaw + "; import the data first");
    }
  }

  private FeedFileException damaged(final String flaw) {
    return new FeedFileException(
        file
            + ": byte "
            + position
            + ": "
            + flaw
            + "; the "
            + chain.events()
            + " events before are whole. Import the feed again, or get a whole copy");
  }
}
