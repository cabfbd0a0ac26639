package io.liqmap.tools.answer;

import io.liqmap.engine.core.state.StateReport;

/**
 * The end of a run or a replay.
 *
 * @param instruments instruments defined
 * @param events events applied
 * @param firstTime exchange time of the first event
 * @param lastTime engine time after the last event
 * @param lastSequence feed sequence of the last event
 * @param gaps gaps in the sequence
 * @param rejected messages rejected
 * @param sweptNotionalLong longs that sweeps removed, quote asset
 * @param sweptNotionalShort shorts that sweeps removed, quote asset
 * @param observedLiquidationNotionalLong longs that the venue reported liquidated, quote asset
 * @param observedLiquidationNotionalShort shorts that the venue reported liquidated, quote asset
 * @param snapshots snapshots of the journal
 * @param stateHash hash of the state after the last event
 * @param elapsedSeconds wall time
 * @param eventsPerSecond events that this run applied, without those of a snapshot, over wall time
 */
public record RunTotals(
    long instruments,
    long events,
    String firstTime,
    String lastTime,
    long lastSequence,
    long gaps,
    long rejected,
    double sweptNotionalLong,
    double sweptNotionalShort,
    double observedLiquidationNotionalLong,
    double observedLiquidationNotionalShort,
    long snapshots,
    String stateHash,
    double elapsedSeconds,
    double eventsPerSecond) {

  static RunTotals of(
      final int instruments,
      final long firstTime,
      final StateReport report,
      final long snapshots,
      final long elapsedNanos,
      final long appliedEvents) {
    final double seconds = elapsedNanos / 1e9;
    return new RunTotals(
        instruments,
        report.events(),
        Format.time(firstTime),
        Format.time(report.time()),
        report.sequence(),
        report.gaps(),
        report.rejected(),
        report.sweptNotionalLong(),
        report.sweptNotionalShort(),
        report.observedLiquidationNotionalLong(),
        report.observedLiquidationNotionalShort(),
        snapshots,
        Format.hash(report.stateHash()),
        seconds,
        elapsedNanos == 0 ? 0 : appliedEvents / seconds);
  }

  void print(final Lines to) {
    to.line("instruments", "%,d", instruments);
    to.line("events", "%,d", events);
    to.line("time", "%s to %s", firstTime, lastTime);
    to.line("sequence", "%d", lastSequence);
    to.line("gaps", "%,d", gaps);
    to.line("rejected", "%,d", rejected);
    to.line(
        "swept",
        "long %s, short %s (estimated, quote asset)",
        Format.amount(sweptNotionalLong),
        Format.amount(sweptNotionalShort));
    to.line(
        "observed",
        "long %s, short %s (liquidations that the venue reported)",
        Format.amount(observedLiquidationNotionalLong),
        Format.amount(observedLiquidationNotionalShort));
    to.line("snapshots", "%,d", snapshots);
    to.line("state hash", "%s", stateHash);
    to.line("elapsed", "%.3f s, %,d events/s", elapsedSeconds, Math.round(eventsPerSecond));
  }
}
