package io.liqmap.benchmarks.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts and failures of a pass, or of all. Any thread. */
final class ChaosReport {
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final List<String> failures = new ArrayList<>();
  private long passes;
  private long events;
  private long resumes;
  private long states;
  private long streamed;
  private long naps;
  private long verified;

  synchronized void injected(final Fault fault) {
    faults.merge(fault, 1L, Long::sum);
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

  synchronized void fail(final String sentence) {
    failures.add(sentence);
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  synchronized long resumes() {
    return resumes;
  }

  synchronized long count(final Fault of) {
    return faults.getOrDefault(of, 0L);
  }

  synchronized void add(final ChaosReport other) {
    synchronized (other) {
      other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
      failures.addAll(other.failures);
      passes += other.passes;
      events += other.events;
      resumes += other.resumes;
      states += other.states;
      streamed += other.streamed;
      naps += other.naps;
      verified += other.verified;
    }
  }

  synchronized String line() {
    final StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%,d events acknowledged, %d resumes", events, resumes));
    faults.forEach(
        (fault, count) -> line.append(", ").append(fault.words()).append(' ').append(count));
    return line.toString();
  }

  synchronized String table() {
    final StringBuilder table = new StringBuilder("\n| what | count |\n|---|---|\n");
    row(table, "passes", passes);
    row(table, "events acknowledged", events);
    row(table, "resumes", resumes);
    for (final Fault fault : Fault.values()) {
      row(table, fault.words(), faults.getOrDefault(fault, 0L));
    }
    row(table, "journals and copies verified", verified);
    row(table, "states read", states);
    row(table, "events read", streamed);
    row(table, "naps of readers", naps);
    row(table, "failures", failures.size());
    return table.toString();
  }

  private static void row(final StringBuilder table, final String what, final long count) {
    table.append(String.format(Locale.ROOT, "| %s | %,d |%n", what, count));
  }
}
