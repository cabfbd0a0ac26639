package io.liqmap.tools.answer;

import io.liqmap.gateway.connection.VenueStatus;
import java.io.PrintWriter;
import java.util.List;

/**
 * What {@code live} says at its end.
 *
 * @param run as of any run
 * @param recordedBytes of frames; 0 where none were recorded
 * @param venues that were connected
 */
public record LiveAnswer(
    @Json.Inlined RunAnswer run, long recordedBytes, List<VenueAnswer> venues) {
  /** Of a run and its venues at the end. */
  public static LiveAnswer of(
      final RunAnswer run, final List<VenueStatus> venues, final long recordedBytes) {
    final long now = System.currentTimeMillis();
    return new LiveAnswer(
        run, recordedBytes, venues.stream().map((it) -> VenueAnswer.of(it, now, 0, 0)).toList());
  }

  public void print(final PrintWriter out) {
    run.print(out);
    final Lines to = new Lines(out, 14);
    venues.forEach((venue) -> venue.print(to, false));
    if (recordedBytes > 0) {
      to.line("recording", "%,d bytes", recordedBytes);
    }
    out.flush();
  }
}
