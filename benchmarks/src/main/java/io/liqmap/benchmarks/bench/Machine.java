package io.liqmap.benchmarks.bench;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What figures were measured on. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** Before anything was measured: afterwards it is our own. */
  private static final double LOAD =
      ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();

  private Machine() {}

  static Map<String, String> facts() {
    final Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processors", Runtime.getRuntime().availableProcessors() + " of " + processor());
    facts.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    facts.put("load", String.format(Locale.ROOT, "%.2f before the run", LOAD));
    facts.put(
        "jvm",
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    facts.put(
        "memory",
        ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(" and "))
            + ", heap of "
            + (Runtime.getRuntime().maxMemory() >> 20)
            + " MiB");
    facts.put(
        "flags",
        Jvm.flags().stream()
            .filter((flag) -> flag.startsWith("-X"))
            .collect(Collectors.joining(" ")));
    return facts;
  }

  static double load() {
    return LOAD;
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter((line) -> line.startsWith("model name"))
          .map((line) -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (final IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
