package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.support.RealData;
import io.liqmap.tools.Liqmap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs commands as the launcher does, and takes what they print. */
final class Cli {
  private static final Pattern STACK_TRACE = Pattern.compile("(?m)^\\s+at [\\w.$/]+\\(");

  private Cli() {}

  /**
   * What a command did.
   *
   * @param code exit code
   * @param out stdout
   * @param err stderr
   */
  record Ran(int code, String out, String err) {
    Ran exits(final int expected) {
      assertEquals(expected, code, () -> "stdout:\n" + out + "\nstderr:\n" + err);
      return this;
    }

    /** Done, and without a word on stderr. */
    Ran done() {
      exits(0);
      assertEquals("", err);
      return this;
    }

    /** Lines that were broken to fit count as one. */
    Ran says(final String... parts) {
      final String unbroken = out.replaceAll("\n *", " ");
      for (final String part : parts) {
        assertTrue(
            out.contains(part) || unbroken.contains(part),
            () -> "no '" + part + "' in stdout:\n" + out);
      }
      return this;
    }

    Ran complains(final String... parts) {
      for (final String part : parts) {
        assertTrue(err.contains(part), () -> "no '" + part + "' in stderr:\n" + err);
      }
      return this;
    }

    Map<String, Object> json() {
      return JsonText.object(out);
    }

    List<String> lines() {
      return out.lines().toList();
    }
  }

  /** Runs a command in words that blanks part; each {@code %s} is the next value's text. */
  static Ran line(final String words, final Object... values) {
    final Iterator<Object> next = Arrays.asList(values).iterator();
    return run(
        Arrays.stream(words.split(" ", -1))
            .map((word) -> word.equals("%s") ? next.next() : word)
            .toArray());
  }

  /** Runs a command; paths and numbers among the words are taken by their text. */
  static Ran run(final Object... words) {
    System.setProperty("liqmap.home", RealData.root().toString());
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final PrintStream realOut = System.out;
    final PrintStream realErr = System.err;
    final int code;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      code = Liqmap.execute(Arrays.stream(words).map(String::valueOf).toArray(String[]::new));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
    final Ran ran =
        new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    assertFalse(STACK_TRACE.matcher(ran.err).find(), ran.err);
    assertFalse(ran.err.contains("java."), ran.err);
    return ran;
  }

  /** Where documents of ours start in a journal's queue file. */
  static List<Long> documents(final Path journal) throws IOException {
    final byte[] content = Files.readAllBytes(queueFile(journal));
    final List<Long> found = new ArrayList<>();
    for (int i = 0; i + 4 <= content.length; i++) {
      if (content[i] == 'L'
          && content[i + 1] == 'Q'
          && content[i + 2] == 'M'
          && content[i + 3] == 'B') {
        found.add((long) i);
      }
    }
    return found;
  }

  static void flip(final Path file, final long at) throws IOException {
    try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
      content.seek(at);
      final int old = content.read();
      content.seek(at);
      content.write(old ^ 1);
    }
  }

  static Path queueFile(final Path journal) throws IOException {
    try (Stream<Path> files = Files.list(journal.resolve("queue"))) {
      return files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
  }
}
