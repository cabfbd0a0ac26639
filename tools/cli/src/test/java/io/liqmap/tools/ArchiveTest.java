package io.liqmap.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that {@code package} makes, unpacked beside no sources and run with a bare path. */
@Tag("packaged")
final class ArchiveTest {
  @TempDir private static Path folder;

  private static Path script;

  @BeforeAll
  static void unpack() throws Exception {
    final Path target = RealData.root().resolve("tools/cli/target");
    final Path archive;
    try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
      archive = files.filter((file) -> file.toString().endsWith(".tar.gz")).findAny().orElse(null);
    }
    assumeTrue(archive != null, "skipped: no archive in " + target + "; run mvn package");
    assertEquals("", run("tar", "-xzf", archive.toString(), "-C", folder.toString()));
    try (Stream<Path> unpacked = Files.list(folder)) {
      script = unpacked.filter(Files::isDirectory).findAny().orElseThrow().resolve("bin/liqmap");
    }
  }

  private static String liqmap(final String... words) throws Exception {
    final List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(words));
    return run(command.toArray(String[]::new));
  }

  private static String run(final String... command) throws IOException, InterruptedException {
    final Path out = folder.resolve("out");
    final ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    final int code = builder.start().waitFor();
    final String said = Files.readString(out);
    assertEquals(0, code, said);
    return said;
  }

  @Test
  void shouldSayItsVersion() throws Exception {
    assertTrue(liqmap("--version").startsWith("liqmap "));
  }

  @Test
  void shouldComputeAMargin() throws Exception {
    final String said =
        liqmap(
            "margin",
            "--venue=binance",
            "--contract=linear",
            "--symbol=BTCUSDT",
            "--side=long",
            "--entry=60000",
            "--quantity=10.2",
            "--leverage=20");
    assertTrue(said.contains("liquidation"), said);
  }

  @Test
  void shouldRunTheDemo() throws Exception {
    final String said = liqmap("demo", "--seconds", "2");
    assertTrue(said.contains("replayed: the same state"), said);
  }
}
