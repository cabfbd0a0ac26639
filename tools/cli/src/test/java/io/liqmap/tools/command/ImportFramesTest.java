package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports of frames that others recorded. */
final class ImportFramesTest {
  private static final String TRADE =
      "{'e':'aggTrade','E':1790000000000,'a':7,'s':'%s','p':'83434.40','q':'0.016','f':1,'l':2,"
          + "'T':1790000000000,'m':true}\n";

  @TempDir private Path folder;
  private Path frames;

  @BeforeEach
  void writeFrames() throws IOException {
    frames =
        Files.writeString(
            folder.resolve("frames.txt"),
            (TRADE.formatted("BTCUSDT") + TRADE.formatted("DOGEUSDT")).replace('\'', '"'));
  }

  private Cli.Ran importOf(final Path input, final String venue, final String symbol) {
    return Cli.line(
        "import --format venue-frames --venue %s --symbol %s --out %s --json %s",
        venue, symbol, folder.resolve("x.feed"), input);
  }

  @Test
  void shouldTakeTheSymbolThatIsNamed() {
    final Cli.Ran ran = importOf(frames, "binance-usdm", "BTCUSDT").done();
    assertEquals(1L, ran.json().get("trades"));
  }

  @Test
  void shouldNameTheInstrumentsThatThereAreWhereASymbolIsNone() {
    importOf(frames, "binance-usdm", "DOGEUSDT")
        .exits(3)
        .complains(
            "DOGEUSDT: no instrument of the inputs, which are read as of",
            "binance-usdm:BTCUSDT",
            "--config");
    importOf(frames, "bybit", "BTCUSDT")
        .exits(3)
        .complains("BTCUSDT: no instrument of the inputs, which are read as of bybit:BTCUSD;");
    assertFalse(Files.exists(folder.resolve("x.feed")));
  }

  @Test
  void shouldSayThatThereIsNoFrame() throws IOException {
    importOf(Files.writeString(folder.resolve("empty"), ""), "binance-usdm", "BTCUSDT")
        .exits(3)
        .complains("no frame in the inputs");
  }
}
