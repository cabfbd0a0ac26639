package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.core.state.StateReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * What run and replay both say at their end.
 *
 * @param instruments instruments defined
 * @param firstTime exchange time of the first event, ns, 0 for none
 * @param journaled what was applied, and the state's hash
 * @param snapshots snapshots of the journal
 * @param elapsedNanos wall time
 * @param appliedEvents events applied in this run, without those that a snapshot held
 */
record RunReport(
    int instruments,
    long firstTime,
    StateReport journaled,
    long snapshots,
    long elapsedNanos,
    long appliedEvents) {

  private double seconds() {
    return elapsedNanos / 1e9;
  }

  private double eventsPerSecond() {
    return elapsedNanos == 0 ? 0 : appliedEvents / seconds();
  }

  void writeTo(final JsonGenerator json) throws IOException {
    json.writeNumberField("instruments", instruments);
    json.writeNumberField("events", journaled.events());
    json.writeStringField("firstTime", Moment.print(firstTime));
    json.writeStringField("lastTime", Moment.print(journaled.time()));
    json.writeNumberField("lastSequence", journaled.sequence());
    json.writeNumberField("gaps", journaled.gaps());
    json.writeNumberField("rejected", journaled.rejected());
    json.writeNumberField("sweptNotionalLong", Json.plain(journaled.sweptNotionalLong()));
    json.writeNumberField("sweptNotionalShort", Json.plain(journaled.sweptNotionalShort()));
    json.writeNumberField(
        "observedLiquidationNotionalLong", Json.plain(journaled.observedLiquidationNotionalLong()));
    json.writeNumberField(
        "observedLiquidationNotionalShort",
        Json.plain(journaled.observedLiquidationNotionalShort()));
    json.writeNumberField("snapshots", snapshots);
    json.writeStringField("stateHash", Format.hash(journaled.stateHash()));
    json.writeNumberField("elapsedSeconds", Json.plain(seconds()));
    json.writeNumberField("eventsPerSecond", Json.plain(eventsPerSecond()));
  }

  void print(final PrintWriter out) {
    out.printf("instruments   %s%n", Format.count(instruments));
    out.printf("events        %s%n", Format.count(journaled.events()));
    out.printf("time          %s to %s%n", Moment.print(firstTime), Moment.print(journaled.time()));
    out.printf(Locale.ROOT, "sequence      %d%n", journaled.sequence());
    out.printf("gaps          %s%n", Format.count(journaled.gaps()));
    out.printf("rejected      %s%n", Format.count(journaled.rejected()));
    out.printf(
        "swept         long %s, short %s (estimated, quote asset)%n",
        Format.amount(journaled.sweptNotionalLong()),
        Format.amount(journaled.sweptNotionalShort()));
    out.printf(
        "observed      long %s, short %s (liquidations that the venue reported)%n",
        Format.amount(journaled.observedLiquidationNotionalLong()),
        Format.amount(journaled.observedLiquidationNotionalShort()));
    out.printf("snapshots     %s%n", Format.count(snapshots));
    out.printf("state hash    %s%n", Format.hash(journaled.stateHash()));
    out.printf(
        Locale.ROOT,
        "elapsed       %.3f s, %s events/s%n",
        seconds(),
        Format.count(Math.round(eventsPerSecond())));
  }
}
