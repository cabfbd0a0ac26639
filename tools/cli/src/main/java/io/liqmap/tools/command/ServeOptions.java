package io.liqmap.tools.command;

import io.liqmap.tools.serve.Binding;
import io.liqmap.tools.serve.JournalServer;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether and where an engine's journal is shown in a browser while it is written. */
final class ServeOptions implements AutoCloseable {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--serve",
      arity = "0..1",
      fallbackValue = "" + Binding.PORT,
      paramLabel = "PORT",
      description =
          "Show the journal in a browser meanwhile, and afterwards until Ctrl-C (default port:"
              + " ${FALLBACK-VALUE}; 0 for any that is free).")
  private Integer port;

  @Mixin private ListenOptions listen;

  private Binding binding;
  private JournalServer server;

  boolean isWanted() {
    return port != null;
  }

  /**
   * Checks, before an engine is started, that it can be served.
   *
   * @param journal null for none
   */
  void require(final Path journal) throws IOException {
    if (port == null) {
      if (listen.isGiven()) {
        throw new ParameterException(
            spec.commandLine(), "--listen and --token-file are for the page: add --serve");
      }
      return;
    }
    if (journal == null) {
      throw new ParameterException(
          spec.commandLine(), "--serve shows a journal: add --journal DIR");
    }
    binding = listen.binding(spec, port);
    binding.requireFree();
  }

  /**
   * Serves it, if that is wanted, and prints the address to open.
   *
   * @param isQuiet whether standard output is for the result alone
   */
  void start(final Path journal, final boolean isQuiet) throws IOException {
    if (port != null) {
      server = JournalServer.start(journal, binding);
      ListenOptions.show(
          isQuiet ? spec.commandLine().getErr() : spec.commandLine().getOut(), server);
    }
  }

  /**
   * Serves until a signal comes, if it is served.
   *
   * @param code of what was done
   * @param closing what to do at the signal, the page being closed
   * @return the exit code
   */
  int await(final int code, final Runnable closing) {
    if (server == null || code != ExitCodes.DONE) {
      return code;
    }
    spec.commandLine().getErr().println("liqmap: the page stays up until Ctrl-C");
    spec.commandLine().getErr().flush();
    return SignalExit.on(
            spec.commandLine(),
            () -> {
              server.close();
              closing.run();
            })
        .await();
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
