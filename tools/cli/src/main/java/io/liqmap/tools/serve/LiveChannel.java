package io.liqmap.tools.serve;

import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.MapRequest;
import io.liqmap.tools.answer.NearAnswer;
import io.liqmap.tools.history.FollowerStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The streams of one map: each state is encoded once for all of them. Guarded by the streams that
 * it is among.
 */
final class LiveChannel {
  /** At most four maps a second: each is a megabyte to fetch. */
  private static final long MAP_NANOS = 250_000_000L;

  /** An unchanged state is sent again, so that a page knows that the server is there. */
  private static final long REPEAT_NANOS = 3_000_000_000L;

  private final MapRequest request;
  private final List<EventStream> streams = new ArrayList<>();
  private FollowerStatus lastStatus;
  private String lastProblem;
  private byte[] lastState;
  private byte[] lastMap;
  private long stateAt;
  private long mapSequence;
  private long mapAt;

  LiveChannel(final MapRequest request) {
    this.request = request;
  }

  MapRequest request() {
    return request;
  }

  /** Of the newest map that its streams announced. */
  long mapSequence() {
    return mapSequence;
  }

  boolean isEmpty() {
    return streams.isEmpty();
  }

  /** A stream that begins gets what the others know. */
  void add(final EventStream stream) {
    streams.add(stream);
    stream.offer(lastState, lastMap);
  }

  void remove(final EventStream stream) {
    streams.remove(stream);
  }

  void ping() {
    streams.forEach(EventStream::ping);
  }

  void end() {
    streams.forEach(EventStream::end);
  }

  /**
   * Sends the newest state.
   *
   * @param near null while there is none
   * @param problem null for none
   * @return whether a change of the map is still to be sent
   */
  boolean send(
      final FollowerStatus status, final NearAnswer near, final String problem, final long now) {
    final boolean isNew =
        lastState == null
            || !status.equals(lastStatus)
            || (problem != null && !problem.equals(lastProblem))
            || now - stateAt >= REPEAT_NANOS;
    byte[] state = null;
    if (isNew) {
      state = state(status, near, problem);
      lastState = state;
      lastStatus = status;
      lastProblem = problem;
      stateAt = now;
    }
    final boolean isMapNew = near != null && near.sequence() != mapSequence;
    byte[] map = null;
    if (isMapNew && (lastMap == null || now - mapAt >= MAP_NANOS)) {
      map = EventStream.event("map", Json.line(new StateAnswer.MapChange(near.sequence())));
      lastMap = map;
      mapSequence = near.sequence();
      mapAt = now;
    }
    if (state != null || map != null) {
      for (final EventStream stream : streams) {
        stream.offer(state, map);
      }
    }
    return isMapNew && map == null;
  }

  private static byte[] state(
      final FollowerStatus status, final NearAnswer near, final String problem) {
    final Instant now = Instant.now();
    return EventStream.event(
        "state",
        Json.line(
            new StateAnswer(
                near,
                Format.time(
                    now.getEpochSecond() * 1_000_000_000L + now.getNano() / 1_000_000 * 1_000_000L),
                status.isLive(),
                status.progress(),
                Optional.ofNullable(problem))));
  }
}
