package io.liqmap.tools.answer;

import io.liqmap.engine.core.state.StateReport;
import io.liqmap.engine.replay.Replay;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * What {@code replay} says at its end.
 *
 * @param totals of what was applied
 * @param startedBehindEvent events of the snapshot that it started from, 0 for none
 * @param comparedSnapshots snapshots compared
 * @param comparedReports ends of runs compared
 * @param recordedStateHash hash that the journal has for the end
 * @param matches whether all states were equal
 * @param damage where the journal is damaged
 * @param comparison in words
 */
public record ReplayAnswer(
    @Json.Inlined RunTotals totals,
    long startedBehindEvent,
    long comparedSnapshots,
    long comparedReports,
    Optional<String> recordedStateHash,
    boolean matches,
    Optional<String> damage,
    @Json.TextOnly String comparison) {

  /**
   * Of a replay that has ended.
   *
   * @param damage that ended it, null for none
   */
  public static ReplayAnswer of(final Replay replay, final long elapsedNanos, final String damage) {
    final long held = replay.start() == null ? 0 : replay.start().events();
    return new ReplayAnswer(
        RunTotals.of(
            replay.map().maps().count(),
            replay.map().firstTime(),
            replay.map().report(),
            replay.snapshots().size(),
            elapsedNanos,
            replay.map().events() - held),
        held,
        replay.compared(),
        replay.reports(),
        Optional.ofNullable(replay.recorded()).map((recorded) -> Format.hash(recorded.stateHash())),
        replay.matches(),
        Optional.ofNullable(Advice.withCommands(damage)),
        comparison(replay));
  }

  public void print(final PrintWriter out) {
    final Lines to = new Lines(out, 14);
    totals.print(to);
    to.line(
        "started",
        "%s",
        startedBehindEvent == 0
            ? "from the first event"
            : "after event " + Format.count(startedBehindEvent));
    to.line("compared", "%s", comparison);
    if (damage.isPresent()) {
      to.line(
          "stopped",
          "DAMAGED after event %,d, the last good one; the state is that after it",
          totals.events());
    }
    out.flush();
  }

  private static String comparison(final Replay replay) {
    final String snapshots = Format.count(replay.compared()) + " snapshots on the way";
    if (replay.firstDifference() != null) {
      return difference(
          "the snapshot", replay.firstDifference().events(), replay.firstDifference().stateHash());
    }
    final StateReport report = replay.firstReportDifference();
    if (report != null) {
      return difference("the end of a run", report.events(), report.stateHash());
    }
    final boolean isAtEnd =
        replay.recorded() != null && replay.recorded().events() == replay.map().events();
    if (!isAtEnd) {
      return snapshots + ", same state; no final state was recorded for this moment";
    }
    return snapshots
        + (replay.reports() > 1 ? ", the ends of " + (replay.reports() - 1) + " runs before" : "")
        + " and the final state: the same";
  }

  private static String difference(final String what, final long events, final long stateHash) {
    return "STATE DIFFERS from "
        + what
        + " after event "
        + Format.count(events)
        + " (recorded "
        + Format.hash(stateHash)
        + ")";
  }
}
