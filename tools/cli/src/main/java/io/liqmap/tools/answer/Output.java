package io.liqmap.tools.answer;

import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where results go: standard output, or a file. A failure of writing ends the command with an
 * {@link OutputException}, at once or at the next flush; a {@link PrintWriter} alone would swallow
 * it. What comes after a failure is dropped.
 */
public final class Output extends FilterOutputStream {
  private static final int BUFFER = 1 << 13;

  private final String name;
  private boolean hasFailed;

  private Output(final OutputStream out, final String name) {
    super(out);
    this.name = name;
  }

  public static Output standard(final OutputStream out) {
    return new Output(out, "standard output");
  }

  static Output file(final OutputStream out, final Path file) {
    return new Output(out, file.toString());
  }

  /** Prints to it, in UTF-8. */
  public PrintWriter writer() {
    return new PrintWriter(
        new BufferedWriter(new OutputStreamWriter(this, StandardCharsets.UTF_8), BUFFER));
  }

  public boolean hasFailed() {
    return hasFailed;
  }

  @Override
  public void write(final int value) {
    attempt(() -> out.write(value));
  }

  @Override
  public void write(final byte[] bytes, final int offset, final int length) {
    attempt(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() {
    attempt(out::flush);
  }

  @Override
  public void close() {
    attempt(out::close);
  }

  private void attempt(final Action action) {
    if (hasFailed) {
      return;
    }
    try {
      action.run();
    } catch (final IOException e) {
      hasFailed = true;
      throw new OutputException(name, e);
    }
    // A print stream swallows what goes wrong, and says only that something did.
    if (out instanceof PrintStream printer && printer.checkError()) {
      hasFailed = true;
      throw new OutputException(name, new IOException("it is closed or full"));
    }
  }

  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }
}
