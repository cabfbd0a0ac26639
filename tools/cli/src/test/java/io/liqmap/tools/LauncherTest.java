package io.liqmap.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts liqmap, with a jar that says what it was started with. */
final class LauncherTest {
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private Path home;
  private Path jar;

  /** What the script starts here. */
  public static final class Probe {
    private Probe() {}

    public static void main(final String[] args) {
      for (final String arg : args) {
        final String points =
            arg.codePoints().mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
        System.out.println("argument " + points + " exists " + Files.exists(Path.of(arg)));
      }
      final Path counters =
          Path.of("/tmp", "hsperfdata_" + System.getProperty("user.name"))
              .resolve(Long.toString(ProcessHandle.current().pid()));
      System.out.println("counters " + Files.exists(counters));
      System.out.println("class path " + System.getProperty("java.class.path"));
    }
  }

  private record Ran(int code, String out, String err) {}

  @BeforeEach
  void install() throws IOException {
    home = folder.resolve("home");
    final Path script = home.resolve("tools/bin/liqmap");
    Files.createDirectories(script.getParent());
    Files.copy(RealData.root().resolve("tools/bin/liqmap"), script);
    assertTrue(script.toFile().setExecutable(true));
    Files.createDirectories(home.resolve("config"));
    for (final String options : List.of("jvm.options", "jvm-23.options")) {
      Files.copy(
          RealData.root().resolve("config").resolve(options),
          home.resolve("config").resolve(options));
    }
    source("pom.xml");
    for (final String module : List.of("codecs", "engine", "tools/gateway", "tools/cli")) {
      Files.createDirectories(home.resolve(module).resolve("src/main"));
      source(module + "/pom.xml");
    }
    jar = home.resolve("tools/cli/target/liqmap.jar");
    Files.createDirectories(jar.getParent());
    pack();
    Files.setLastModifiedTime(home.resolve("config/jvm.options"), FileTime.from(BUILT));
    Files.setLastModifiedTime(jar, FileTime.from(BUILT.plusSeconds(1)));
  }

  private void source(final String name) throws IOException {
    Files.setLastModifiedTime(
        Files.writeString(home.resolve(name), "<project/>"), FileTime.from(BUILT));
  }

  private void pack() throws IOException {
    final String name = Probe.class.getName();
    final String file = name.replace('.', '/') + ".class";
    final Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream probe = Probe.class.getClassLoader().getResourceAsStream(file)) {
      out.putNextEntry(new JarEntry(file));
      probe.transferTo(out);
      out.closeEntry();
    }
  }

  /** Runs a line of the shell in the folder, with the script as {@code $0}. */
  private Ran shell(final String line) throws IOException, InterruptedException {
    final Path out = folder.resolve("out");
    final Path err = folder.resolve("err");
    final ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", line, home.resolve("tools/bin/liqmap").toString())
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    final int code = builder.start().waitFor();
    return new Ran(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void shouldTakeNamesBeyondAsciiWhateverTheLocale() throws IOException, InterruptedException {
    for (final String locale : List.of("LC_ALL=C", "LC_ALL=POSIX", "LC_ALL=C.UTF-8", "LANG=")) {
      final Ran ran =
          shell(
              "name=$(printf 'm\\303\\274nze\\342\\202\\277'); touch \"$name\"; "
                  + locale
                  + " \"$0\" \"$name\"");
      assertEquals("", ran.err);
      assertEquals(0, ran.code);
      assertTrue(ran.out.contains("argument 6d fc 6e 7a 65 20bf exists true"), ran.out);
    }
  }

  @Test
  void shouldLeaveNoCountersInTheSystemsTemporaryFolder() throws IOException, InterruptedException {
    final Ran ran = shell("\"$0\" x");
    assertEquals(0, ran.code, ran.err);
    assertTrue(ran.out.contains("counters false"), ran.out);
  }

  /** Has the class path printed; returns what it is with a module's jar. */
  private String withModule(final String place, final String name) throws IOException {
    final Path script = home.resolve("tools/bin/liqmap");
    Files.writeString(
        script,
        Files.readString(script)
            .replace("io.liqmap.tools.Liqmap)", "'" + Probe.class.getName() + "')"));
    Files.createDirectories(home.resolve(place + "/src/main"));
    source(place + "/pom.xml");
    final Path added = home.resolve(place + "/target/" + name);
    Files.createDirectories(added.getParent());
    Files.copy(jar, added);
    return "class path " + jar.toRealPath() + ":" + added.toRealPath() + "\n";
  }

  @Test
  void shouldAddTheModuleOfACommand() throws IOException, InterruptedException {
    final String both = withModule("tools/cluster", "liqmap-cluster.jar");
    final Ran ran = shell("\"$0\" cluster x");
    assertEquals(0, ran.code, ran.err);
    assertTrue(ran.out.contains(both), ran.out);
    assertFalse(shell("\"$0\" verify cluster").out.contains(both));
  }

  @Test
  void shouldAddTheModuleOfAFormOfFiles() throws IOException, InterruptedException {
    final String both = withModule("tools/parquet", "liqmap-parquet.jar");
    final String one = "class path " + jar.toRealPath() + "\n";
    assertTrue(shell("\"$0\" heatmap --format Parquet").out.contains(both));
    assertTrue(shell("\"$0\" map --format=parquet").out.contains(both));
    assertTrue(shell("\"$0\" map --format csv").out.contains(one));
    assertTrue(shell("\"$0\" verify parquet").out.contains(one));
  }

  @Test
  void shouldRunTheBuildThatThereIsWhereItCannotBuild() throws IOException, InterruptedException {
    Files.setLastModifiedTime(home.resolve("pom.xml"), FileTime.from(BUILT.plusSeconds(9)));
    // Even root can't make a folder where a file is.
    Files.writeString(home.resolve("target"), "");
    final Ran ran = shell("\"$0\" x");
    assertEquals(0, ran.code, ran.err);
    assertTrue(ran.out.contains("argument 78 exists false"), ran.out);
    assertEquals(
        "liqmap: the sources are newer than the build, but "
            + home.toRealPath()
            + " is not writable: running the build as it is\n",
        ran.err);
  }

  @Test
  void shouldSayThatItCannotBuildWhereThereIsNoBuild() throws IOException, InterruptedException {
    Files.delete(jar);
    Files.writeString(home.resolve("target"), "");
    final Ran ran = shell("\"$0\" x");
    assertEquals(1, ran.code);
    assertEquals("", ran.out);
    assertTrue(
        ran.err.startsWith("liqmap: isn't built yet, and ") && ran.err.lines().count() == 1,
        ran.err);
  }
}
