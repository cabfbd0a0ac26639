package io.liqmap.engine.view;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of a view: in this process alone, or in a file that others map.
 *
 * <p>Readers and writers share it between threads. Closing unmaps a file: whoever still reads it
 * then has a bug.
 */
public final class ViewMemory implements AutoCloseable {
  private static final long MAGIC =
      ByteBuffer.wrap("LIQVIEW1".getBytes(StandardCharsets.US_ASCII))
          .order(ByteOrder.LITTLE_ENDIAN)
          .getLong();

  private final ByteBuffer bytes;
  private final UnsafeBuffer buffer;
  private final ViewLayout layout;
  private final boolean isMapped;

  private ViewMemory(final ByteBuffer bytes, final ViewLayout layout, final boolean isMapped) {
    this.bytes = bytes;
    this.layout = layout;
    this.isMapped = isMapped;
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new UnsupportedOperationException("views are for little-endian machines");
    }
    buffer = new UnsafeBuffer(bytes);
  }

  /** Makes a view that this process alone reads. */
  public static ViewMemory inProcess(final ViewSettings settings) {
    final ViewLayout layout = settings.layout();
    final ViewMemory memory =
        new ViewMemory(
            BufferUtil.allocateDirectAligned(layout.length(), 64).order(ByteOrder.LITTLE_ENDIAN),
            layout,
            false);
    memory.begin(settings);
    return memory;
  }

  /**
   * Makes a view in a file, in place of an older one: readers of that one see nothing more.
   *
   * @throws IOException if the file can't be made
   */
  public static ViewMemory create(final Path file, final ViewSettings settings) throws IOException {
    final ViewLayout layout = settings.layout();
    final Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    final Path beside = absolute.resolveSibling(absolute.getFileName() + ".new");
    Files.deleteIfExists(beside);
    final ViewMemory memory;
    try (FileChannel channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      memory =
          new ViewMemory(
              channel
                  .map(FileChannel.MapMode.READ_WRITE, 0, layout.length())
                  .order(ByteOrder.LITTLE_ENDIAN),
              layout,
              true);
    }
    memory.begin(settings);
    // Only now it gets its name: nobody ever opens half a file.
    Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE);
    return memory;
  }

  private void begin(final ViewSettings settings) {
    buffer.putInt(ViewLayout.VERSION_AT, ViewLayout.VERSION);
    buffer.putInt(ViewLayout.REGIONS, layout.regions());
    buffer.putLong(ViewLayout.REGION_LENGTH, layout.regionLength());
    buffer.putLong(ViewLayout.FIRST_REGION, layout.region(0));
    buffer.putInt(ViewLayout.BUCKETS, layout.buckets());
    buffer.putInt(ViewLayout.HEADER_SLOTS_AT, ViewLayout.HEADER_SLOTS);
    buffer.putInt(ViewLayout.BODY_SLOTS_AT, ViewLayout.BODY_SLOTS);
    buffer.putInt(ViewLayout.CLUSTERS, layout.clusters());
    buffer.putInt(ViewLayout.LEVERAGES, layout.leverages());
    buffer.putDouble(ViewLayout.LOG_WIDTH, StrictMath.log1p(settings.resolutionBps() / 10_000));
    buffer.putLong(ViewLayout.PROCESS, ProcessHandle.current().pid());
    buffer.putLong(ViewLayout.MAGIC, MAGIC);
  }

  /**
   * Maps the view of another process, or of this one, for reading only.
   *
   * @throws IOException if the file isn't there, or is no view, saying what is wrong
   */
  public static ViewMemory open(final Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      final long size = channel.size();
      if (size < ViewLayout.FILE_HEADER_LENGTH || size > ViewLayout.MAX_LENGTH) {
        throw new IOException(file + ": no view, a file of " + size + " bytes can't be one");
      }
      final ByteBuffer mapped =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, size).order(ByteOrder.LITTLE_ENDIAN);
      try {
        return new ViewMemory(mapped, layoutOf(mapped, size), true);
      } catch (final IllegalArgumentException e) {
        BufferUtil.free(mapped);
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    } catch (final NoSuchFileException e) {
      throw new IOException(
          file + ": no such file; an engine writes it that was started with --share", e);
    }
  }

  private static ViewLayout layoutOf(final ByteBuffer mapped, final long size) {
    if (mapped.getLong(ViewLayout.MAGIC) != MAGIC) {
      throw new IllegalArgumentException("no view, it doesn't start with LIQVIEW1");
    }
    final int version = mapped.getInt(ViewLayout.VERSION_AT);
    if (version != ViewLayout.VERSION) {
      throw new IllegalArgumentException(
          "a view of layout " + version + ", this version reads layout " + ViewLayout.VERSION);
    }
    final ViewLayout layout =
        new ViewLayout(
            mapped.getInt(ViewLayout.REGIONS),
            mapped.getInt(ViewLayout.BUCKETS),
            mapped.getInt(ViewLayout.CLUSTERS),
            mapped.getInt(ViewLayout.LEVERAGES));
    final double logWidth = mapped.getDouble(ViewLayout.LOG_WIDTH);
    if (mapped.getInt(ViewLayout.HEADER_SLOTS_AT) != ViewLayout.HEADER_SLOTS
        || mapped.getInt(ViewLayout.BODY_SLOTS_AT) != ViewLayout.BODY_SLOTS
        || mapped.getLong(ViewLayout.REGION_LENGTH) != layout.regionLength()
        || mapped.getLong(ViewLayout.FIRST_REGION) != layout.region(0)
        || !(logWidth > 0 && logWidth < 1)) {
      throw new IllegalArgumentException("a view whose header contradicts itself");
    }
    if (layout.length() != size) {
      throw new IllegalArgumentException(
          "a view of " + layout.length() + " bytes in a file of " + size);
    }
    return layout;
  }

  ViewLayout layout() {
    return layout;
  }

  UnsafeBuffer buffer() {
    return buffer;
  }

  /** The same bytes, for copies of many numbers at once. */
  ByteBuffer bytes() {
    return bytes;
  }

  double logWidth() {
    return buffer.getDouble(ViewLayout.LOG_WIDTH);
  }

  /** Instruments have numbers below this. */
  public int regions() {
    return layout.regions();
  }

  /**
   * Number of the instrument with a symbol, −1 if there is none yet.
   *
   * @param symbol as the feed's definition has it
   */
  public int instrument(final String symbol) {
    for (int instrument = 0; instrument < layout.regions(); instrument++) {
      if (buffer.getLongVolatile(layout.region(instrument) + ViewLayout.LATEST) > 0
          && symbol(instrument).equals(symbol)) {
        return instrument;
      }
    }
    return -1;
  }

  /** Symbol of an instrument that has been published; empty before. */
  public String symbol(final int instrument) {
    return text(layout.region(instrument) + ViewLayout.SYMBOL, ViewLayout.SYMBOL_LENGTH);
  }

  /** Its quote asset likewise. */
  public String quoteAsset(final int instrument) {
    return text(layout.region(instrument) + ViewLayout.QUOTE_ASSET, ViewLayout.ASSET_LENGTH);
  }

  private String text(final int offset, final int most) {
    int length = 0;
    while (length < most && buffer.getByte(offset + length) != 0) {
      length++;
    }
    return buffer.getStringWithoutLengthAscii(offset, length);
  }

  /** Whether the writer has ended cleanly: what it published stays, and nothing more will come. */
  public boolean hasEnded() {
    return buffer.getLongVolatile(ViewLayout.ENDED) == 1;
  }

  /** Tells readers that nothing more will come. */
  private void end() {
    buffer.putLongRelease(ViewLayout.ENDED, 1);
  }

  /** Of the writer: readers are told that it has ended. */
  @Override
  public void close() {
    if (!bytes.isReadOnly()) {
      end();
    }
    if (isMapped) {
      BufferUtil.free(bytes);
    }
  }
}
