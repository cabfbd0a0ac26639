package io.liqmap.gateway.recording;

import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.feed.EventSequence;
import io.liqmap.gateway.feed.StreamTimes;
import io.liqmap.gateway.feed.VenueCounts;
import io.liqmap.gateway.feed.VenueInput;
import io.liqmap.gateway.venue.ControlSink;
import io.liqmap.gateway.venue.Venue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** One venue's files, in the order of their names, as one stream of lines. One thread. */
final class VenueFiles implements AutoCloseable {
  private final Venue venue;
  private final List<Path> files;
  private final RecordedFeed.Instruments instruments;
  private final EventSequence events;
  private final VenueCounts counts = new VenueCounts();
  private VenueInput input;
  private FrameFile file;
  private int opened;
  private long last;
  private long time;
  private int cut;

  VenueFiles(
      final Venue venue,
      final List<Path> files,
      final RecordedFeed.Instruments instruments,
      final EventSequence events) {
    this.venue = venue;
    this.files = files.stream().sorted().toList();
    this.instruments = instruments;
    this.events = events;
  }

  String venue() {
    return venue.name();
  }

  VenueCounts counts() {
    return counts;
  }

  int files() {
    return files.size();
  }

  int cut() {
    return cut;
  }

  /** Goes to the next line; false at the end of the last file. */
  boolean next() throws IOException {
    while (true) {
      if (file != null && file.next()) {
        // Without any time, it came just after the line before.
        time = file.time() == FrameFile.NO_TIME ? last + 1 : Math.max(file.time(), last + 1);
        last = time;
        return true;
      }
      if (file != null) {
        cut += file.isCut() ? 1 : 0;
        file.close();
        file = null;
      }
      if (opened == files.size()) {
        return false;
      }
      file = new FrameFile(files.get(opened++));
    }
  }

  /** Time of the line, ns since 1970. */
  long time() {
    return time;
  }

  /** Applies the line. */
  void apply(final long at) throws IOException {
    if (file.isMark()) {
      mark(
          new String(file.bytes(), file.offset(), file.length(), StandardCharsets.UTF_8)
              .split(" ", 4),
          at);
      return;
    }
    if (input == null) {
      begin(instruments.of(venue.name(), null, List.of()), at);
    }
    input.frame(file.bytes(), file.offset(), file.length(), at, StreamTimes.NONE, ControlSink.NONE);
  }

  private void mark(final String[] words, final long at) throws IOException {
    if (words[0].equals("#start") && words.length > 2) {
      final Path settings = files.get(opened - 1).resolveSibling(Path.of(words[1]).getFileName());
      begin(instruments.of(venue.name(), settings, Arrays.asList(words[2].split(","))), at);
    } else if (words[0].equals("#lost") && words.length > 1 && input != null) {
      input.lost(words[1], at);
    }
  }

  private void begin(final List<InstrumentDefinition> of, final long at) {
    input = new VenueInput(venue, of, events, counts);
    input.start(at);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
