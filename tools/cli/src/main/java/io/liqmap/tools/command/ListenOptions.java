package io.liqmap.tools.command;

import io.liqmap.tools.serve.Binding;
import io.liqmap.tools.serve.JournalServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a page is served, and to whom. */
final class ListenOptions {
  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description =
          "Address of this machine to listen at, 0.0.0.0 for all; other than loopback it takes a token"
              + " to be answered (default: 127.0.0.1).")
  private String address;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token, which only you can read (default: a new one).")
  private Path tokenFile;

  boolean isGiven() {
    return address != null || tokenFile != null;
  }

  Binding binding(final CommandSpec spec, final int port) throws IOException {
    try {
      return Binding.of(address, port, tokenFile);
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Prints the address to open. */
  static void show(final PrintWriter out, final JournalServer server) {
    out.println(server.url());
    out.flush();
  }
}
