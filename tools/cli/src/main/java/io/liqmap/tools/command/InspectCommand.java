package io.liqmap.tools.command;

import io.liqmap.codecs.state.SnapshotDecoder;
import io.liqmap.engine.core.state.StateReport;
import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFault;
import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.tools.answer.EventLine;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Moment;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap inspect}: events and snapshots as readable lines. */
@Command(
    name = "inspect",
    description =
        "Prints the events of a feed, or the events and snapshots of a journal, a line each.")
public final class InspectCommand implements Callable<Integer> {
  private static final int MAX_INSTRUMENTS = 65_536;

  static final class Source {
    @Option(names = "--feed", required = true, paramLabel = "FILE", description = "Feed file.")
    private Path feed;

    @Option(
        names = "--journal",
        required = true,
        paramLabel = "DIR",
        description = "Folder of a journal.")
    private Path journal;
  }

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--from",
      paramLabel = "TIME|SEQ",
      converter = MomentConverter.class,
      description = "First time or sequence to print (default: the start).")
  private Moment from;

  @Option(
      names = "--to",
      paramLabel = "TIME|SEQ",
      converter = MomentConverter.class,
      description = "Last time or sequence to print (default: the end).")
  private Moment to;

  @Option(
      names = "--limit",
      defaultValue = "100",
      paramLabel = "N",
      description = "Lines to print at most, 0 for no limit (default: ${DEFAULT-VALUE}).")
  private long limit;

  private final FeedAdapter adapter = new FeedAdapter(MAX_INSTRUMENTS);
  private final FeedEvent event = new FeedEvent();
  private PrintWriter out;
  private long lines;
  private boolean done;

  /** Whether an event at {@code --from} or after it was seen, and one after {@code --to}. */
  private boolean reached;

  private boolean passed;
  private final Extent extent = new Extent();

  @Override
  public Integer call() throws IOException {
    if (limit < 0) {
      throw new ParameterException(spec.commandLine(), "--limit has to be 0 or more, was " + limit);
    }
    out = spec.commandLine().getOut();
    try {
      if (source.feed != null) {
        inspectFeed();
      } else {
        inspectJournal();
      }
    } finally {
      out.flush();
    }
    reportLimit();
    reportFaults();
    requireInside();
    return ExitCodes.DONE;
  }

  private void inspectFeed() throws IOException {
    try (FeedFileReader reader = new FeedFileReader(source.feed)) {
      while (!done && reader.nextBlock()) {
        adapter.wrap(reader.buffer(), reader.offset(), reader.length());
        printEvents();
      }
      if (!done && adapter.flush(event)) {
        printEvent();
      }
    }
  }

  private void inspectJournal() throws IOException {
    try (JournalReader reader = JournalReader.open(source.journal)) {
      if (from == null) {
        print("document 0  settings, " + reader.settings().length() + " characters");
      }
      while (!done && reader.next()) {
        switch (reader.kind()) {
          case Envelope.EVENTS -> {
            adapter.wrap(reader.buffer(), reader.offset(), reader.length());
            printEvents();
          }
          case Envelope.SNAPSHOT -> printSnapshot(reader);
          case Envelope.END -> printReport(reader);
          case Envelope.SETTINGS -> printUndated(reader, "settings of another run");
          case Envelope.PIECE ->
              printUndated(reader, "piece of a state, " + reader.length() + " bytes");
          default -> printUndated(reader, "of kind " + reader.kind());
        }
      }
    }
  }

  private void printEvents() {
    while (!done && adapter.next(event)) {
      printEvent();
    }
  }

  private void printEvent() {
    extent.add(event.sequence(), event.exchangeTime());
    if (to != null && to.isBefore(event.sequence(), event.exchangeTime())) {
      done = true;
      passed = true;
    } else if (from == null || from.isReachedBy(event.sequence(), event.exchangeTime())) {
      reached = true;
      print(EventLine.of(event, adapter));
    }
  }

  private void printSnapshot(final JournalReader reader) throws IOException {
    final SnapshotDecoder snapshot = reader.snapshot();
    if (from == null || from.isReachedBy(snapshot.sequence(), snapshot.time())) {
      print(
          "document "
              + (reader.documents() - 1)
              + "  snapshot after event "
              + snapshot.events()
              + ", sequence "
              + snapshot.sequence()
              + ", "
              + Format.time(snapshot.time())
              + ", state "
              + Format.hash(snapshot.stateHash())
              + ", "
              + reader.state().capacity()
              + " bytes");
    }
  }

  private void printReport(final JournalReader reader) throws IOException {
    final StateReport report = reader.report();
    printUndated(
        reader,
        "end of the run after event "
            + report.events()
            + ", state "
            + Format.hash(report.stateHash()));
  }

  /** A document without a time belongs to the events before it. */
  private void printUndated(final JournalReader reader, final String what) {
    if (from == null || reached) {
      print("document " + (reader.documents() - 1) + "  " + what);
    }
  }

  private void print(final String line) {
    out.println(line);
    lines++;
    done = limit > 0 && lines >= limit;
  }

  /** Rejects bounds that no event lies within. */
  private void requireInside() {
    if (from != null && !reached && !passed) {
      throw new ParameterException(spec.commandLine(), extent.after("--from", from));
    }
    if (passed && extent.events() == 1) {
      throw new ParameterException(spec.commandLine(), extent.before("--to", to));
    }
    if (passed && !reached) {
      spec.commandLine().getErr().println("liqmap: no event from " + from + " to " + to);
    }
    if (to != null && !done && extent.endsBefore(to)) {
      spec.commandLine().getErr().println("liqmap: " + extent.after("--to", to));
    }
  }

  private void reportLimit() {
    if (limit > 0 && lines >= limit) {
      spec.commandLine()
          .getErr()
          .println("liqmap: " + lines + " lines printed, as --limit says; 0 prints all");
    }
  }

  private void reportFaults() {
    for (final FeedFault fault : FeedFault.values()) {
      if (adapter.count(fault) > 0) {
        spec.commandLine().getErr().println("liqmap: " + adapter.count(fault) + " × " + fault);
      }
    }
  }
}
