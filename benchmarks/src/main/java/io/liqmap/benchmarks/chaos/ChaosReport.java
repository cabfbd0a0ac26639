package io.liqmap.benchmarks.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was done and found, of a pass or of all. Any thread. */
final class ChaosReport {
  private final Map<Disturbance, Long> disturbances = new EnumMap<>(Disturbance.class);
  private final List<String> faults = new ArrayList<>();
  private long passes;
  private long events;
  private long resumes;
  private long states;
  private long streamed;
  private long naps;
  private long verified;

  synchronized void disturbed(final Disturbance by) {
    disturbances.merge(by, 1L, Long::sum);
  }

  synchronized void resumed() {
    resumes++;
  }

  /** A journal or a copy of one was verified to its end. */
  synchronized void verified() {
    verified++;
  }

  /** What readers of one engine's view and events have seen. */
  synchronized void read(final long seenStates, final long seenEvents, final long slept) {
    states += seenStates;
    streamed += seenEvents;
    naps += slept;
  }

  synchronized void passed(final long journaled) {
    passes++;
    events += journaled;
  }

  /** A sentence about something that mustn't be. */
  synchronized void fault(final String sentence) {
    faults.add(sentence);
  }

  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  synchronized long resumes() {
    return resumes;
  }

  synchronized long count(final Disturbance of) {
    return disturbances.getOrDefault(of, 0L);
  }

  /** Adds another's. */
  synchronized void add(final ChaosReport other) {
    synchronized (other) {
      other.disturbances.forEach((by, count) -> disturbances.merge(by, count, Long::sum));
      faults.addAll(other.faults);
      passes += other.passes;
      events += other.events;
      resumes += other.resumes;
      states += other.states;
      streamed += other.streamed;
      naps += other.naps;
      verified += other.verified;
    }
  }

  /** In one line. */
  synchronized String line() {
    final StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%,d events acknowledged, %d resumes", events, resumes));
    disturbances.forEach(
        (by, count) -> line.append(", ").append(by.words()).append(' ').append(count));
    return line.toString();
  }

  /** As a table. */
  synchronized String table() {
    final StringBuilder table = new StringBuilder("\n| what | count |\n|---|---|\n");
    row(table, "passes", passes);
    row(table, "events acknowledged", events);
    row(table, "resumes", resumes);
    for (final Disturbance disturbance : Disturbance.values()) {
      row(table, disturbance.words(), disturbances.getOrDefault(disturbance, 0L));
    }
    row(table, "journals and copies verified", verified);
    row(table, "states read", states);
    row(table, "events read", streamed);
    row(table, "naps of readers", naps);
    row(table, "faults", faults.size());
    return table.toString();
  }

  private static void row(final StringBuilder table, final String what, final long count) {
    table.append(String.format(Locale.ROOT, "| %s | %,d |%n", what, count));
  }
}
