package io.liqmap.tools.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap bench}: starts the harness of {@code benchmarks/} in a process of its own. */
@Command(
    name = "bench",
    description = {
      "Measures throughput and latency of the engine, its parts and its peers side by side.",
      "Each stage runs in a process of its own; states are compared after every round, and the exit code is 1 where they differ.",
      "What each figure means: benchmarks/README.md."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final int LEAST_EVENTS = 100_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--quick",
      description =
          "Within some minutes: fewer stages, events, rates and ways to the view, as warm as without.")
  private boolean quick;

  @Option(
      names = "--scale",
      description = "Also a day and a month of many instruments, tiers and bucket widths: minutes.")
  private boolean scale;

  @Option(names = "--json", description = "Print one JSON object instead of tables.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the tables, the JSON and pictures of the latencies (SVG).")
  private Path out;

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds that count in each JVM: 3.")
  private Integer rounds;

  @Option(
      names = "--jvms",
      paramLabel = "N",
      description = "JVMs that measure each stage, one after the other: 3.")
  private Integer jvms;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Events of the flow, 66 bytes each: 4000000, and 2000000 with --quick.")
  private Long events;

  @Option(
      names = "--wait",
      paramLabel = "MODE",
      description = "How the map's thread waits for throughput: park, yield or spin (park).")
  private String wait;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where journals are kept while they are measured (the system's for such).")
  private Path folder;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds != null && rounds < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds has to be 1 or more");
    }
    if (jvms != null && jvms < 1) {
      throw new ParameterException(spec.commandLine(), "--jvms has to be 1 or more");
    }
    if (events != null && events < LEAST_EVENTS) {
      throw new ParameterException(
          spec.commandLine(), "--events has to be " + LEAST_EVENTS + " or more");
    }
    if (wait != null && !List.of("park", "yield", "spin").contains(wait)) {
      throw new ParameterException(spec.commandLine(), "--wait has to be park, yield or spin");
    }
    final Path jar = Home.root().resolve("benchmarks/target/benchmarks.jar");
    if (!Files.exists(jar)) {
      throw new IOException(
          jar + " isn't there; build it: mvn -pl benchmarks -am package -DskipTests");
    }
    return new ProcessBuilder(command(jar)).inheritIO().start().waitFor();
  }

  /** This process's flags, and the harness's arguments. */
  private List<String> command(final Path jar) {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter((flag) -> !flag.startsWith("-Dliqmap."))
        .forEach(command::add);
    command.addAll(List.of("-jar", jar.toString(), "bench"));
    addFlag(command, "--quick", quick);
    addFlag(command, "--scale", scale);
    addFlag(command, "--json", json);
    addValue(command, "--out", out);
    addValue(command, "--rounds", rounds);
    addValue(command, "--jvms", jvms);
    addValue(command, "--events", events);
    addValue(command, "--wait", wait);
    addValue(command, "--folder", folder);
    return command;
  }

  private static void addFlag(final List<String> command, final String name, final boolean isSet) {
    if (isSet) {
      command.add(name);
    }
  }

  private static void addValue(final List<String> command, final String name, final Object value) {
    if (value != null) {
      command.add(name);
      command.add(value.toString());
    }
  }
}
