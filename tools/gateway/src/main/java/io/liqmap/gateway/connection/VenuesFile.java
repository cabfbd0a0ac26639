package io.liqmap.gateway.connection;

import io.liqmap.engine.shared.SharedFile;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.feed.VenueCounts;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the venues are, in a file that other processes read: written whole, several times a second.
 *
 * <pre>
 *     0  8 B    magic "LIQVENU1"
 *     8  int32  version of this layout, 1
 *    12  int32  venues
 *    16  int64  when it was written, ms since 1970
 *   128  for each venue: name (text), int32 counters, int64 each ({@link VenueCounter}'s order),
 *        int32 connections, and for each: name, state (texts), int64 reconnects, reason (text)
 * </pre>
 *
 * Little-endian; a text is its length in bytes (int32) and UTF-8. One thread writes.
 */
public final class VenuesFile implements AutoCloseable {
  /** Its name, beside the engine's counters. */
  public static final String NAME = "liqmap.venues";

  private static final int LENGTH = 1 << 16;
  private static final int VENUES_AT = 12;
  private static final int WRITTEN_AT = 16;
  private static final int MAX_COUNT = 10_000;
  private static final SharedFile.Kind KIND =
      new SharedFile.Kind("counters of venues", "LIQVENU1", 1, LENGTH);

  private final SharedFile file;
  private final ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
  private boolean isFailed;

  private VenuesFile(final SharedFile file) {
    this.file = file;
  }

  /** Makes a file in the place of an older one. */
  public static VenuesFile create(final Path path) throws IOException {
    final VenuesFile made = new VenuesFile(SharedFile.create(path, KIND));
    made.store(List.of());
    made.file.publish();
    return made;
  }

  /** Writes how the venues are; a disk that fails is left alone. */
  public void store(final List<VenueStatus> venues) {
    if (isFailed) {
      return;
    }
    Arrays.fill(bytes.array(), (byte) 0);
    bytes.clear().put(KIND.header()).position(SharedFile.HEADER_LENGTH);
    int written = 0;
    for (final VenueStatus venue : venues) {
      final byte[] row = row(venue);
      if (row.length > bytes.remaining()) {
        break;
      }
      bytes.put(row);
      written++;
    }
    bytes.putInt(VENUES_AT, written).putLong(WRITTEN_AT, System.currentTimeMillis());
    try {
      file.store(bytes);
    } catch (final IOException e) {
      isFailed = true;
    }
  }

  private static byte[] row(final VenueStatus venue) {
    final ByteBuffer row = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    text(row, venue.venue());
    final VenueCounter[] counters = VenueCounter.values();
    row.putInt(counters.length);
    for (final VenueCounter counter : counters) {
      row.putLong(venue.of(counter));
    }
    final int countAt = row.position();
    row.putInt(0);
    int count = 0;
    for (final VenueStatus.Link link : venue.connections()) {
      if (row.remaining() < 1_024) {
        break;
      }
      text(row, link.name());
      text(row, link.state());
      row.putLong(link.reconnects());
      text(row, link.reason());
      count++;
    }
    row.putInt(countAt, count);
    return Arrays.copyOf(row.array(), row.position());
  }

  private static void text(final ByteBuffer to, final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    to.putInt(bytes.length).put(bytes);
  }

  /**
   * Reads a file as it is now.
   *
   * @param since ms since 1970: one that was written last before is another session's
   * @return nothing of another session
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException if it is no such file
   */
  public static List<VenueStatus> read(final Path path, final long since) throws IOException {
    try (SharedFile opened = SharedFile.open(path, KIND)) {
      final ByteBuffer from = opened.read((int) opened.length());
      try {
        final int venues = count(from.getInt(VENUES_AT));
        from.position(SharedFile.HEADER_LENGTH);
        final List<VenueStatus> all = new ArrayList<>();
        if (from.getLong(WRITTEN_AT) < since) {
          return all;
        }
        for (int i = 0; i < venues; i++) {
          all.add(venue(from));
        }
        return all;
      } catch (final BufferUnderflowException | IndexOutOfBoundsException e) {
        // Read while it was written.
        throw opened.refused("is damaged, or was just being written; read it again");
      }
    }
  }

  private static VenueStatus venue(final ByteBuffer from) {
    final String name = text(from);
    final VenueCounts counts = new VenueCounts();
    final VenueCounter[] known = VenueCounter.values();
    final int counters = count(from.getInt());
    for (int i = 0; i < counters; i++) {
      final long value = from.getLong();
      if (i < known.length) {
        counts.set(known[i], value);
      }
    }
    final int connections = count(from.getInt());
    final List<VenueStatus.Link> links = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      links.add(new VenueStatus.Link(text(from), text(from), from.getLong(), text(from)));
    }
    return new VenueStatus(name, counts, links);
  }

  private static int count(final int count) {
    if (count < 0 || count > MAX_COUNT) {
      throw new IndexOutOfBoundsException(count);
    }
    return count;
  }

  private static String text(final ByteBuffer from) {
    final byte[] bytes = new byte[count(from.getInt())];
    from.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    file.close();
  }
}
