package io.liqmap.benchmarks;

import io.liqmap.engine.pipeline.WaitMode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * What a throughput run is asked for. Immutable.
 *
 * @param rounds measured rounds, 1 or more
 * @param warmUps rounds before them that don't count
 * @param events of the flow, 1,000 or more; some 66 bytes of memory each
 * @param tiers of the map's profile, 2 to 64
 * @param ringSize slots of the ring
 * @param claim slots claimed at a time
 * @param waitMode how the map's thread waits
 * @param folder where journals are kept while they are needed
 */
record ThroughputOptions(
    int rounds,
    int warmUps,
    long events,
    int tiers,
    int ringSize,
    int claim,
    WaitMode waitMode,
    Path folder) {
  static final String USAGE =
      """
      java @config/jvm.options -jar benchmarks/target/benchmarks.jar throughput [options]
        --rounds N     measured rounds (7)
        --warm-ups N   rounds before them that don't count (3)
        --events N     events of the flow, some 66 bytes of memory each (4000000)
        --tiers N      leverage tiers of the map, 2 to 64 (10)
        --ring N       slots of the ring, a power of two (16384)
        --claim N      slots claimed at a time (256)
        --wait MODE    how the map's thread waits: park, yield or spin (park)
        --folder DIR   where journals are kept while they are needed (java.io.tmpdir)""";

  private static final Set<String> NAMES =
      Set.of(
          "--rounds",
          "--warm-ups",
          "--events",
          "--tiers",
          "--ring",
          "--claim",
          "--wait",
          "--folder");
  private static final long MIN_EVENTS = 1_000;

  ThroughputOptions {
    if (rounds < 1 || warmUps < 0 || events < MIN_EVENTS || tiers < 2 || tiers > 64) {
      throw new IllegalArgumentException(
          "needed: 1 round, " + MIN_EVENTS + " events and 2 to 64 tiers at the least");
    }
  }

  static ThroughputOptions standard() {
    return new ThroughputOptions(
        7,
        3,
        4_000_000,
        10,
        16_384,
        256,
        WaitMode.PARK,
        Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it can't be understood
   */
  static ThroughputOptions parse(final String[] args) {
    ThroughputOptions options = standard();
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      options = options.with(args[i], args[i + 1]);
    }
    return options;
  }

  private ThroughputOptions with(final String name, final String value) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("there is no option " + name);
    }
    return new ThroughputOptions(
        name.equals("--rounds") ? Integer.parseInt(value) : rounds,
        name.equals("--warm-ups") ? Integer.parseInt(value) : warmUps,
        name.equals("--events") ? Long.parseLong(value) : events,
        name.equals("--tiers") ? Integer.parseInt(value) : tiers,
        name.equals("--ring") ? Integer.parseInt(value) : ringSize,
        name.equals("--claim") ? Integer.parseInt(value) : claim,
        name.equals("--wait") ? WaitMode.valueOf(value.toUpperCase(Locale.ROOT)) : waitMode,
        name.equals("--folder") ? Path.of(value) : folder);
  }
}
