package io.liqmap.tools.importer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Puts rows in order within a bounded memory: sorted runs go to a temporary file and are merged.
 *
 * <p>The temporary file can be read by its owner only, and loses its name as soon as it is open, so
 * that it is gone however the process ends. Rows of equal keys keep their order, or are reversed.
 */
final class RowSorter implements Closeable {
  /** Length of the record, its key. */
  private static final int HEAD = Integer.BYTES + Long.BYTES;

  private static final int FIRST_CAPACITY = 1 << 20;
  private static final int INDEX_BYTES = 2 * Integer.BYTES;
  private static final int MAX_BUFFER = 1 << 16;

  private final Path folder;
  private final int memory;
  private final boolean reverseEqual;
  private final List<Run> runs = new ArrayList<>();
  private PriorityQueue<Run> queue;

  private ByteBuffer records;
  private int[] index = new int[64];
  private int count;
  private int position;

  private FileChannel spill;
  private long spilled;
  private long key;

  /**
   * Makes a sorter.
   *
   * @param spillFolder where the temporary file goes, if one is needed
   * @param bytes for rows and their index, beside one row and the buffers of the runs
   * @param reversesEqual whether rows of equal keys come in reverse
   */
  RowSorter(final Path spillFolder, final int bytes, final boolean reversesEqual) {
    folder = spillFolder;
    memory = bytes;
    reverseEqual = reversesEqual;
    records = ByteBuffer.allocate(Math.min(bytes, FIRST_CAPACITY));
  }

  void add(final long rowKey, final Row row) throws IOException {
    final int needed = HEAD + row.maxPackedLength();
    if (count > 0
        && (long) records.position() + needed + (long) INDEX_BYTES * (count + 1) > memory) {
      spill();
    }
    reserve(needed);
    if (count == index.length) {
      index = Arrays.copyOf(index, 2 * count);
    }
    final int start = records.position();
    index[count++] = start;
    records.position(start + HEAD);
    row.pack(records);
    records.putInt(start, records.position() - start).putLong(start + Integer.BYTES, rowKey);
  }

  private void reserve(final int needed) {
    if (records.remaining() < needed) {
      final int wanted = Math.max(records.position() + needed, Math.min(memory, 2 * capacity()));
      records = ByteBuffer.allocate(wanted).put(records.flip());
    }
  }

  private int capacity() {
    return Math.min(records.capacity(), Integer.MAX_VALUE / 2);
  }

  /** Goes to the next row in order; none is added any more. */
  boolean next(final Row into) throws IOException {
    if (queue == null) {
      finish();
    }
    if (runs.isEmpty()) {
      if (position == count) {
        return false;
      }
      final int start = index[position++];
      key = keyAt(start);
      records.position(start + HEAD);
      into.unpack(records);
      return true;
    }
    final Run run = queue.poll();
    if (run == null) {
      return false;
    }
    key = run.key;
    into.unpack(run.bytes);
    if (run.advance(spill)) {
      queue.add(run);
    }
    return true;
  }

  long key() {
    return key;
  }

  /** Bytes of rows, their index and the buffers of the runs. */
  long heldBytes() {
    final long buffers =
        queue == null || runs.isEmpty()
            ? 0
            : queue.stream().mapToLong((r) -> r.bytes.capacity()).sum();
    return records == null ? buffers : records.capacity() + (long) INDEX_BYTES * index.length;
  }

  long spilled() {
    return spilled;
  }

  private void finish() throws IOException {
    final Comparator<Run> byNumber = Comparator.comparingInt((r) -> r.number);
    queue =
        new PriorityQueue<>(
            Comparator.<Run>comparingLong((r) -> r.key)
                .thenComparing(reverseEqual ? byNumber.reversed() : byNumber));
    if (runs.isEmpty()) {
      sort();
      records.limit(records.capacity());
      return;
    }
    if (count > 0) {
      spill();
    }
    records = null;
    index = null;
    final int buffer = Math.max(1 << 10, Math.min(MAX_BUFFER, memory / runs.size()));
    for (final Run run : runs) {
      run.bytes = ByteBuffer.allocate(buffer).limit(0);
      if (run.advance(spill)) {
        queue.add(run);
      }
    }
  }

  private long keyAt(final int start) {
    return records.getLong(start + Integer.BYTES);
  }

  /** A stable merge sort of the index, from pairs up. */
  private void sort() {
    if (reverseEqual) {
      for (int i = 0, j = count - 1; i < j; i++, j--) {
        final int swapped = index[i];
        index[i] = index[j];
        index[j] = swapped;
      }
    }
    int[] from = index;
    int[] to = new int[count];
    for (int width = 1; width < count && width > 0; width *= 2) {
      for (int start = 0; start < count; start += 2 * width) {
        merge(from, to, start, Math.min(start + width, count), Math.min(start + 2 * width, count));
      }
      final int[] sorted = to;
      to = from.length >= count ? from : new int[count];
      from = sorted;
    }
    index = from;
  }

  private void merge(
      final int[] from, final int[] to, final int start, final int middle, final int end) {
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      final boolean takesLeft =
          left < middle && (right >= end || keyAt(from[left]) <= keyAt(from[right]));
      to[i] = takesLeft ? from[left++] : from[right++];
    }
  }

  private void spill() throws IOException {
    try {
      if (spill == null) {
        spill = open();
      }
      sort();
      final ByteBuffer out = ByteBuffer.allocate(MAX_BUFFER);
      final Run run = new Run(runs.size(), spilled);
      for (int i = 0; i < count; i++) {
        final int start = index[i];
        write(out, start, records.getInt(start));
      }
      drain(out);
      run.end = spilled;
      runs.add(run);
    } catch (final IOException e) {
      throw new IOException(
          folder
              + ": writing a temporary file for sorting failed ("
              + e.getMessage()
              + "); it needs as much room there as the unpacked input",
          e);
    }
    records.clear();
    if (index.length < 64) {
      index = new int[64];
    }
    count = 0;
  }

  private FileChannel open() throws IOException {
    final Path file = Files.createTempFile(folder, ".liqmap-sort-", ".tmp");
    final FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      Files.deleteIfExists(file);
    } catch (final IOException e) {
      // A system that doesn't part with open files does so when it is closed.
    }
    return channel;
  }

  private void write(final ByteBuffer out, final int start, final int length) throws IOException {
    int from = start;
    while (from < start + length) {
      if (!out.hasRemaining()) {
        drain(out);
      }
      final int part = Math.min(out.remaining(), start + length - from);
      out.put(records.array(), from, part);
      from += part;
    }
  }

  private void drain(final ByteBuffer out) throws IOException {
    out.flip();
    while (out.hasRemaining()) {
      spilled += spill.write(out, spilled);
    }
    out.clear();
  }

  @Override
  public void close() throws IOException {
    if (spill != null) {
      spill.close();
    }
  }

  /** A stretch of the temporary file whose rows are in order, and the row that it is at. */
  private static final class Run {
    private final int number;
    private long at;
    private long end;
    private long key;
    private ByteBuffer bytes;
    private int next;

    Run(final int runNumber, final long start) {
      number = runNumber;
      at = start;
    }

    /** Goes to the next record: its key, then the buffer at its row. */
    boolean advance(final FileChannel from) throws IOException {
      bytes.position(next);
      if (at == end && !bytes.hasRemaining()) {
        return false;
      }
      require(from, Integer.BYTES);
      final int length = bytes.getInt(bytes.position());
      require(from, length);
      next = bytes.position() + length;
      key = bytes.getLong(bytes.position() + Integer.BYTES);
      bytes.position(bytes.position() + HEAD);
      return true;
    }

    private void require(final FileChannel from, final int needed) throws IOException {
      if (bytes.remaining() >= needed) {
        return;
      }
      bytes.compact();
      if (bytes.capacity() < needed) {
        bytes = ByteBuffer.allocate(needed).put(bytes.flip());
      }
      bytes.limit((int) Math.min(bytes.capacity(), bytes.position() + end - at));
      while (bytes.hasRemaining()) {
        final int read = from.read(bytes, at);
        if (read < 0) {
          throw new IOException("the temporary file for sorting was cut off");
        }
        at += read;
      }
      bytes.flip();
    }
  }
}
