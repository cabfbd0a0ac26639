package io.liqmap.benchmarks.chaos;

import io.liqmap.benchmarks.bench.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link ChaosEngine} from the outside; ends with this process. */
final class EngineProcess implements AutoCloseable {
  private final Process process;
  private final Path errors;
  private final Thread listener;
  private final Thread onShutdown;
  private volatile boolean hasStarted;
  private volatile long acknowledged;
  private volatile String hash;

  private EngineProcess(final Process process, final Path errors) {
    this.process = process;
    this.errors = errors;
    onShutdown = new Thread(process::destroyForcibly, "kill-engine");
    Runtime.getRuntime().addShutdownHook(onShutdown);
    listener = new Thread(this::listen, "chaos-listener");
    listener.setDaemon(true);
    listener.start();
  }

  static EngineProcess start(final List<String> arguments, final Path errors) throws IOException {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (final String flag : Jvm.flags()) {
      if (flag.startsWith("--") || flag.startsWith("-D")) {
        command.add(flag);
      }
    }
    command.addAll(
        List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    command.addAll(List.of("-XX:ErrorFile=" + errors + ".crash", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(ChaosEngine.class.getName());
    command.addAll(arguments);
    return new EngineProcess(
        new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        parse(line.split(" ", -1));
      }
    } catch (final IOException e) {
      // Killed while it spoke.
    }
  }

  private void parse(final String... words) {
    if (!words[words.length - 1].equals(ChaosEngine.END)) {
      return;
    }
    switch (words[0]) {
      case ChaosEngine.STARTED -> hasStarted = true;
      case ChaosEngine.ACKNOWLEDGED ->
          acknowledged = Math.max(acknowledged, Long.parseLong(words[1]));
      case ChaosEngine.FINISHED -> hash = words[1];
      default -> {}
    }
  }

  boolean hasStarted() {
    return hasStarted;
  }

  /** The most that it said it had acknowledged. */
  long acknowledged() {
    return acknowledged;
  }

  /** Hash of its last state; null unless it came to the end of the feeds. */
  String hash() {
    return hash;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  String errors() throws IOException {
    final String text = Files.readString(errors);
    return text.substring(0, Math.min(text.length(), 2_000)).strip();
  }

  /** Asks it to end in order; {@link Process#destroy} would close its end of the pipe as well. */
  void stop() throws IOException, InterruptedException {
    signal("TERM");
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Sends a signal by name; false if it failed. */
  boolean signal(final String name) throws IOException, InterruptedException {
    return new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  boolean await(final long millis) throws InterruptedException {
    if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      return false;
    }
    // What it said last has to have been heard.
    listener.join();
    return true;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      Runtime.getRuntime().removeShutdownHook(onShutdown);
    } catch (final IllegalStateException e) {
      // The JVM is on its way down: the hook does the same.
    }
  }
}
