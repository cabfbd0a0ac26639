package io.liqmap.cluster;

import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.command.DurationConverter;
import io.liqmap.tools.command.ExitCodes;
import io.liqmap.tools.command.FeedConverter;
import io.liqmap.tools.command.Feeds;
import io.liqmap.tools.command.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liqmap cluster feed}: a feed into a cluster. */
@Command(
    name = "feed",
    description = {
      "Sends a feed to the shards of its instruments, and ends when all of it is acknowledged: a",
      "majority of members has it. Feeds are those of 'liqmap run'. A file that is given again",
      "continues where it ended; two clients may send the same feed at once."
    })
final class FeedCommand implements Callable<Integer> {
  private static final long CLOSING_SECONDS = 20;

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--feed",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      converter = FeedConverter.class,
      description = "Feed files, or one live feed: -, FIFO, unix:PATH, tcp:HOST:PORT, ring:PATH.")
  private List<String> feeds;

  @Option(
      names = "--session",
      paramLabel = "N",
      description =
          "Number of the feed session, above 0, the same for clients that send the same feed (default: follows from"
              + " files; a new one for a live feed).")
  private Long session;

  @Option(
      names = "--answers",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Address of this machine where members reach it (default: ${DEFAULT-VALUE}).")
  private String answers;

  @Option(
      names = "--give-up",
      paramLabel = "DURATION",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "Silence of a shard after which it fails (default: ${DEFAULT-VALUE}).")
  private long giveUpNanos;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    final ClusterSettings settings = config.load();
    if (session != null && session < 1) {
      throw config.usage("--session has to be above 0, was " + session);
    }
    config.requireReachable(settings, answers);
    final AtomicBoolean stopped = new AtomicBoolean();
    final CountDownLatch closed = new CountDownLatch(1);
    final Thread onSignal = new Thread(() -> stop(stopped, closed), "liqmap-stop");
    final long started = System.nanoTime();
    final long number = session == null ? FeedSessionNumber.of(feeds) : session;
    try (Feeds opened = Feeds.open(feeds, config.commandLine(), this::report);
        ClusterFeed feed = new ClusterFeed(settings, answers, number, giveUpNanos)) {
      Runtime.getRuntime().addShutdownHook(onSignal);
      try (Progress progress =
          new Progress(config.commandLine().getErr(), "feed", opened::progress)) {
        progress.start();
        feed.run(opened.source(), stopped::get);
      }
      print(FeedAnswer.of(number, feed.reports(), System.nanoTime() - started));
      return ExitCodes.DONE;
    } finally {
      closed.countDown();
      removeHook(onSignal);
    }
  }

  private void report(final String line) {
    config.say(Format.printable(line));
  }

  private void print(final FeedAnswer answer) throws IOException {
    final PrintWriter out = config.commandLine().getOut();
    if (json) {
      Json.write(answer, out);
    } else {
      answer.print(out);
    }
    out.flush();
  }

  private static void stop(final AtomicBoolean stopped, final CountDownLatch closed) {
    stopped.set(true);
    try {
      if (!closed.await(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        // What wasn't acknowledged is sent again when the feed is given again.
        stopped.set(true);
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(final Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (final IllegalStateException e) {
      // The JVM is shutting down: the hook waits for this thread.
    }
  }
}
