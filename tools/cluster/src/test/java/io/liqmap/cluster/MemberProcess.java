package io.liqmap.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.liqmap.engine.support.ChildJvm;
import io.liqmap.engine.support.Jdk;
import io.liqmap.engine.support.Shell;
import io.liqmap.tools.Liqmap;
import io.liqmap.tools.hashes.HashLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A member of a cluster in a process of its own: "liqmap cluster node". */
final class MemberProcess implements AutoCloseable {
  /** recording-position.rec */
  private static final Pattern SEGMENT = Pattern.compile("(\\d+)-(\\d+)\\.rec");

  private final int number;
  private final Path settings;
  private final Path folder;
  private final Path hashes;
  private final Path driver;
  private final Path log;
  private Jdk jdk = Jdk.running();
  private List<String> prefix = List.of();
  private Process process;
  private MemberCounters counters;
  private boolean isSuspended;
  private boolean isEnded;
  private boolean hasLostItsFolder;

  /** The member of a number, of the first shard. */
  MemberProcess(final int number, final Path file, final ClusterSettings settings, final Path log) {
    final Shard shard = settings.shards().get(0);
    this.number = number;
    this.settings = file;
    this.folder = settings.folder(shard, number);
    this.hashes = settings.hashes(shard, number);
    this.driver = settings.transport(shard, number);
    this.log = log;
  }

  int number() {
    return number;
  }

  Path folder() {
    return folder;
  }

  /** For the next start. */
  void setJdk(final Jdk next) {
    jdk = next;
  }

  /** What the command of the next start begins with. */
  void setPrefix(final List<String> next) {
    prefix = List.copyOf(next);
  }

  void start() {
    final List<String> command = new ArrayList<>(prefix);
    command.addAll(
        ChildJvm.command(
            jdk,
            Liqmap.class,
            List.of("-Xmx192m"),
            "cluster",
            "node",
            "--config",
            settings,
            "--member",
            number));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    counters = null;
    isSuspended = false;
    isEnded = false;
  }

  /** SIGKILL. */
  void kill() {
    isEnded = true;
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM; the member has to end by itself. */
  void terminate() {
    isEnded = true;
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      assertTrue(
          process.waitFor(60, TimeUnit.SECONDS), () -> this + " doesn't end: " + lastLines());
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    }
  }

  /** SIGSTOP. */
  void suspend() {
    signal("-STOP");
    isSuspended = true;
  }

  /** SIGCONT. */
  void resume() {
    signal("-CONT");
    isSuspended = false;
  }

  private void signal(final String signal) {
    assertTrue(Shell.succeeds("kill", signal, Long.toString(process.pid())));
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Whether it was started and not ended by the test, but is gone. */
  boolean endedByItself() {
    return process != null && !isEnded && !process.isAlive();
  }

  /** Alive, and not suspended. */
  boolean isRunning() {
    return isAlive() && !isSuspended;
  }

  boolean isLeader() {
    return isRunning() && counters() != null && counters.isLeader();
  }

  /** Whether it leads or follows: no election is running. */
  boolean hasJoined() {
    return isRunning() && counters() != null && counters.hasJoined();
  }

  private MemberCounters counters() {
    if (counters == null || counters.isReplaced()) {
      counters = MemberCounters.of(driver, process.pid());
    }
    return counters;
  }

  /** The hashes that it has written. */
  Map<Long, HashLog.Line> hashes() {
    try {
      return HashLog.read(hashes);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many events its state has seen, by its last hash. */
  long events() {
    return WrittenHashes.events(hashes);
  }

  /** Whether a recording of its archive has lost its first segment, and has later ones. */
  boolean logBeginsLater() {
    try (Stream<Path> files = Files.walk(folder)) {
      final Map<String, Set<Long>> segments = new HashMap<>();
      files
          .map((file) -> SEGMENT.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .forEach(
              (name) ->
                  segments
                      .computeIfAbsent(name.group(1), (recording) -> new HashSet<>())
                      .add(Long.parseLong(name.group(2))));
      return segments.values().stream()
          .anyMatch((starts) -> starts.size() > 1 && !starts.contains(0L));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes all that it knows. */
  void loseFolder() throws IOException {
    hasLostItsFolder = true;
    delete(folder);
  }

  boolean hasLostItsFolder() {
    return hasLostItsFolder;
  }

  static void delete(final Path whole) throws IOException {
    if (!Files.exists(whole)) {
      return;
    }
    try (Stream<Path> files = Files.walk(whole)) {
      for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  String lastLine() {
    return lastLines().substring(lastLines().lastIndexOf('\n') + 1);
  }

  /** What it wrote to its console last. */
  String lastLines() {
    try {
      final List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (final IOException e) {
      return e.toString();
    }
  }

  @Override
  public String toString() {
    return "member " + number;
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.destroyForcibly();
      awaitEnd();
    }
    delete(driver);
  }
}
