package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small feed whose prices lie as far apart as prices can, from the run to every answer. */
@Tag("slow")
final class WideFeedTest {
  private static final int INSTRUMENTS = 16;
  private static final long WIDEST = 1L << 53;
  private static final long START = 1_700_000_000_000_000_000L;
  private static final int AGREEING = 4;
  private static final int BUY = 1;

  @TempDir private Path folder;
  private long sequence;

  private Path feed() throws Exception {
    final Path file = folder.resolve("wide.feed");
    final FeedEvent event = new FeedEvent();
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      for (int id = 0; id < INSTRUMENTS; id++) {
        final long time = next();
        event.instrument(sequence, time, time, instrument(id));
        writer.write(event);
      }
      for (int id = 0; id < INSTRUMENTS; id++) {
        for (final long price : new long[] {1, WIDEST}) {
          for (int i = 0; i < AGREEING; i++) {
            final long time = next();
            event.trade(sequence, time, time, id, 0, 0, price, 10, BUY);
            writer.write(event);
          }
          final long time = next();
          event.openInterest(sequence, time, time, id, 0, 100);
          writer.write(event);
        }
      }
      writer.complete();
    }
    return file;
  }

  private long next() {
    sequence++;
    return START + sequence * 1_000_000L;
  }

  private static InstrumentDefinition instrument(final int id) {
    return new InstrumentDefinition(
        id,
        "WIDE" + id,
        "test",
        "W" + id,
        "USDT",
        0,
        0,
        ContractKind.LINEAR,
        OpenInterestUnit.BASE,
        OpenInterestSides.ONE,
        1,
        1,
        1,
        FeedOrigin.NOT_STATED);
  }

  @Test
  void shouldAnswerWithinItsMemory() throws Exception {
    final Path config = Files.writeString(folder.resolve("small.conf"), "map.memory = 128MiB\n");
    final Path journal = folder.resolve("journal");
    final Map<String, Object> ran =
        Cli.line(
                "run --feed %s --journal %s --share %s --config %s --json",
                feed(), journal, folder.resolve("shared"), config)
            .done()
            .json();

    assertTrue(((Number) ran.get("rejected")).longValue() > 3 * INSTRUMENTS, ran.toString());
    assertEquals(
        ran.get("stateHash"),
        Cli.run("replay", "--journal", journal, "--json").exits(0).json().get("stateHash"));
    Cli.run("verify", "--journal", journal).done();
    for (int id = 0; id < INSTRUMENTS; id++) {
      Cli.run("map", "--journal", journal, "--symbol", "WIDE" + id).exits(0);
      Cli.run("ask", "--journal", journal, "--symbol", "WIDE" + id, "largest").exits(0);
    }
  }
}
