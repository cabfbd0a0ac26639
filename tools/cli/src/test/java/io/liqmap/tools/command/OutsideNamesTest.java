package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.support.TestInstruments;
import io.liqmap.tools.command.Cli.Ran;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that come from outside: no path is made of them, and no terminal obeys them. */
@Tag("slow")
final class OutsideNamesTest {
  private static final long TIME = 1_767_225_600_000_000_000L;
  private static final Pattern STEERING = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f&&[^\\n]]");

  /**
   * Clears the screen, and gives the window another title; as long as the name that it replaces.
   */
  private static final String ESCAPES = "\u001b[2J\u001b]0;evil\u0007\r";

  @TempDir private Path outer;
  private Path inner;

  @BeforeEach
  void makeAFolderToBreakOutOf() throws IOException {
    inner = Files.createDirectories(outer.resolve("a/b/inner"));
  }

  private static InstrumentDefinition instrument(final int id, final String symbol) {
    return TestInstruments.linear(id, symbol, "../venue", "/base", "..", 1);
  }

  private Path feed(final String name, final InstrumentDefinition instrument) throws IOException {
    final Path file = inner.resolve(name);
    final FeedEvent event = new FeedEvent();
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      event.instrument(1, TIME, TIME, instrument);
      writer.write(event);
      for (int i = 2; i < 300; i++) {
        final long time = TIME + i * 1_000_000_000L;
        event.clear();
        if (i % 50 == 2) {
          event.openInterest(i, time, time, instrument.id(), -3, 80_000_000 + i * 100_000L);
        } else {
          event.trade(i, time, time, instrument.id(), -2, -3, 6_000_000 + i, 90_000, FeedEvent.BUY);
        }
        writer.write(event);
      }
      writer.complete();
    }
    return file;
  }

  /** Puts other bytes into a feed's only block of events, whose checksums then hold again. */
  private static void rename(final Path feed, final String from, final String to)
      throws IOException {
    final byte[] bytes = Files.readAllBytes(feed);
    final String text = new String(bytes, StandardCharsets.ISO_8859_1);
    final byte[] name = to.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(name, 0, bytes, text.indexOf(from), name.length);
    final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    final Envelope envelope = new Envelope();
    int at = 0;
    int previous = 0;
    for (int number = 0; at < bytes.length; number++) {
      envelope.read(buffer, at, bytes.length - at);
      envelope.write(buffer, ByteBuffer.wrap(bytes), at, number, previous);
      previous = envelope.checksum();
      at += Envelope.LENGTH + envelope.payloadLength();
    }
    Files.write(feed, bytes);
  }

  /** All that lies outside of the folder, and the folder itself. */
  private Set<String> outside() throws IOException {
    try (Stream<Path> all = Files.walk(outer)) {
      return all.filter((path) -> !path.startsWith(inner) || path.equals(inner))
          .map(Path::toString)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static void requirePlain(final Ran ran) {
    assertFalse(STEERING.matcher(ran.out() + ran.err()).find(), ran.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil", "../../evil", "a/b", "/tmp/liqmap-evil", "..", "%2e%2e%2f", "~"})
  void shouldMakeNoPathOfASymbol(final String symbol) throws IOException {
    final Path feed = feed("some.feed", instrument(0, symbol));
    final Set<String> before = outside();
    final Path journal = inner.resolve("journal");
    final Path shared = inner.resolve("shared");

    Cli.run("run", "--feed", feed, "--journal", journal, "--share", shared).done();

    Cli.run("map", "--journal", journal, "--symbol", symbol).done().says(symbol + "  2026");
    Cli.run("map", "--journal", journal, "--symbol", symbol, "--format", "csv").done();
    Cli.run("inspect", "--feed", feed).exits(0);
    assertEquals(before, outside());
    assertFalse(Files.exists(Path.of("/tmp/liqmap-evil")));
    try (Stream<Path> made = Files.walk(shared)) {
      assertEquals(
          Set.of("shared", "liqmap.view", "liqmap.events"),
          made.map((path) -> path.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  @Test
  void shouldRefuseASymbolThatWouldSteerATerminal() throws IOException {
    final Path feed = feed("some.feed", instrument(0, "ABCDEFGHIJKLMN"));
    rename(feed, "ABCDEFGHIJKLMN", ESCAPES);
    final Path journal = inner.resolve("journal");

    final Ran ran = Cli.run("run", "--feed", feed, "--journal", journal).done();
    ran.says("instruments   0", "rejected      1");
    requirePlain(ran);
    for (final String command : List.of("inspect", "replay", "verify", "map")) {
      requirePlain(Cli.run(command, "--journal", journal));
    }
    requirePlain(Cli.run("inspect", "--feed", feed));
  }

  @Test
  void shouldNotSteerATerminalWithAnError() throws IOException {
    final Path one = feed("one.feed", instrument(0, "ABCDEFGHIJKLMN"));
    rename(one, "ABCDEFGHIJKLMN", ESCAPES);
    final Path two = feed("two.feed", instrument(0, "OTHER"));

    final Ran ran = Cli.run("run", "--feed", one, two, "--journal", inner.resolve("journal"));
    ran.exits(3).complains("two feeds give the number 0 to different instruments", "[2J?]0;evil??");
    requirePlain(ran);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/b", "/tmp/liqmap-evil"})
  void shouldImportUnderAnySymbolToTheFileThatIsNamed(final String symbol) throws IOException {
    final Path bars = Bars.write(inner.resolve("bars"));
    final Path config = settings(symbol);
    final Set<String> before = outside();

    Cli.line(
            "import --format coinalyze --config %s --symbol %s --out %s %s",
            config, symbol, inner.resolve("x.feed"), bars.resolve("BTCUSDT-ohlcv.csv"))
        .exits(3);
    assertEquals(before, outside());
    assertFalse(Files.exists(Path.of("/tmp/liqmap-evil")));
  }

  private Path settings(final String symbol) throws IOException {
    return Files.writeString(
        inner.resolve("my.conf"),
        "instruments = [ { id = 9, symbol = \""
            + symbol
            + "\", venue = binance-usdm, base = B, quote = Q, contract = linear, tick-size = 1, lot-size"
            + " = 1, open-interest { unit = base, sides = one } } ]\n");
  }

  @Test
  void shouldRefuseSymbolsOfSettingsThatAreTooLongOrWouldSteerATerminal() throws IOException {
    for (final String symbol : new String[] {"X".repeat(2_048), "\\u001b[2Jevil", "a b", ""}) {
      final Path config = settings(symbol);
      final Ran ran =
          Cli.line(
              "run --feed %s --config %s --journal %s",
              feed("some.feed", instrument(0, "A")), config, inner.resolve("journal"));
      ran.exits(3).complains(config + ":1: ", "1 to 32 ASCII characters without blanks");
      requirePlain(ran);
      assertFalse(Files.exists(inner.resolve("journal")));
    }
  }
}
