package io.liqmap.tools.history;

import io.liqmap.engine.journal.JournalReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A history up to an end, as it is saved: belongs to a journal that has a snapshot of this sequence
 * and state. One thread.
 */
final class SavedHistory {
  /**
   * Which journal it is of.
   *
   * @param chainStart drawn at random for each journal
   * @param checksum of its first document, which holds the settings
   */
  record Origin(int chainStart, int checksum) {
    /** Of a journal that was just opened. */
    static Origin of(final JournalReader opened) {
      return new Origin(opened.envelope().previousChecksum(), opened.envelope().checksum());
    }
  }

  /** Columns of an instrument or a group. */
  record Track(String name, double priceUnit, List<SampleBlock> blocks) {}

  /** Events of an instrument or a group, and of a kind. */
  record Events(String name, String quote, int kind, long cutUntil, List<LoggedEvent> events) {}

  private final Origin origin;
  private final long firstTime;
  private final long every;
  private final long end;
  private final long sequence;
  private final long stateHash;
  private final Map<String, Track> tracks = new LinkedHashMap<>();
  private final List<Events> events = new ArrayList<>();

  SavedHistory(
      final Origin origin,
      final long firstTime,
      final long every,
      final long end,
      final long sequence,
      final long stateHash) {
    this.origin = origin;
    this.firstTime = firstTime;
    this.every = every;
    this.end = end;
    this.sequence = sequence;
    this.stateHash = stateHash;
  }

  /**
   * Adds columns, later than those before.
   *
   * @throws IOException if they are not of this history
   */
  void add(final String name, final double priceUnit, final SampleBlock block) throws IOException {
    final Track track =
        tracks.computeIfAbsent(name, (of) -> new Track(name, priceUnit, new ArrayList<>()));
    final List<SampleBlock> blocks = track.blocks();
    final long after = blocks.isEmpty() ? firstTime - 1 : blocks.get(blocks.size() - 1).lastTime();
    if (!(priceUnit > 0)
        || priceUnit != track.priceUnit()
        || block.firstTime() <= after
        || block.lastTime() > end) {
      throw new IOException("columns of " + name + " that don't continue those before");
    }
    blocks.add(block);
  }

  void add(final Events more) {
    events.add(more);
  }

  Origin origin() {
    return origin;
  }

  /** Time of the journal's first event, ns. */
  long firstTime() {
    return firstTime;
  }

  /** Interval of its columns, ns. */
  long every() {
    return every;
  }

  /** Columns and events are up to this, ns. */
  long end() {
    return end;
  }

  /** Feed sequence of the snapshot. */
  long sequence() {
    return sequence;
  }

  /** State hash of the snapshot. */
  long stateHash() {
    return stateHash;
  }

  List<Track> tracks() {
    return List.copyOf(tracks.values());
  }

  List<Events> events() {
    return events;
  }
}
