package io.liqmap.backfill;

import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.command.DurationConverter;
import io.liqmap.tools.command.ExitCodes;
import io.liqmap.tools.command.Home;
import io.liqmap.tools.command.ModuleCommand;
import io.liqmap.tools.command.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.CloseableIterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap backfill}. */
@Command(
    name = "backfill",
    subcommands = LocalClusterCommand.class,
    description = {
      ModuleCommand.Backfill.DESCRIPTION,
      "A day that was computed from the same feed with the same settings is kept: start it again to",
      "resume, or with more feeds to add their days."
    })
public final class BackfillCommand implements ModuleCommand, Callable<Integer> {
  private static final long SHORTEST = 1_000_000_000L;

  @Spec private CommandSpec spec;

  @Option(
      names = "--feeds",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Feed files, and folders with files *.feed, at any depth.")
  private List<Path> feeds;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results: VENUE/SYMBOL/YYYY-MM-DD.")
  private Path out;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, laid over config/engine.conf.")
  private Path config;

  @Option(
      names = "--every",
      defaultValue = "1h",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Length of the heatmap's columns, 1s or more (default: ${DEFAULT-VALUE}).")
  private long every;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Instruments at a time, 1 to 4096 (default: one for each processor).")
  private Integer parallelism;

  @Option(
      names = "--cluster",
      paramLabel = "HOST:PORT",
      description =
          "REST interface of a Flink cluster whose machines see the same paths (default: none, all in"
              + " this process).")
  private String cluster;

  @Option(
      names = "--job-jar",
      paramLabel = "FILE",
      description = "Jar to submit (default: liqmap-backfill-job.jar of the build).")
  private Path jobJar;

  @Option(
      names = "--savepoint",
      paramLabel = "PATH",
      description = "On a cluster: start from a savepoint, with whatever parallelism.")
  private String savepoint;

  @Option(
      names = "--checkpoints",
      paramLabel = "PATH",
      description = "On a cluster: folder for checkpoints (default: .checkpoints in --out).")
  private String checkpoints;

  @Option(
      names = "--checkpoint-every",
      defaultValue = "1m",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "On a cluster: time between checkpoints (default: ${DEFAULT-VALUE}).")
  private long checkpointEvery;

  @Option(
      names = "--continue-after-flaw",
      description =
          "Compute the days after a flawed one from the last good one; otherwise they"
              + " are left.")
  private boolean isContinued;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  /** Submits to the cluster that runs this. */
  private boolean isSubmitting;

  static BackfillCommand submitting() {
    final BackfillCommand command = new BackfillCommand();
    command.isSubmitting = true;
    return command;
  }

  @Override
  public Integer call() throws Exception {
    check();
    final BackfillOptions options =
        new BackfillOptions(
            LiqmapConfig.load(config, Files.isDirectory(Home.config()) ? Home.config() : null)
                .engine()
                .text(),
            out.toAbsolutePath().normalize().toString(),
            every,
            isContinued);
    final List<String> files = FeedFiles.of(feeds);
    if (isSubmitting) {
      submit(files, options);
      return ExitCodes.DONE;
    }
    final BackfillReport report = run(environment(), files, options);
    if (json) {
      Json.write(report, spec.commandLine().getOut());
    } else {
      report.print(spec.commandLine().getOut());
    }
    return report.flawed().isEmpty() ? ExitCodes.DONE : ExitCodes.BAD_INPUT;
  }

  private void check() {
    // Not required of the subcommand, which picocli can't say.
    if (feeds == null || out == null) {
      throw wrong("Missing required option: '--feeds=PATH...' and '--out=DIR' are needed");
    }
    final int parallel = parallel();
    final boolean isEmbedded = cluster == null && !isSubmitting;
    final int most = isEmbedded ? Embedded.MOST_PARALLEL : BackfillJob.MOST_PARALLEL;
    if (parallel < 1 || parallel > most) {
      throw wrong(
          "--parallelism has to be 1 to "
              + most
              + (isEmbedded ? " within this process" : "")
              + ", was "
              + parallel);
    }
    if (every < SHORTEST) {
      throw wrong("--every has to be 1s or more");
    }
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw wrong("--out " + out + " is a file; name a folder");
    }
    if (isEmbedded && (savepoint != null || jobJar != null)) {
      throw wrong("--savepoint and --job-jar are for a cluster: name it with --cluster");
    }
  }

  private int parallel() {
    return parallelism == null
        ? Math.min(Runtime.getRuntime().availableProcessors(), Embedded.MOST_PARALLEL)
        : parallelism;
  }

  private StreamExecutionEnvironment environment() throws IOException {
    if (cluster == null) {
      return Embedded.environment(parallel());
    }
    try {
      final StreamExecutionEnvironment remote =
          Remote.environment(cluster, jobJar, remoteSettings());
      if (parallelism != null) {
        remote.setParallelism(parallelism);
      }
      Remote.requireFlink(cluster);
      return remote;
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Configuration remoteSettings() {
    final String folder =
        checkpoints == null ? out.resolve(".checkpoints").toString() : checkpoints;
    return Remote.settings(folder, checkpointEvery, savepoint);
  }

  private void submit(final List<String> files, final BackfillOptions options) throws Exception {
    final StreamExecutionEnvironment here = StreamExecutionEnvironment.getExecutionEnvironment();
    here.configure(remoteSettings());
    if (parallelism != null) {
      here.setParallelism(parallelism);
    }
    BackfillJob.build(here, files, options).sinkTo(new DiscardingSink<>()).name("results");
    here.executeAsync(BackfillJob.NAME);
  }

  @SuppressWarnings("try") // Flink's iterator may throw an interruption where it is closed.
  private BackfillReport run(
      final StreamExecutionEnvironment environment,
      final List<String> files,
      final BackfillOptions options)
      throws Exception {
    final long started = System.nanoTime();
    final AtomicLong days = new AtomicLong();
    final List<DayResult> results = new ArrayList<>();
    try (Progress progress =
            new Progress(
                spec.commandLine().getErr(),
                spec.name(),
                () -> String.format(Locale.ROOT, "%,d days", days.get()));
        CloseableIterator<Tuple2<String, byte[]>> collected =
            BackfillJob.build(environment, files, options).executeAndCollect(BackfillJob.NAME)) {
      progress.start();
      while (collected.hasNext()) {
        final DayResult result = DayResult.decode(collected.next().f1);
        results.add(result);
        days.incrementAndGet();
        if (result.outcome() == DayResult.Outcome.FLAWED) {
          warn(result);
        }
      }
    } catch (final RuntimeException e) {
      throw failed(e, out);
    }
    return BackfillReport.of(options.out(), results, (System.nanoTime() - started) / 1e9);
  }

  /** Flink wraps what went wrong many times; a write that fails doesn't name its file. */
  static Exception failed(final RuntimeException wrapped, final Path out) {
    Throwable cause = wrapped;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof FileSystemException reason) {
      return reason;
    }
    return cause instanceof IOException reason
        ? new IOException(
            out
                + ": "
                + reason.getMessage()
                + "; days that are whole are kept: free space there or mend the cause, and start it again",
            wrapped)
        : new IOException("the job failed: " + cause, wrapped);
  }

  private void warn(final DayResult flawed) {
    final PrintWriter err = spec.commandLine().getErr();
    err.println(
        Format.printable(
            "warning: "
                + flawed.name()
                + " "
                + FileDay.text(flawed.day())
                + ": "
                + flawed.reason()));
    err.flush();
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
