package io.liqmap.tools.importer;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Lines of a recording, each with what is known of its two ends. One at a time. */
final class RecordedLines implements Closeable {
  private static final int BUFFER = 1 << 16;
  private static final int MAX_LINE = 1 << 20;

  private final RecordedFile file;
  private final List<RecordedFile.Stretch> stretches;
  private final FileChannel channel;
  private final byte[] block = new byte[BUFFER];
  private byte[] line = new byte[1 << 12];
  private int length;
  private int at;
  private int filled;
  private long readBefore;

  private int stretch = -1;
  private InputStream bytes;
  private boolean hasBreak;
  private boolean startsAfterBreak;

  private long number;
  private long breaks;
  private Ends ends = Ends.WHOLE;

  RecordedLines(final RecordedFile recorded) throws IOException {
    file = recorded;
    stretches = recorded.stretches();
    channel = FileChannel.open(recorded.path());
  }

  /** What bounds a line. */
  enum Ends {
    /** The start of the file or a line before it, and a line feed. */
    WHOLE,
    /** Damage, on one side at least: it may be a part of a line. */
    DAMAGED,
    /** The end of the file: it may be a part of a line. */
    CUT
  }

  /** Goes to the next line; false at the end. */
  boolean next() throws IOException {
    length = 0;
    boolean isAfterBreak = startsAfterBreak;
    startsAfterBreak = false;
    while (at < filled || fill()) {
      if (hasBreak) {
        hasBreak = false;
        breaks++;
        if (length > 0) {
          startsAfterBreak = true;
          return ends(Ends.DAMAGED);
        }
        isAfterBreak = true;
      }
      final byte next = block[at++];
      if (next == '\n') {
        return ends(isAfterBreak ? Ends.DAMAGED : Ends.WHOLE);
      }
      if (next != 0) {
        append(next);
      } else if (length > 0) {
        // A crash leaves zeros where bytes weren't written yet.
        breaks++;
        startsAfterBreak = true;
        return ends(Ends.DAMAGED);
      } else {
        breaks += isAfterBreak ? 0 : 1;
        isAfterBreak = true;
      }
    }
    return length > 0 && ends(isAfterBreak ? Ends.DAMAGED : Ends.CUT);
  }

  private boolean ends(final Ends how) {
    number++;
    ends = how;
    return true;
  }

  private void append(final byte next) throws ImportException {
    if (length == MAX_LINE) {
      throw ImportException.at(
          file.path(),
          number + 1,
          "longer than a frame may be (" + MAX_LINE + " bytes)",
          "check that the file is a recording with a frame on each line");
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, length * 2);
    }
    line[length++] = next;
  }

  /** Reads more, over the ends of stretches; false after the last. */
  private boolean fill() throws IOException {
    readBefore += filled;
    at = 0;
    filled = 0;
    while (true) {
      if (bytes != null) {
        final int count = read();
        if (count > 0) {
          filled = count;
          return true;
        }
        bytes.close();
        bytes = null;
      }
      if (++stretch >= stretches.size()) {
        return false;
      }
      hasBreak |= stretches.get(stretch).isAfterDamage();
      bytes = open(stretches.get(stretch));
    }
  }

  private int read() throws IOException {
    try {
      return bytes.read(block, 0, block.length);
    } catch (final EOFException e) {
      // Only the last stretch is cut, and known to be.
      return -1;
    }
  }

  private InputStream open(final RecordedFile.Stretch of) throws IOException {
    final InputStream raw = new Bounded(of.from(), of.to());
    try {
      return file.isGzip() ? new GZIPInputStream(raw, BUFFER) : new BufferedInputStream(raw);
    } catch (final EOFException e) {
      return InputStream.nullInputStream();
    }
  }

  /** The line without its line feed. */
  String text() {
    final int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return new String(line, 0, end, StandardCharsets.UTF_8);
  }

  Ends ends() {
    return ends;
  }

  /** Number of the line among those that could be read, from 1. */
  long number() {
    return number;
  }

  /** Pieces of unknown length that were skipped before this line. */
  long breaks() {
    return breaks;
  }

  /** Bytes read up to the end of the line, as unpacked. */
  long position() {
    return readBefore + at;
  }

  /** The member that ends too early, null where the file ends with a whole one or isn't gzip. */
  RecordedFile.Stretch cutMember() {
    final RecordedFile.Stretch last =
        stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
    return last != null && last.isCut() ? last : null;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private final class Bounded extends InputStream {
    private final long end;
    private long position;

    Bounded(final long from, final long to) {
      position = from;
      end = to;
    }

    @Override
    public int read() throws IOException {
      final byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(final byte[] into, final int offset, final int count) throws IOException {
      if (position >= end) {
        return -1;
      }
      final int wanted = (int) Math.min(count, end - position);
      final int got = channel.read(ByteBuffer.wrap(into, offset, wanted), position);
      position += Math.max(got, 0);
      return got;
    }
  }
}
