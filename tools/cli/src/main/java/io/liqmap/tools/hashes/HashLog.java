package io.liqmap.tools.hashes;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.tools.answer.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.agrona.CloseHelper;

/**
 * The hash of the state at every N events, a line each, appended to a file:
 *
 * <pre>
 *   events sequence hash       10000 10000 a3c19334d6261c13
 * </pre>
 *
 * Engines that apply the same events write the same bytes, at whatever pace. An engine that starts
 * again repeats events that have a line: it compares them and writes no second one. A line that a
 * kill cut off is removed.
 *
 * <p>One thread at a time. Encodes the whole state at every N events, and allocates then alone.
 */
public final class HashLog implements MapListener, AutoCloseable {
  /** Name of the file beside a journal. */
  public static final String FILE = "liqmap.hashes";

  private static final int HEX_DIGITS = 16;

  private final Path file;
  private final long every;
  private final FileChannel channel;

  /** By count of events, those that the file had. */
  private final NavigableMap<Long, Line> before;

  /**
   * A line.
   *
   * @param events applied so far
   * @param sequence of the last one
   * @param hash of the state behind it
   */
  public record Line(long events, long sequence, long hash) {
    @Override
    public String toString() {
      return events + " " + sequence + " " + Format.hash(hash);
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if it is no such line
     */
    static Line parse(final String text) {
      final String[] words = text.split(" ", -1);
      if (words.length != 3 || words[2].length() != HEX_DIGITS) {
        throw new IllegalArgumentException("'" + text + "' isn't EVENTS SEQUENCE HASH");
      }
      return new Line(
          Long.parseLong(words[0]),
          Long.parseLong(words[1]),
          Long.parseUnsignedLong(words[2], HEX_DIGITS));
    }
  }

  private HashLog(
      final Path file,
      final long every,
      final FileChannel channel,
      final NavigableMap<Long, Line> before) {
    this.file = file;
    this.every = every;
    this.channel = channel;
    this.before = before;
  }

  /**
   * Opens a file for appending; it is made if it isn't there.
   *
   * @param every events between two lines, 1 or more
   * @throws IOException if it isn't writable, or holds something else
   */
  public static HashLog open(final Path file, final long every) throws IOException {
    if (every < 1) {
      throw new IllegalArgumentException("every has to be 1 or more events, was " + every);
    }
    final FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      final String whole = wholeLines(file, channel);
      channel.truncate(whole.length());
      channel.position(whole.length());
      return new HashLog(file, every, channel, lines(file, whole));
    } catch (final IOException | RuntimeException e) {
      CloseHelper.quietClose(channel);
      throw e;
    }
  }

  /**
   * Reads the whole lines of a file by their counts of events, also while it is written.
   *
   * @throws IOException if there is none, it holds something else, or two lines of one count
   */
  public static Map<Long, Line> read(final Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return lines(file, wholeLines(file, channel));
    }
  }

  private static String wholeLines(final Path file, final FileChannel channel) throws IOException {
    if (channel.size() > Integer.MAX_VALUE - 8) {
      throw new IOException(file + ": more than 2 GiB of hashes; move it away");
    }
    final ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
    int read = 0;
    while (read >= 0 && bytes.hasRemaining()) {
      read = channel.read(bytes, bytes.position());
    }
    final String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  private static NavigableMap<Long, Line> lines(final Path file, final String text)
      throws IOException {
    final TreeMap<Long, Line> lines = new TreeMap<>();
    int number = 0;
    for (final String one : text.lines().toList()) {
      number++;
      try {
        final Line line = Line.parse(one);
        if (lines.putIfAbsent(line.events(), line) != null) {
          throw new IllegalArgumentException("a second line at " + line.events() + " events");
        }
      } catch (final IllegalArgumentException e) {
        throw new IOException(
            file + ":" + number + ": no file of hashes: " + e.getMessage() + "; move it away", e);
      }
    }
    return lines;
  }

  /**
   * Writes a line where one is due.
   *
   * @throws IllegalStateException if the file has another hash at as many events
   * @throws UncheckedIOException if writing fails
   */
  @Override
  public void onApplied(final FeedEvent event, final MapState state) {
    if (event.kind() != FeedEvent.NONE && state.events() % every == 0) {
      add(new Line(state.events(), state.sequence(), state.stateHash()));
    }
  }

  /**
   * Writes a line, unless the file had it.
   *
   * @throws IllegalStateException if the file has another one at as many events
   * @throws UncheckedIOException if writing fails
   */
  public void add(final Line line) {
    final Line earlier = before.get(line.events());
    if (earlier == null) {
      append(line);
    } else if (!earlier.equals(line)) {
      throw new IllegalStateException(
          file
              + ": has "
              + earlier
              + " of an earlier run, now it is "
              + line
              + ": another feed, other settings or another version; move the file away");
    }
  }

  private void append(final Line line) {
    final ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(file + ": writing failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
