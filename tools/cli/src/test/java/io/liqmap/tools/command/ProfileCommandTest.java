package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profile is learned, printed as settings, and read back. */
final class ProfileCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START = 1_767_225_600_000_000_000L;
  private static final long MINUTE = 60_000_000_000L;

  @TempDir private static Path folder;
  private static Path feed;
  private static Path journal;

  /** Two days of minutes with trades, falls of price, reported liquidations, open interest. */
  @BeforeAll
  static void makeJournal() throws IOException {
    final InstrumentDefinition bitcoin =
        LiqmapConfig.load(null, RealData.root().resolve("config")).instruments().get(0);
    feed = folder.resolve("market.feed");
    journal = folder.resolve("journal");
    final SplittableRandom random = new SplittableRandom(4);
    final FeedEvent event = new FeedEvent();
    final long unit = Math.round(Math.pow(10, -bitcoin.quantityExponent()));
    final int price = bitcoin.priceExponent();
    final int quantity = bitcoin.quantityExponent();
    long sequence = 0;
    double mark = 60_000;
    try (FeedFileWriter writer = new FeedFileWriter(feed)) {
      event.instrument(++sequence, START, START, bitcoin);
      writer.write(event);
      for (int minute = 0; minute < 2 * 1_440; minute++) {
        final long at = START + minute * MINUTE;
        mark *= Math.exp(.002 * (random.nextDouble() - .5));
        final long mantissa = Math.round(mark * Math.pow(10, -price));
        event.markPrice(
            ++sequence, at, at, 0, price, mantissa, FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
        writer.write(event);
        event.trade(
            ++sequence,
            at,
            at,
            0,
            price,
            quantity,
            mantissa / bitcoin.tickSize() * bitcoin.tickSize(),
            20 * unit,
            FeedEvent.BUY);
        writer.write(event);
        if (minute % 7 == 0) {
          event.liquidation(
              ++sequence, at, at, 0, price, quantity, mantissa, unit / 2, FeedEvent.LONG);
          writer.write(event);
        }
        if (minute % 5 == 4) {
          event.openInterest(++sequence, at, at, 0, quantity, (1_000 + random.nextInt(20)) * unit);
          writer.write(event);
        }
      }
      writer.complete();
    }
    Cli.run("run", "--feed", feed, "--journal", journal, "--mode", "inline").done();
  }

  @Test
  void shouldPrintWhatWasLearnedAsSettingsThatRunWithIt() throws IOException {
    final Path settings = folder.resolve("learned.conf");
    Cli.run("profile", "--journal", journal, "--out", settings).done();
    final Path again = folder.resolve("again");
    Cli.run("run", "--feed", feed, "--journal", again, "--config", settings, "--mode", "inline")
        .done();

    final JsonNode learned = json("profile", "--journal", journal, "--json");
    final JsonNode frozen = json("profile", "--journal", again, "--json");
    for (int tier = 0; tier < learned.get("tiers").size(); tier++) {
      assertEquals(
          learned.get("tiers").get(tier).get("share"), frozen.get("tiers").get(tier).get("share"));
    }
    assertEquals(
        learned.get("outOfReach").get("long").asDouble(),
        frozen.get("outOfReach").get("long").asDouble(),
        1e-9);
    assertTrue(Files.readString(settings).contains("learning.mode = frozen"));
  }

  @Test
  void shouldSayOfEachShareHowMuchWasSwept() throws IOException {
    final JsonNode learned = json("profile", "--journal", journal, "--json");
    boolean hasMoved = false;
    for (final JsonNode tier : learned.get("tiers")) {
      for (final String side : new String[] {"long", "short"}) {
        assertEquals(
            tier.get("exposure").get(side).asDouble() < .9,
            tier.get("prior").get(side).asBoolean());
        hasMoved |= !tier.get("share").get(side).equals(tier.get("given").get(side));
      }
    }
    assertTrue(hasMoved, "something was learned");
  }

  @Test
  void shouldNameTheModelsThatLearn() throws IOException {
    Cli.run("profile", "--journal", journal, "--model", "ladder")
        .exits(2)
        .complains("the models of this journal that learn are [blend, oi-delta, taker-volume]");
    Cli.run("profile", "--journal", journal, "--symbol", "DOGE")
        .exits(2)
        .complains("at that time the journal has");
    Cli.run("profile", "--journal", journal, "--out", folder).exits(2).complains("is a folder");
    final Path settings = Files.writeString(folder.resolve("ladder.conf"), "map.models = [ladder]");
    final Path other = folder.resolve("ladder");
    Cli.run("run", "--feed", feed, "--journal", other, "--config", settings, "--mode", "inline")
        .done();
    Cli.run("profile", "--journal", other).exits(2).complains("no model of this journal learns");
  }

  private static JsonNode json(final Object... words) throws IOException {
    return JSON.readTree(Cli.run(words).done().out());
  }
}
