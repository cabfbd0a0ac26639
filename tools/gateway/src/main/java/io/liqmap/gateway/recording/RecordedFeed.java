package io.liqmap.gateway.recording;

import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.feed.EventOutput;
import io.liqmap.gateway.feed.EventSequence;
import io.liqmap.gateway.feed.VenueCounts;
import io.liqmap.gateway.venue.Venue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Recordings of one venue or several as one feed: merged by time of receipt, decoded as live frames
 * are. One thread.
 */
public final class RecordedFeed implements AutoCloseable {
  private final List<VenueFiles> venues = new ArrayList<>();
  private final List<VenueFiles> pending = new ArrayList<>();
  private long last;

  /** Finds what a session defined. */
  @FunctionalInterface
  public interface Instruments {
    /**
     * Instruments of a venue.
     *
     * @param settings of the session; null of a file without marks
     * @param symbols of the session, in its order; empty of a file without marks
     */
    List<InstrumentDefinition> of(String venue, Path settings, List<String> symbols)
        throws IOException;
  }

  /**
   * How much of a venue was there.
   *
   * @param venue its name
   * @param files that were read
   * @param cut of them, those that end within a frame, as after a kill
   * @param counts of the frames
   */
  public record Read(String venue, int files, int cut, VenueCounts counts) {}

  /** Opens recordings. */
  public RecordedFeed(
      final Map<Venue, List<Path>> files, final Instruments instruments, final EventOutput out)
      throws IOException {
    final EventSequence events = new EventSequence(out);
    for (final Map.Entry<Venue, List<Path>> of : files.entrySet()) {
      final VenueFiles venue = new VenueFiles(of.getKey(), of.getValue(), instruments, events);
      venues.add(venue);
      if (venue.next()) {
        pending.add(venue);
      }
    }
  }

  /** Applies the next line; false when there is none. */
  public boolean next() throws IOException {
    VenueFiles first = null;
    for (final VenueFiles venue : pending) {
      if (first == null || venue.time() < first.time()) {
        first = venue;
      }
    }
    if (first == null) {
      return false;
    }
    last = Math.max(last + 1, first.time());
    first.apply(last);
    if (!first.next()) {
      pending.remove(first);
    }
    return true;
  }

  /** Time of the last line, ns since 1970. */
  public long time() {
    return last;
  }

  /** What was read, venue by venue. */
  public List<Read> read() {
    return venues.stream()
        .map((it) -> new Read(it.venue(), it.files(), it.cut(), it.counts()))
        .toList();
  }

  @Override
  public void close() throws IOException {
    for (final VenueFiles venue : venues) {
      venue.close();
    }
  }
}
