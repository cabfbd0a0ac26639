package io.liqmap.benchmarks.bench;

import io.liqmap.engine.settings.WaitMode;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;

/**
 * What a run is asked for. Immutable.
 *
 * @param quick within some minutes: fewer stages, events, ways and rates, as warm as the others
 * @param scale long flows of many instruments, too
 * @param json one object instead of tables
 * @param out folder for report and pictures, null for none
 * @param jvms processes for each stage, one after the other, 1 or more: the same code differs from
 *     process to process by more than from round to round
 * @param rounds that count in each of them, 1 or more
 * @param events of the flow, 100,000 or more
 * @param waitMode how the map's thread waits where throughput is measured; for latency it spins
 * @param folder where journals are kept while they are needed
 */
record BenchOptions(
    boolean quick,
    boolean scale,
    boolean json,
    Path out,
    int jvms,
    int rounds,
    long events,
    WaitMode waitMode,
    Path folder) {
  private static final int JVMS = 3;
  private static final int ROUNDS = 3;
  private static final long QUICK_EVENTS = 2_000_000;
  private static final long EVENTS = 4_000_000;
  private static final long MIN_EVENTS = 100_000;

  BenchOptions {
    if (jvms < 1 || rounds < 1 || events < MIN_EVENTS) {
      throw new IllegalArgumentException(
          "needed: 1 JVM, 1 round and " + MIN_EVENTS + " events at the least");
    }
  }

  /** An {@link IllegalArgumentException} names an unknown option or an invalid value. */
  static BenchOptions parse(final String... args) {
    final boolean quick = Arrays.asList(args).contains("--quick");
    BenchOptions options =
        new BenchOptions(
            quick,
            false,
            false,
            null,
            JVMS,
            ROUNDS,
            quick ? QUICK_EVENTS : EVENTS,
            WaitMode.PARK,
            Path.of(System.getProperty("java.io.tmpdir")));
    final Deque<String> left = new ArrayDeque<>(Arrays.asList(args));
    while (!left.isEmpty()) {
      options = options.with(left.pop(), left);
    }
    return options;
  }

  private BenchOptions with(final String name, final Deque<String> left) {
    return switch (name) {
      case "--quick" -> this;
      case "--scale" ->
          new BenchOptions(quick, true, json, out, jvms, rounds, events, waitMode, folder);
      case "--json" ->
          new BenchOptions(quick, scale, true, out, jvms, rounds, events, waitMode, folder);
      default -> {
        if (left.isEmpty()) {
          throw new IllegalArgumentException(name + ": no such option, or it needs a value");
        }
        yield with(name, left.pop());
      }
    };
  }

  private BenchOptions with(final String name, final String value) {
    return switch (name) {
      case "--out" ->
          new BenchOptions(
              quick, scale, json, Path.of(value), jvms, rounds, events, waitMode, folder);
      case "--jvms" ->
          new BenchOptions(
              quick, scale, json, out, Integer.parseInt(value), rounds, events, waitMode, folder);
      case "--rounds" ->
          new BenchOptions(
              quick, scale, json, out, jvms, Integer.parseInt(value), events, waitMode, folder);
      case "--events" ->
          new BenchOptions(
              quick, scale, json, out, jvms, rounds, Long.parseLong(value), waitMode, folder);
      case "--wait" ->
          new BenchOptions(
              quick,
              scale,
              json,
              out,
              jvms,
              rounds,
              events,
              WaitMode.valueOf(value.toUpperCase(Locale.ROOT)),
              folder);
      case "--folder" ->
          new BenchOptions(quick, scale, json, out, jvms, rounds, events, waitMode, Path.of(value));
      default -> throw new IllegalArgumentException("there is no option " + name);
    };
  }
}
