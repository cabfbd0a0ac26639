package io.liqmap.tools.watch;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The terminal of the process, by the programs {@code tty} and {@code stty}; without them nothing
 * is a terminal. In raw mode a key comes at once and isn't echoed; signals still come.
 */
final class Terminal implements AutoCloseable {
  private static final File DEVICE = new File("/dev/tty");
  private static final long PATIENCE_MILLIS = 2_000;
  private static final int DEFAULT_WIDTH = 80;
  private static final int DEFAULT_HEIGHT = 40;
  private static final String NOT_ONE = "not a tty";

  private final Map<String, String> environment;
  private final InputStream keys;
  private final boolean isOutput;
  private final boolean isInput;
  private String saved;

  /**
   * Looks where standard input and output lead.
   *
   * @param keys standard input
   */
  Terminal(final Map<String, String> environment, final InputStream keys) {
    this.environment = environment;
    this.keys = keys;
    final List<String> names = names();
    isOutput = names.size() > 1 && !names.get(1).contains(NOT_ONE);
    isInput = isOutput && names.get(0).equals(names.get(1));
  }

  /** Names of the terminals that standard input and output lead to. */
  private static List<String> names() {
    final ProcessBuilder shell = new ProcessBuilder("sh", "-c", "tty >&2; tty <&1 >&2");
    shell.redirectInput(ProcessBuilder.Redirect.INHERIT);
    shell.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    try {
      final Process process = shell.start();
      return finished(process, process.getErrorStream()).lines().toList();
    } catch (final IOException e) {
      return List.of();
    }
  }

  /** What a program prints; nothing where it doesn't end in time, or fails. */
  private static String finished(final Process process, final InputStream printed)
      throws IOException {
    try {
      if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return "";
      }
    } catch (final InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return "";
    }
    return new String(printed.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String stty(final String... words) {
    final List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(Arrays.asList(words));
    final ProcessBuilder builder = new ProcessBuilder(command).redirectInput(DEVICE);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      final Process process = builder.start();
      return finished(process, process.getInputStream()).strip();
    } catch (final IOException e) {
      return "";
    }
  }

  /** Whether standard output is a terminal that can draw in place. */
  boolean canDrawInPlace() {
    return isOutput && !isDumb();
  }

  boolean isOutput() {
    return isOutput;
  }

  boolean isDumb() {
    final String term = environment.getOrDefault("TERM", "");
    return term.isEmpty() || term.equals("dumb");
  }

  /** Whether its keys come here. */
  boolean hasKeys() {
    return saved != null;
  }

  /** Columns and lines: what the environment says, else the terminal, else 80 and 40. */
  int[] size() {
    int[] known = {0, 0};
    if (isOutput) {
      final String[] said = stty("size").split(" ", -1);
      if (said.length == 2) {
        known = new int[] {number(said[1]), number(said[0])};
      }
    }
    return new int[] {
      size(number(environment.get("COLUMNS")), known[0], DEFAULT_WIDTH),
      size(number(environment.get("LINES")), known[1], DEFAULT_HEIGHT)
    };
  }

  private static int size(final int wanted, final int known, final int otherwise) {
    if (wanted > 0) {
      return known > 0 ? Math.min(wanted, known) : wanted;
    }
    return known > 0 ? known : otherwise;
  }

  private static int number(final String text) {
    return text != null && text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }

  /** Begins raw mode, where input and output are the same terminal. */
  synchronized void raw() {
    if (isInput && saved == null) {
      final String settings = stty("-g");
      if (!settings.isEmpty()) {
        saved = settings;
        stty("-echo", "-icanon", "min", "0", "time", "0", "susp", "undef");
      }
    }
  }

  /** What was typed since, without waiting; empty for nothing. */
  String typed() {
    try {
      final int count = hasKeys() ? keys.available() : 0;
      return count > 0 ? new String(keys.readNBytes(count), StandardCharsets.ISO_8859_1) : "";
    } catch (final IOException e) {
      return "";
    }
  }

  /** Ends raw mode. */
  @Override
  public synchronized void close() {
    if (saved != null) {
      stty(saved);
      saved = null;
    }
  }
}
