package io.liqmap.benchmarks.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What one measurement of a stage gave.
 *
 * @param events that went through, or operations
 * @param nanos that they took, 0 where only latencies count
 * @param answer hash of the state, or a sum of what was read; the same each time
 * @param allocated bytes per event on the feed's, the map's and the journal's thread in the second
 *     half of the flow; empty where it isn't counted
 * @param latency from when an event should have been sent; null where that isn't measured
 * @param hiccups of a thread that did nothing meanwhile; null where the stage has none
 * @param notes what else there is to say, by name
 */
record Passage(
    long events,
    long nanos,
    long answer,
    List<Double> allocated,
    Histogram latency,
    Histogram hiccups,
    Map<String, Double> notes) {
  private static final String NOTE = "note.";

  static Passage of(final long events, final long nanos, final long answer) {
    return new Passage(events, nanos, answer, List.of(), null, null, Map.of());
  }

  double eventsPerSecond() {
    return events * 1e9 / nanos;
  }

  double nanosPerEvent() {
    return nanos / (double) events;
  }

  /** One line, for another process to read. */
  String line() {
    final StringBuilder line = new StringBuilder();
    line.append("events=").append(events).append(" nanos=").append(nanos);
    line.append(" answer=").append(Long.toHexString(answer));
    for (final double bytes : allocated) {
      line.append(" allocated=").append(bytes);
    }
    append(line, "latency", latency);
    append(line, "hiccups", hiccups);
    notes.forEach(
        (name, value) -> line.append(' ').append(NOTE).append(name).append('=').append(value));
    return line.toString();
  }

  private static void append(
      final StringBuilder line, final String name, final Histogram histogram) {
    if (histogram != null) {
      final ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
      final int length = histogram.encodeIntoCompressedByteBuffer(bytes);
      final byte[] used = new byte[length];
      bytes.flip().get(used);
      line.append(' ').append(name).append('=');
      line.append(Base64.getEncoder().withoutPadding().encodeToString(used));
    }
  }

  /** Reads such a line. */
  static Passage parse(final String line) {
    final Map<String, String> fields = new LinkedHashMap<>();
    final Map<String, Double> notes = new LinkedHashMap<>();
    final List<Double> allocated = new ArrayList<>();
    for (final String field : line.split(" ", -1)) {
      final int at = field.indexOf('=');
      final String name = field.substring(0, at);
      final String value = field.substring(at + 1);
      if (name.equals("allocated")) {
        allocated.add(Double.parseDouble(value));
      } else if (name.startsWith(NOTE)) {
        notes.put(name.substring(NOTE.length()), Double.parseDouble(value));
      } else {
        fields.put(name, value);
      }
    }
    return new Passage(
        Long.parseLong(fields.get("events")),
        Long.parseLong(fields.get("nanos")),
        Long.parseUnsignedLong(fields.get("answer"), 16),
        allocated,
        histogram(fields.get("latency")),
        histogram(fields.get("hiccups")),
        notes);
  }

  private static Histogram histogram(final String text) {
    if (text == null) {
      return null;
    }
    try {
      return Histogram.decodeFromCompressedByteBuffer(
          ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
    } catch (final DataFormatException e) {
      throw new IllegalArgumentException("no histogram: " + text, e);
    }
  }
}
