package io.liqmap.tools.importer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Walks the members of a gzip file (RFC 1952) and checks each, so that damage in one of them costs
 * that one alone.
 */
final class GzipSurvey implements Closeable {
  private static final int BUFFER = 1 << 16;
  private static final int TRAILER = 8;
  private static final int FIXED_HEADER = 10;

  /** More zeros at the end than a whole member can have. */
  private static final int CRASH_ZEROS = 64;

  private static final long CUT = -2;
  private static final long NO_HEADER = -1;

  private final Path path;
  private final FileChannel channel;
  private final long limit;
  private final ByteBuffer window = ByteBuffer.allocate(BUFFER);
  private final byte[] expanded = new byte[BUFFER];
  private final CRC32 checksum = new CRC32();
  private final List<RecordedFile.Stretch> members = new ArrayList<>();
  private final List<Damage> damages = new ArrayList<>();

  private long windowStart = -1;
  private long end;
  private long zeros;
  private long handedOut;
  private String why = "";

  GzipSurvey(final Path file, final long maxExpanded) throws IOException {
    path = file;
    channel = FileChannel.open(file);
    limit = maxExpanded;
  }

  /** Bytes that belong to no whole member. */
  record Damage(long from, long to, String why) {}

  List<RecordedFile.Stretch> members() {
    return members;
  }

  List<Damage> damages() {
    return damages;
  }

  boolean isGzip() throws IOException {
    return end > 1 && at(0) == 0x1f && at(1) == 0x8b;
  }

  /** Zeros at the end of the file that belong to no member. */
  long zeros() {
    return zeros;
  }

  void run() throws IOException {
    end = channel.size();
    trimZeros();
    long position = 0;
    boolean isAfterDamage = false;
    while (position < end) {
      final long next = member(position);
      if (next >= 0) {
        members.add(new RecordedFile.Stretch(position, next, false, isAfterDamage));
        isAfterDamage = false;
        position = next;
      } else if (next == CUT) {
        members.add(new RecordedFile.Stretch(position, end, true, isAfterDamage));
        position = end;
      } else {
        final long resumed = nextMember(position + 1);
        damages.add(new Damage(position, resumed, why));
        isAfterDamage = true;
        position = resumed;
      }
    }
  }

  private void trimZeros() throws IOException {
    long last = end;
    while (last > 0 && at(last - 1) == 0) {
      last--;
    }
    if (end - last > CRASH_ZEROS) {
      zeros = end - last;
      end = last;
    }
  }

  private long nextMember(final long from) throws IOException {
    final String reason = why;
    for (long i = from; i < end; i++) {
      if (at(i) == 0x1f && data(i) != NO_HEADER) {
        why = reason;
        return i;
      }
    }
    why = reason;
    return end;
  }

  /** End of the member that starts here, {@link #CUT} or {@link #NO_HEADER}. */
  private long member(final long start) throws IOException {
    final long data = data(start);
    return data < 0 ? data : inflate(data);
  }

  private long data(final long start) throws IOException {
    final int[] magic = {0x1f, 0x8b, 8};
    for (int i = 0; i < magic.length; i++) {
      if (start + i >= end) {
        return CUT;
      }
      if (at(start + i) != magic[i]) {
        why = "no gzip member begins here";
        return NO_HEADER;
      }
    }
    if (start + FIXED_HEADER > end) {
      return CUT;
    }
    final int flags = at(start + 3);
    if ((flags & 0xe0) != 0) {
      why = "no gzip member begins here";
      return NO_HEADER;
    }
    long position = start + FIXED_HEADER;
    if ((flags & 4) != 0) {
      if (position + 2 > end) {
        return CUT;
      }
      position += 2 + at(position) + (at(position + 1) << 8);
    }
    // A name and a comment, each ended by a zero.
    for (int texts = Integer.bitCount(flags & 0x18); texts > 0; texts--) {
      while (position < end && at(position) != 0) {
        position++;
      }
      position++;
    }
    position += (flags & 2) == 0 ? 0 : 2;
    return position >= end ? CUT : position;
  }

  private long inflate(final long from) throws IOException {
    final Inflater inflater = new Inflater(true);
    try {
      checksum.reset();
      long position = from;
      while (!inflater.finished()) {
        final int count = inflater.inflate(expanded);
        checksum.update(expanded, 0, count);
        count(count);
        if (count == 0 && !inflater.finished()) {
          if (position >= end) {
            return CUT;
          }
          load(position);
          final int length = (int) (Math.min(windowStart + window.limit(), end) - position);
          inflater.setInput(window.array(), (int) (position - windowStart), length);
          position += length;
        }
      }
      return trailer(from + inflater.getBytesRead(), inflater.getBytesWritten());
    } catch (final DataFormatException e) {
      why = e.getMessage() == null ? "no deflated data" : e.getMessage();
      return NO_HEADER;
    } finally {
      inflater.end();
    }
  }

  private long trailer(final long at, final long length) throws IOException {
    if (at + TRAILER > end) {
      return CUT;
    }
    if (word(at) != checksum.getValue() || word(at + 4) != (length & 0xffff_ffffL)) {
      why = "its checksum doesn't match";
      return NO_HEADER;
    }
    return at + TRAILER;
  }

  private long word(final long position) throws IOException {
    long value = 0;
    for (int i = 3; i >= 0; i--) {
      value = value << 8 | at(position + i);
    }
    return value;
  }

  private void count(final int bytes) throws ImportException {
    handedOut += bytes;
    if (handedOut > limit) {
      throw DataFile.expandsTooFar(path, limit);
    }
  }

  private int at(final long position) throws IOException {
    load(position);
    return window.get((int) (position - windowStart)) & 0xff;
  }

  private void load(final long position) throws IOException {
    if (windowStart >= 0 && position >= windowStart && position < windowStart + window.limit()) {
      return;
    }
    windowStart = position - position % BUFFER;
    window.clear();
    while (window.hasRemaining()) {
      if (channel.read(window, windowStart + window.position()) < 0) {
        break;
      }
    }
    window.flip();
    if (position >= windowStart + window.limit()) {
      throw ImportException.in(
          path, "became shorter while it was read", "import it when its recorder has closed it");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
