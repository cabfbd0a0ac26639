package io.liqmap.tools.command;

import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.pipeline.WarmUp;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.RunAnswer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap run}: the engine over one feed or several. */
@Command(
    name = "run",
    description = {
      "Runs the engine over a feed and journals it; several feed files are merged by time.",
      "A live feed is read as it arrives and takes no other beside it: - (standard",
      "input), a FIFO, unix:PATH or tcp:HOST:PORT, where the engine listens, or",
      "ring:PATH, a ring in shared memory for writers in other processes (16 MiB;",
      "ring:PATH?64m for another power of two).",
      "Ctrl-C ends the run cleanly: accepted events stay journaled.",
      "Resumes an existing journal and skips messages already journaled: the feed has to be the",
      "journal's own, or to start after its end. The order of feeds doesn't matter."
    })
public final class RunCommand implements Callable<Integer> {
  private static final String MAX = "max";

  @Spec private CommandSpec spec;

  @Option(
      names = "--feed",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      converter = FeedConverter.class,
      description = "Feed files, or one live feed: -, FIFO, unix:PATH, tcp:HOST:PORT, ring:PATH.")
  private List<String> feeds;

  @Option(
      names = "--journal",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the journal: new, empty, or with a journal to resume.")
  private Path journal;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, laid over config/engine.conf.")
  private Path config;

  @Option(
      names = "--speed",
      defaultValue = MAX,
      paramLabel = "max|FACTOR",
      description =
          "As fast as possible, or a multiple of the recorded pace (default: ${DEFAULT-VALUE}).")
  private String speed;

  @Option(
      names = "--warm-up",
      negatable = true,
      description =
          "Half a second of made-up events through a map of its own first, so that the feed's first"
              + " events find compiled code (default: with --speed FACTOR; at full speed it takes what"
              + " it saves).")
  private Boolean warmUp;

  @Option(
      names = "--mode",
      paramLabel = "inline|pipelined",
      description = "Threads (default: as configured).")
  private ThreadingMode mode;

  @Option(
      names = "--share",
      paramLabel = "DIR",
      description =
          "Folder for the view and events that other processes read, best in memory: /dev/shm/liqmap.")
  private Path share;

  @Option(
      names = "--hash-every",
      paramLabel = "N",
      description =
          "Append events, sequence and hash of the state at every N events to liqmap.hashes in the"
              + " journal's folder, or without one in the shared folder: to compare two engines.")
  private long hashEvery;

  @Option(
      names = "--allow-foreign-writers",
      description =
          "Write to folders that other users may write to as well; they could replace what is written.")
  private boolean allowForeignWriters;

  @Mixin private final ServeOptions serve = new ServeOptions();

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, EngineException {
    final ReplayPace pace = pace();
    final LiqmapConfig loaded = LiqmapConfig.load(config, Home.config());
    final EngineSettings settings = mode == null ? loaded.engine() : loaded.engine().withMode(mode);
    final EngineRun engine =
        new EngineRun(spec.commandLine(), journal, share, allowForeignWriters, hashEvery);
    engine.requireOwn(Feeds.folder(feeds));
    serve.require(journal);
    try (serve;
        Feeds opened = Feeds.open(feeds, spec.commandLine(), this::report)) {
      engine.requireOwn(journal);
      engine.requireOwn(share);
      final Outputs outputs = engine.outputs(loaded.sharing(), settings);
      if (warmUp == null ? !speed.equals(MAX) : warmUp) {
        WarmUp.run(settings, WarmUp.EVENTS);
      }
      return serve.await(
          engine.run(
              settings,
              outputs,
              (started) -> {
                serve.start(journal, json);
                return opened.source();
              },
              pace,
              opened::progress,
              this::print),
          () -> {});
    }
  }

  private void report(final String line) {
    err().println(Format.printable(line));
    err().flush();
  }

  private void print(final RunAnswer answer) throws IOException {
    if (json) {
      Json.write(answer, spec.commandLine().getOut());
    } else {
      answer.print(spec.commandLine().getOut());
    }
  }

  private ReplayPace pace() {
    if (speed.equals(MAX)) {
      return ReplayPace.max();
    }
    try {
      return ReplayPace.times(Double.parseDouble(speed));
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--speed has to be 'max' or a number above 0, was '" + speed + "'",
          e);
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
