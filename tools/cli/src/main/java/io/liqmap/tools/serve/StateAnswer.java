package io.liqmap.tools.serve;

import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.NearAnswer;
import java.util.Optional;

/**
 * What a live stream says at once: the newest state.
 *
 * @param map null while there is none
 * @param serverTime when it was sent
 * @param isLive whether a process is writing the journal
 * @param progress how much of it is read, 0 to 1
 * @param problem what is wrong, for a person
 */
record StateAnswer(
    @Json.Inlined NearAnswer map,
    String serverTime,
    boolean isLive,
    double progress,
    Optional<String> problem) {

  /** That there is a newer map. */
  record MapChange(long sequence) {}
}
