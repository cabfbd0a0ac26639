package io.liqmap.benchmarks.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Memory that the process uses at a moment. Immutable.
 *
 * @param heap bytes used by what is still referred to, after a collection
 * @param direct bytes of direct buffers
 * @param pooled bytes that the JDK has mapped
 * @param mapped bytes of all files mapped shared, those that Chronicle maps past the JDK included;
 *     0 where the system doesn't report it
 * @param mappings number of them
 * @param files open file descriptors, sockets and the like included; 0 where the system doesn't
 *     report them
 * @param threads live ones
 */
record Footprint(
    long heap, long direct, long pooled, long mapped, long mappings, long files, long threads) {
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final int ADDRESS = 0;
  private static final int PERMISSIONS = 1;
  private static final int FILE = 5;
  private static final int HEX = 16;

  static Footprint collectAndMeasure() throws IOException {
    System.gc();
    long mapped = 0;
    long mappings = 0;
    for (final String line : mappingLines()) {
      final String[] columns = line.split(" +", FILE + 1);
      if (columns.length > FILE
          && columns[PERMISSIONS].endsWith("s")
          && columns[FILE].startsWith("/")) {
        final String[] range = columns[ADDRESS].split("-", 2);
        mapped += Long.parseUnsignedLong(range[1], HEX) - Long.parseUnsignedLong(range[0], HEX);
        mappings++;
      }
    }
    return new Footprint(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        pool("direct"),
        pool("mapped"),
        mapped,
        mappings,
        openFiles(),
        ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static List<String> mappingLines() throws IOException {
    return Files.isReadable(MAPS)
        ? Files.readAllLines(MAPS, StandardCharsets.ISO_8859_1)
        : List.of();
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getOpenFileDescriptorCount()
        : 0;
  }

  private static long pool(final String name) {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter((pool) -> pool.getName().equals(name))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
