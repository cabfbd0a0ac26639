package io.liqmap.tools.answer;

import io.liqmap.gateway.connection.VenueStatus;
import io.liqmap.gateway.feed.VenueCounter;
import java.util.List;
import java.util.Locale;

/**
 * How a venue's feed is.
 *
 * @param venue its name
 * @param ageSeconds since its last frame; not finite before the first
 * @param framesPerSecond since the sample before, 0 for none
 * @param frames received
 * @param events made from them
 * @param gaps holes in instruments' streams
 * @param missing messages known to be missing in them
 * @param invalid frames that aren't what their kind requires
 * @param unknown frames of no known kind
 * @param reconnects connections opened again after a loss
 * @param refused subscriptions and connections that it refused
 * @param oversized frames that were larger than allowed, or binary
 * @param failedPolls requests that failed
 * @param clockOffsetMillis this machine's clock less the venue's, and the delay between them
 * @param connections each of its connections
 */
public record VenueAnswer(
    String venue,
    double ageSeconds,
    double framesPerSecond,
    long frames,
    long events,
    long gaps,
    long missing,
    long invalid,
    long unknown,
    long reconnects,
    long refused,
    long oversized,
    long failedPolls,
    double clockOffsetMillis,
    List<Connection> connections) {
  private static final double SECOND = 1e9;
  private static final double MILLISECOND = 1e6;

  record Connection(String name, String state, long reconnects, String lastLoss) {}

  /**
   * Of a status.
   *
   * @param nowMillis ms since 1970
   * @param framesBefore frames of the sample before
   * @param secondsSince that sample; 0 for none
   */
  static VenueAnswer of(
      final VenueStatus venue,
      final long nowMillis,
      final long framesBefore,
      final double secondsSince) {
    final long last = venue.of(VenueCounter.LAST_FRAME);
    final long frames = venue.of(VenueCounter.FRAMES);
    return new VenueAnswer(
        venue.venue(),
        last == 0 ? Double.NaN : Math.max(0, (nowMillis * MILLISECOND - last) / SECOND),
        secondsSince > 0 ? (frames - framesBefore) / secondsSince : 0,
        frames,
        venue.of(VenueCounter.EVENTS),
        venue.of(VenueCounter.GAPS),
        venue.of(VenueCounter.MISSING),
        venue.of(VenueCounter.INVALID),
        venue.of(VenueCounter.UNKNOWN),
        venue.of(VenueCounter.RECONNECTS),
        venue.of(VenueCounter.REFUSED),
        venue.of(VenueCounter.OVERSIZED),
        venue.of(VenueCounter.FAILED_POLLS),
        venue.of(VenueCounter.CLOCK_OFFSET) / MILLISECOND,
        venue.connections().stream()
            .map(
                (it) ->
                    new Connection(
                        it.name(), it.state(), it.reconnects(), Format.printable(it.reason())))
            .toList());
  }

  void print(final Lines to, final boolean isRunning) {
    to.line(
        "venue",
        "%s  %,d frames%s, %,d events; %,d gaps, %,d missing, %,d invalid, %,d unknown; %,d"
            + " reconnects, %,d refused%s%s; clock offset %.0f ms",
        Format.printable(venue),
        frames,
        isRunning
            ? ", "
                + Format.count(Math.round(framesPerSecond))
                + " frames/s, last "
                + (Double.isNaN(ageSeconds)
                    ? "never"
                    : String.format(Locale.ROOT, "%.1f s ago", ageSeconds))
            : "",
        events,
        gaps,
        missing,
        invalid,
        unknown,
        reconnects,
        refused,
        oversized == 0 ? "" : ", " + Format.count(oversized) + " oversized",
        failedPolls == 0 ? "" : ", " + Format.count(failedPolls) + " polls failed",
        clockOffsetMillis);
    if (isRunning) {
      for (final Connection connection : connections) {
        to.line(
            "",
            "%s %s%s",
            Format.printable(connection.name),
            connection.state,
            connection.lastLoss.isEmpty() ? "" : ", last lost: " + connection.lastLoss);
      }
    }
  }
}
