package io.liqmap.backfill;

import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.feed.FeedFileException;
import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.feed.FeedFileReader.Mark;
import io.liqmap.engine.feed.FrameCursor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Reads a feed file once to find its instruments and their days. One thread. */
final class FeedScan {
  private final String file;
  private final DayScan withoutInstrument;
  private final Map<InstrumentName, DayScan> scans = new LinkedHashMap<>();
  private final FrameCursor frame = new FrameCursor();
  private final FrameFilter names = new FrameFilter(null, FrameFilter.NO_INSTRUMENT, new int[0], 0);
  private long number;

  private FeedScan(final String file) {
    this.file = file;
    withoutInstrument = new DayScan(null, file);
  }

  /** Days of a file by instrument; damage is a flaw of the days that it cuts off. */
  static List<FileDay> of(final String file) {
    return new FeedScan(file).scan();
  }

  private List<FileDay> scan() {
    String flaw = "";
    try (FeedFileReader reader = new FeedFileReader(Path.of(file))) {
      Mark block = reader.mark();
      while (reader.nextBlock()) {
        scan(reader, block);
        block = reader.mark();
      }
    } catch (final FeedFileException e) {
      flaw = e.getMessage();
    } catch (final IOException e) {
      flaw = file + ": reading fails (" + e + ")";
    }
    if (scans.isEmpty()) {
      return List.of(
          FileDay.unreadable(
              file, flaw.isEmpty() ? file + ": defines no instrument; import it again" : flaw));
    }
    final List<FileDay> days = new ArrayList<>();
    for (final DayScan scan : scans.values()) {
      days.addAll(scan.end(flaw, number));
    }
    return days;
  }

  private void scan(final FeedFileReader reader, final Mark block) {
    final DirectBuffer frames = reader.buffer();
    frame.wrap(frames, reader.offset(), reader.length());
    int index = 0;
    while (frame.next()) {
      if (frame.isNumbered() && FrameFilter.isDefinition(frame)) {
        final InstrumentName name = names.defined(frame, frames);
        if (!scans.containsKey(name)) {
          scans.put(name, withoutInstrument.of(name));
        }
      }
      for (final DayScan scan : scans.values()) {
        scan.onFrame(frame, frames, block, index, number);
      }
      withoutInstrument.onFrame(frame, frames, block, index, number);
      index++;
      number++;
    }
  }

  /** Exchange time of a file's first message, ns; the least number where it has none. */
  static long firstTime(final String file) {
    try (FeedFileReader reader = new FeedFileReader(Path.of(file))) {
      final FrameCursor frame = new FrameCursor();
      while (reader.nextBlock()) {
        frame.wrap(reader.buffer(), reader.offset(), reader.length());
        while (frame.next()) {
          if (frame.isNumbered()) {
            return frame.exchangeTime();
          }
        }
      }
    } catch (final IOException e) {
      // The scan says what is wrong with it.
    }
    return Long.MIN_VALUE;
  }
}
