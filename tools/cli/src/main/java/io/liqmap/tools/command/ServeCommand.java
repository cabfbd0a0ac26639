package io.liqmap.tools.command;

import io.liqmap.tools.history.OpenJournal;
import io.liqmap.tools.serve.Binding;
import io.liqmap.tools.serve.JournalServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liqmap serve}: a journal in a browser. */
@Command(
    name = "serve",
    description = {
      "Shows a journal in a browser: map, heatmap and history, live while an engine writes it.",
      "Prints the address to open, and serves until Ctrl-C. Never writes to the journal and never",
      "touches its engine."
    })
public final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--journal",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the journal.")
  private Path journal;

  @Option(
      names = "--port",
      defaultValue = "" + Binding.PORT,
      paramLabel = "P",
      description = "Port, 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Mixin private ListenOptions listen;

  @Override
  public Integer call() throws IOException {
    final Binding binding = listen.binding(spec, port);
    // Fails at once where there is no journal, which the server would wait for.
    OpenJournal.of(journal).close();
    try (JournalServer server = JournalServer.start(journal, binding)) {
      ListenOptions.show(spec.commandLine().getOut(), server);
      return SignalExit.on(spec.commandLine(), server::close).await();
    }
  }
}
