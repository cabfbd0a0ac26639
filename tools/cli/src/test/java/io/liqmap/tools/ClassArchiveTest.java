package io.liqmap.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that the script has Java make, with a jar of two small classes. */
@Tag("slow")
final class ClassArchiveTest {
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  /** Long enough for any machine: a test that waits so long has failed. */
  private static final Duration MOST = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private Path home;
  private Path cache;
  private Path jar;

  private record Ran(int code, String out, String err, boolean isFromArchive) {}

  @BeforeEach
  void install() throws IOException {
    home = folder.resolve("home");
    cache = folder.resolve("cache");
    jar = home.resolve("lib/liqmap.jar");
    for (final String name : List.of("bin", "lib", "config")) {
      Files.createDirectories(home.resolve(name));
    }
    for (final String options : List.of("jvm.options", "jvm-23.options")) {
      Files.copy(
          RealData.root().resolve("config").resolve(options),
          home.resolve("config").resolve(options));
    }
    Files.copy(RealData.root().resolve("tools/bin/liqmap"), home.resolve("bin/liqmap"));
    assertTrue(home.resolve("bin/liqmap").toFile().setExecutable(true));
    pack("", BUILT);
  }

  /** Makes the jar: what starts says hello, and what lists classes starts it, or fails. */
  private void pack(final String failure, final Instant time) throws IOException {
    final Path sources = Files.createDirectories(folder.resolve("sources"));
    Files.writeString(
        sources.resolve("Liqmap.java"),
        "package io.liqmap.tools; public class Liqmap { public static void main(String[] args) {"
            + " System.out.println(\"hello\"); } }");
    Files.writeString(
        sources.resolve("ShortCommands.java"),
        "package io.liqmap.tools; public class ShortCommands { public static void main(String[]"
            + " args) {"
            + failure
            + " Liqmap.main(args); } }");
    final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertEquals(
        0,
        compiler.run(
            null,
            null,
            null,
            "-d",
            sources.toString(),
            sources.resolve("Liqmap.java").toString(),
            sources.resolve("ShortCommands.java").toString()));
    final Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    final Path made = folder.resolve("made.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(made), manifest)) {
      for (final String name : List.of("Liqmap", "ShortCommands")) {
        out.putNextEntry(new JarEntry("io/liqmap/tools/" + name + ".class"));
        Files.copy(sources.resolve("io/liqmap/tools/" + name + ".class"), out);
        out.closeEntry();
      }
    }
    Files.setLastModifiedTime(made, FileTime.from(time));
    Files.move(made, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private Ran start(final String word) throws IOException, InterruptedException {
    return start(word, "on");
  }

  private Ran start(final String word, final String setting)
      throws IOException, InterruptedException {
    final Path log = folder.resolve("loaded");
    final Path out = folder.resolve("out");
    final Path err = folder.resolve("err");
    final ProcessBuilder builder =
        new ProcessBuilder(home.resolve("bin/liqmap").toString(), word)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS", "-Xlog:class+load:file=" + log);
    builder.environment().put("LIQMAP_CDS", setting);
    final int code = builder.start().waitFor();
    final boolean isFromArchive =
        Files.readString(log, StandardCharsets.UTF_8)
            .lines()
            .anyMatch(
                (line) ->
                    line.contains("io.liqmap.tools.Liqmap ") && line.contains("shared objects"));
    return new Ran(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8),
        isFromArchive);
  }

  /** Waits until nothing is being made. */
  private List<String> settled() throws IOException, InterruptedException {
    final Instant end = Instant.now().plus(MOST);
    List<String> found = found();
    while (found.stream().noneMatch((name) -> name.endsWith(".jsa"))
        || found.stream().anyMatch((name) -> name.endsWith(".making"))) {
      assertTrue(Instant.now().isBefore(end), found.toString());
      Thread.sleep(20);
      found = found();
    }
    return found;
  }

  private List<String> found() throws IOException {
    return in(cache.resolve("liqmap"));
  }

  private static List<String> in(final Path made) throws IOException {
    if (!Files.isDirectory(made)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(made)) {
      return files.map((file) -> file.getFileName().toString()).toList();
    }
  }

  private static void assertHello(final boolean isFromArchive, final Ran ran) {
    assertEquals(new Ran(0, "hello\n", "", isFromArchive), ran);
  }

  @Test
  void shouldLoadClassesFromAnArchiveThatTheFirstShortCommandHasMade() throws Exception {
    assertHello(false, start("map"));
    assertEquals(1, settled().size());
    assertHello(true, start("map"));
    assertHello(true, start("--help"));
    assertHello(true, start("run"));
  }

  @Test
  void shouldMakeAnotherArchiveForAnotherBuildAndRemoveTheOld() throws Exception {
    start("map");
    final List<String> old = settled();
    pack("", BUILT.plusSeconds(1));
    assertHello(false, start("map"));
    while (found().equals(old)) {
      Thread.sleep(20);
    }
    Thread.sleep(20);
    final List<String> made = settled();
    assertNotEquals(old, made);
    assertHello(true, start("map"));
    while (found().size() > 1) {
      Thread.sleep(20);
    }
    assertFalse(found().contains(old.get(0)));
  }

  @Test
  void shouldLoadFromTheJarWhereTheArchiveIsBroken() throws Exception {
    start("map");
    final Path archive = cache.resolve("liqmap").resolve(settled().get(0));
    final byte[] whole = Files.readAllBytes(archive);
    assertTrue(archive.toFile().setWritable(true));
    for (final int at : new int[] {0, 9, 200, whole.length / 3, whole.length / 2}) {
      final byte[] bytes = whole.clone();
      for (int i = 0; i < 64; i++) {
        bytes[at + i] ^= 0x55;
      }
      Files.write(archive, bytes);
      final Ran ran = start("map");
      assertEquals("hello\n", ran.out, "at " + at);
      assertEquals("", ran.err, "at " + at);
      assertEquals(0, ran.code, "at " + at);
    }
    Files.write(archive, new byte[0]);
    assertHello(false, start("map"));
    Files.writeString(archive, "an archive of something else");
    assertHello(false, start("map"));
  }

  @Test
  void shouldMakeOneArchiveHoweverManyStartAtOnce() throws Exception {
    final List<Process> started = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      final ProcessBuilder builder =
          new ProcessBuilder(home.resolve("bin/liqmap").toString(), "map")
              .redirectErrorStream(true);
      builder.environment().put("XDG_CACHE_HOME", cache.toString());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      started.add(builder.start());
    }
    for (final Process process : started) {
      assertEquals(
          "hello\n", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      assertEquals(0, process.waitFor());
    }
    assertEquals(1, settled().size());
    assertHello(true, start("map"));
  }

  @Test
  void shouldNotTryAgainWhereMakingItFailed() throws Exception {
    pack("if (true) throw new IllegalStateException();", BUILT);
    assertHello(false, start("map"));
    final Instant end = Instant.now().plus(MOST);
    while (found().isEmpty() || !in(cache.resolve("liqmap").resolve(found().get(0))).isEmpty()) {
      assertTrue(Instant.now().isBefore(end));
      Thread.sleep(20);
    }
    final List<String> made = found();
    final Path making = cache.resolve("liqmap").resolve(made.get(0));
    final FileTime failed = Files.getLastModifiedTime(making);
    assertHello(false, start("map"));
    assertEquals(made, found());
    assertEquals(failed, Files.getLastModifiedTime(making));
  }

  @Test
  void shouldStartWithoutAPlaceForIt() throws Exception {
    Files.writeString(cache, "no folder");
    assertHello(false, start("map"));
  }

  @Test
  void shouldMakeNoneForLongCommandsOrWhereItIsTurnedOff() throws Exception {
    assertHello(false, start("run"));
    assertHello(false, start("map", "off"));
    assertEquals(List.of(), found());
  }
}
