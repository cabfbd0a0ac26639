package io.liqmap.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a figure was measured on. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  static String describe() {
    return "machine  "
        + Runtime.getRuntime().availableProcessors()
        + " processors, "
        + processor()
        + ", "
        + System.getProperty("os.name")
        + "\nload     "
        + String.format(
            Locale.ROOT,
            "%.2f over the last minute",
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
        + "\nJVM      "
        + System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.runtime.version")
        + ", "
        + ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map((collector) -> collector.getName())
            .collect(Collectors.joining(" and "))
        + ", heap of "
        + (Runtime.getRuntime().maxMemory() >> 20)
        + " MiB";
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
