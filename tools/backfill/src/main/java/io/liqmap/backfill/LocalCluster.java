package io.liqmap.backfill;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A cluster of Flink on loopback, each process with the flags and the class path of this one: no
 * installation is needed.
 *
 * <pre>
 *   folder ── conf/config.yaml      what all processes read
 *          ├─ logs/                 a file for each process
 *          ├─ checkpoints/, tmp/
 * </pre>
 *
 * One thread; another may close it.
 */
final class LocalCluster implements AutoCloseable {
  private static final String JOB_MANAGER = "jobmanager";
  private static final int ATTEMPTS = 3;
  private static final long START_MILLIS = 60_000;
  private static final long PAUSE_MILLIS = 50;
  private static final long END_SECONDS = 20;

  /** What a task manager has beside its heap for tasks, in MiB: Flink asks for each of them. */
  private static final int FRAMEWORK_HEAP = 128;

  private static final String CONFIG =
      """
      jobmanager.rpc.address: 127.0.0.1
      jobmanager.rpc.port: %d
      jobmanager.bind-host: 127.0.0.1
      taskmanager.host: 127.0.0.1
      taskmanager.bind-host: 127.0.0.1
      rest.address: 127.0.0.1
      rest.bind-address: 127.0.0.1
      rest.port: %d
      rest.bind-port: "%2$d"
      taskmanager.numberOfTaskSlots: %d
      # Flink's scripts would work these out.
      taskmanager.cpu.cores: %3$d.0
      taskmanager.memory.task.heap.size: %dm
      taskmanager.memory.framework.heap.size: %dm
      taskmanager.memory.task.off-heap.size: 64m
      taskmanager.memory.framework.off-heap.size: 64m
      taskmanager.memory.managed.size: 0b
      taskmanager.memory.network.min: 16m
      taskmanager.memory.network.max: 16m
      taskmanager.memory.jvm-metaspace.size: 256m
      taskmanager.memory.jvm-overhead.min: 64m
      taskmanager.memory.jvm-overhead.max: 64m
      # A killed process is missed after two heartbeats, one that hangs after the time limit.
      heartbeat.interval: 1000
      pekko.startup-timeout: 120s
      heartbeat.timeout: 20000
      execution.checkpointing.dir: "%s"
      io.tmp.dirs: "%s"
      """;

  private final Path folder;
  private final Size size;
  private final List<Process> taskManagers = new ArrayList<>();
  private Process jobManager;
  private InetSocketAddress address;
  private int started;
  private boolean isClosed;

  /**
   * How large a cluster is.
   *
   * @param taskManagers processes
   * @param slots keys that each computes at a time
   * @param heap of each for its tasks, MiB
   * @param port for jobs, 0 for any that is free
   */
  record Size(int taskManagers, int slots, int heap, int port) {}

  private LocalCluster(final Path folder, final Size size) {
    this.folder = folder.toAbsolutePath();
    this.size = size;
  }

  /**
   * Starts one and waits until it takes jobs.
   *
   * @param folder made if it isn't there; files of an earlier cluster are replaced
   * @throws IOException if a process doesn't start, with where its log is
   */
  static LocalCluster start(final Path folder, final Size size) throws IOException {
    final LocalCluster cluster = new LocalCluster(folder, size);
    try {
      cluster.startJobManager();
      for (int i = 0; i < size.taskManagers(); i++) {
        cluster.startTaskManager();
      }
      return cluster;
    } catch (final IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Where jobs are submitted to, host:port. */
  String address() {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /** The task managers that run. */
  List<Process> taskManagers() {
    taskManagers.removeIf((process) -> !process.isAlive());
    return List.copyOf(taskManagers);
  }

  /**
   * Starts a task manager in place of each that has ended.
   *
   * @return how many
   * @throws IOException if the job manager has ended, with where its log is
   */
  synchronized int mend() throws IOException {
    if (isClosed) {
      return 0;
    }
    if (!jobManager.isAlive()) {
      throw new IOException("Flink's job manager has ended: see " + log(JOB_MANAGER));
    }
    final int missing = size.taskManagers() - taskManagers().size();
    for (int i = 0; i < missing; i++) {
      startTaskManager();
    }
    return missing;
  }

  /** Another program may take a free port before Flink does: then others are tried. */
  private void startJobManager() throws IOException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      configure();
      jobManager = process(ClusterProcess.JOB_MANAGER, JOB_MANAGER, FRAMEWORK_HEAP * 2);
      if (answers()) {
        return;
      }
    }
    throw new IOException(
        "Flink's job manager didn't start on loopback in "
            + ATTEMPTS
            + " attempts: see "
            + log(JOB_MANAGER));
  }

  private void configure() throws IOException {
    final InetAddress loopback = InetAddress.getLoopbackAddress();
    final Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Files.createDirectories(folder.resolve("conf"));
    Files.createDirectories(folder.resolve("logs"));
    try (ServerSocket rpc = new ServerSocket(0, 1, loopback);
        ServerSocket rest = new ServerSocket(size.port(), 1, loopback)) {
      address = new InetSocketAddress(loopback, rest.getLocalPort());
      Files.writeString(
          folder.resolve("conf").resolve("config.yaml"),
          CONFIG.formatted(
              rpc.getLocalPort(),
              rest.getLocalPort(),
              size.slots(),
              size.heap(),
              FRAMEWORK_HEAP,
              folder.resolve("checkpoints").toUri(),
              temporary));
    }
  }

  private boolean answers() throws IOException {
    final long deadline = System.currentTimeMillis() + START_MILLIS;
    while (jobManager.isAlive() && System.currentTimeMillis() < deadline) {
      try (Socket probe = new Socket(address.getAddress(), address.getPort())) {
        return probe.isConnected();
      } catch (final IOException e) {
        pause();
      }
    }
    end(jobManager);
    return false;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a cluster of Flink was starting", e);
    }
  }

  /** Starts a further one, as in place of one that ended; it takes tasks as soon as it is up. */
  private void startTaskManager() throws IOException {
    started++;
    taskManagers.add(
        process(
            ClusterProcess.TASK_MANAGER, "taskmanager-" + started, size.heap() + FRAMEWORK_HEAP));
  }

  private Path log(final String name) {
    return folder.resolve("logs").resolve(name + ".log");
  }

  private Process process(final String role, final String name, final int heap) throws IOException {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter((flag) -> !flag.startsWith("-Xm") && !flag.startsWith("-XX:SharedArchiveFile"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx" + heap + "m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            ClusterProcess.class.getName(),
            role,
            "--configDir",
            folder.resolve("conf").toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log(name).toFile())
        .start();
  }

  private static void end(final Process process) {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (final InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Ends all processes; jobs that run are cut off. */
  @Override
  public synchronized void close() {
    isClosed = true;
    taskManagers.forEach(Process::destroy);
    if (jobManager != null) {
      end(jobManager);
    }
    taskManagers.forEach(LocalCluster::end);
  }
}
