package io.liqmap.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liqmap.engine.support.RealData;
import io.liqmap.tools.Liqmap;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the command line prints of a journal: what the page has to show. */
final class Printed {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Printed() {}

  /**
   * The map as {@code liqmap map --format json} prints it.
   *
   * @param options further words, as {@code --at}
   */
  static JsonNode map(final Path journal, final String instrument, final String... options)
      throws Exception {
    final List<String> words =
        new ArrayList<>(
            List.of("map", "--journal", journal.toString(), "--symbol", instrument, "--format"));
    words.add("json");
    words.addAll(List.of(options));
    return JSON.readTree(run(words));
  }

  /** Runs a command that has to succeed; gives what it prints. */
  static String run(final List<String> words) {
    System.setProperty("liqmap.home", RealData.root().toString());
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final PrintStream real = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, Liqmap.execute(words.toArray(new String[0])), words::toString);
    } finally {
      System.setOut(real);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
