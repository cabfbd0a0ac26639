package io.liqmap.backfill;

import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.feed.FeedFileReader.Mark;
import io.liqmap.engine.feed.FrameCursor;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Cuts one instrument's messages of a feed file into days, UTC, by exchange time. A later message
 * of an earlier day stays with the day that has begun; a jump of more than a week is a day's start
 * only if further messages agree. One thread.
 */
final class DayScan {
  static final long DAY = 86_400_000_000_000L;
  private static final long FAR = 7 * DAY;
  private static final int AGREEING = 4;

  private final InstrumentName name;
  private final String file;
  private final FrameFilter filter;
  private final List<FileDay> days = new ArrayList<>();
  private long day = FileDay.NONE;
  private long latest;
  private int farAhead;
  private FilePart start;
  private long startFrame;
  private long messages;
  private int checksum;

  /** Begins at a file's start, for an instrument that isn't defined yet. */
  DayScan(final InstrumentName name, final String file) {
    this(name, file, new FrameFilter(name, FrameFilter.NO_INSTRUMENT, new int[0], 0), 0, 0);
  }

  private DayScan(
      final InstrumentName name,
      final String file,
      final FrameFilter filter,
      final long messages,
      final int checksum) {
    this.name = name;
    this.file = file;
    this.filter = filter;
    this.messages = messages;
    this.checksum = checksum;
    start = new FilePart(file, Mark.START, 0, 0, FrameFilter.NO_INSTRUMENT, new int[0], 0);
  }

  /** The scan of an instrument that is defined now; this one has no instrument. */
  DayScan of(final InstrumentName defined) {
    final FrameFilter same =
        new FrameFilter(defined, FrameFilter.NO_INSTRUMENT, filter.others(), filter.foreign());
    return new DayScan(defined, file, same, messages, checksum);
  }

  InstrumentName name() {
    return name;
  }

  /**
   * Sees the next frame of the file.
   *
   * @param block where the frame's block starts
   * @param index of the frame in its block
   * @param number of the frame in the file
   */
  void onFrame(
      final FrameCursor frame,
      final DirectBuffer frames,
      final Mark block,
      final int index,
      final long number) {
    final int ownBefore = filter.own();
    if (!filter.admits(frame, frames)) {
      return;
    }
    if (filter.own() >= 0 && filter.instrument() == filter.own()) {
      final long time = frame.exchangeTime();
      if (day == FileDay.NONE) {
        // A definition may be older than the data.
        if (!FrameFilter.isDefinition(frame)) {
          day = Math.floorDiv(time, DAY);
          latest = time;
        }
      } else if (isNextDay(time)) {
        end(number, "");
        day = Math.floorDiv(time, DAY);
        start = new FilePart(file, block, index, 0, ownBefore, filter.others(), filter.foreign());
        startFrame = number;
      }
    }
    messages++;
    checksum = frame.checksum(checksum);
  }

  private boolean isNextDay(final long time) {
    final boolean isFar = time - latest > FAR;
    farAhead = isFar ? farAhead + 1 : 0;
    if (isFar && farAhead < AGREEING) {
      return false;
    }
    farAhead = 0;
    latest = Math.max(latest, time);
    return Math.floorDiv(time, DAY) > day;
  }

  /** Ends the current day before a frame. */
  private void end(final long number, final String flaw) {
    final FilePart part =
        new FilePart(
            file,
            start.from(),
            start.skipped(),
            number - startFrame,
            start.own(),
            start.others(),
            start.foreign());
    days.add(new FileDay(name, day, List.of(part), messages, checksum, flaw));
    messages = 0;
    checksum = 0;
  }

  /**
   * Ends the last day.
   *
   * @param number of frames in the file
   * @param flaw why reading ends before the file does, empty at its end
   * @return all days, in the order of time; none of an instrument that is defined and has no data
   */
  List<FileDay> end(final String flaw, final long number) {
    if (day != FileDay.NONE) {
      end(number, flaw);
    } else if (!flaw.isEmpty()) {
      days.add(FileDay.unreadable(file, flaw));
    }
    return days;
  }
}
