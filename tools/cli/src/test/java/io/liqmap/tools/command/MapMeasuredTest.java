package io.liqmap.tools.command;

import static io.liqmap.tools.command.JsonText.list;
import static io.liqmap.tools.command.JsonText.map;
import static io.liqmap.tools.command.JsonText.number;
import static io.liqmap.tools.command.JsonText.object;
import static io.liqmap.tools.command.JsonText.objects;
import static io.liqmap.tools.command.JsonText.string;
import static io.liqmap.tools.command.JsonText.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.support.TestInstruments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code map --model measured}: positions of a feed, by price. */
final class MapMeasuredTest {
  private static final long START = 1_722_859_200_000_000_000L;
  private static final long MINUTE = 60_000_000_000L;

  @TempDir private Path folder;
  private final FeedEvent event = new FeedEvent();
  private long sequence;
  private long time = START;

  /** Mark 100; account 1 closes, account 2 is swept at 96, accounts 3 and 4 stay. */
  private Path journal(final boolean hasPositions, final boolean hasOpenInterest)
      throws IOException {
    final Path feed = folder.resolve("one.feed");
    try (FeedFileWriter writer = new FeedFileWriter(feed)) {
      event.instrument(
          ++sequence,
          time,
          time,
          TestInstruments.linear(0, "HYPE", "hyperliquid", "HYPE", "USDC", 1));
      writer.write(event);
      mark(writer, 10_000);
      if (hasOpenInterest) {
        event.openInterest(++sequence, time, time, 0, -3, 80_000);
        writer.write(event);
      }
      if (hasPositions) {
        position(writer, 1, 5_000, 9_000, FeedEvent.LONG);
        position(writer, 2, 1_000, 9_600, FeedEvent.LONG);
        position(writer, 3, 8_000, 9_100, FeedEvent.LONG);
        position(writer, 4, 4_000, FeedEvent.ABSENT, FeedEvent.SHORT);
        position(writer, 1, 0, FeedEvent.ABSENT, FeedEvent.LONG);
      }
      mark(writer, 9_600);
      mark(writer, 9_900);
      writer.complete();
    }
    final Path journal = folder.resolve("journal");
    Cli.run("run", "--feed", feed, "--journal", journal, "--mode", "inline").done();
    return journal;
  }

  private void mark(final FeedFileWriter writer, final long price) throws IOException {
    time += MINUTE;
    event.markPrice(++sequence, time, time, 0, -2, price, FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
    writer.write(event);
  }

  private void position(
      final FeedFileWriter writer,
      final long account,
      final long quantity,
      final long liquidation,
      final int side)
      throws IOException {
    event.knownPosition(
        ++sequence,
        time,
        time,
        0,
        -2,
        -3,
        account,
        quantity,
        10_000,
        liquidation,
        0,
        account == 3 ? 500 : 0,
        side);
    writer.write(event);
  }

  private static Map<String, Object> measured(final Path journal) {
    return object(
        Cli.run("map", "--journal", journal, "--model", "measured", "--format", "json")
            .done()
            .out());
  }

  @Test
  void shouldShowWhatIsKnownAndWhatItCovers() throws IOException {
    final Path journal = journal(true, true);
    final Map<String, Object> answer = measured(journal);

    assertEquals("measured", string(map(answer, "assumptions"), "model"));
    final Map<?, ?> bucket = objects(answer, "buckets").get(0);
    assertEquals(1, objects(answer, "buckets").size());
    assertTrue(number(bucket, "priceLow") <= 91 && number(bucket, "priceHigh") > 91);
    assertEquals(8, number(map(bucket, "tiers"), "5"));
    assertEquals(.1, number(map(answer, "coverage"), "long"), 1e-9);
    assertEquals(0, number(map(answer, "coverage"), "short"));
    final Map<?, ?> known = map(answer, "measured");
    assertEquals(.05, number(map(known, "short"), "outOfReachShare"), 1e-9);
    assertEquals(1, whole(map(known, "long"), "accounts"));
    assertEquals(1, whole(map(known, "long"), "swept"));
    assertEquals(96, number(map(answer, "liquidations"), "sweptNotionalLong"), 1e-9);
    assertEquals("2024-08-05T12:01:00Z", string(known, "oldestReport"));
    assertEquals(120, number(known, "oldestAgeSeconds"));
    assertTrue(list(known, "warnings").get(0).toString().contains("few accounts hold most"));

    Cli.run("map", "--journal", journal, "--model", "measured")
        .done()
        .says("model measured", "1 account,", "assumes that all other prices stay the same");
    Cli.run("map", "--journal", journal, "--model", "measured", "--format", "csv")
        .done()
        .says("quantity_0x,quantity_5x");
  }

  @Test
  void shouldSayThatCoverageIsUnknownWithoutOpenInterest() throws IOException {
    final Map<String, Object> answer = measured(journal(true, false));
    assertNull(map(answer, "coverage").get("long"));
    assertTrue(list(map(answer, "measured"), "warnings").toString().contains("no open interest"));
  }

  @Test
  void shouldRefuseAWindow() throws IOException {
    Cli.run("map", "--journal", journal(true, true), "--model", "measured", "--window", "1d")
        .exits(2)
        .complains("leave --window out");
  }

  @Test
  void shouldSayWhereKnownPositionsComeFromIfThereAreNone() throws IOException {
    Cli.run("map", "--journal", journal(false, true), "--model", "measured")
        .exits(2)
        .complains("no known positions of HYPE", "hyperliquid-positions", "engine/FEED.md");
  }

  @Test
  void shouldComeToTheSameAgainFromTheFeedAndFromASnapshot() throws IOException {
    final Path journal = journal(true, true);
    final Object then =
        object(Cli.run("replay", "--journal", journal, "--json").done().out()).get("stateHash");
    final Path again = folder.resolve("again");
    Cli.run("run", "--feed", folder.resolve("one.feed"), "--journal", again).done();
    assertEquals(
        then,
        object(Cli.run("replay", "--journal", again, "--from", "snapshot", "--json").done().out())
            .get("stateHash"));
  }

  @Test
  void shouldInspectThem() throws IOException {
    journal(true, true);
    Cli.run("inspect", "--feed", folder.resolve("one.feed"))
        .done()
        .says(
            "known-position  account 3  long  8 @ 100  liquidated @ 91  5x",
            "known-position  account 4  short  4 @ 100  never liquidated",
            "known-position  account 1  closed");
  }
}
