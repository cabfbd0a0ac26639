package io.liqmap.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.liqmap.engine.support.RealData;
import io.liqmap.tools.serve.Binding;
import io.liqmap.tools.serve.JournalServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.OutputType;

/**
 * The page of two months of real hours around the fall of 5 August 2024. With {@code
 * -Dliqmap.pictures=FOLDER} it also makes the README's pictures.
 */
abstract class RealDataChecks {
  private static final String PICTURES = "liqmap.pictures";
  private static final String NOON = "2024-08-05T12:00:00Z";
  private static final String INSTRUMENT = "binance-usdm:BTCUSDT";
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 760;

  @TempDir private Path folder;

  @Test
  void shouldShowTheFallOfAugust2024(final Browser browser) throws Exception {
    assumeTrue(
        System.getProperty(PICTURES) != null,
        "makes the README's pictures where -D" + PICTURES + " names a folder for them");
    final Path data = RealData.folder("binance-usdm-1h");
    final Path feed = folder.resolve("btc.feed");
    final Path journal = folder.resolve("btc");
    Printed.run(
        List.of(
            "import",
            "--format",
            "coinalyze",
            "--symbol",
            "BTCUSDT",
            "--utc-offset",
            "+06:00",
            "--out",
            feed.toString(),
            data.toString()));
    Printed.run(
        List.of(
            "run", "--feed", feed.toString(), "--journal", journal.toString(), "--mode", "inline"));
    try (JournalServer server = JournalServer.start(journal, Binding.loopback(0))) {
      final OpenPage page = new OpenPage(browser, server.url().replaceAll("/$", ""));
      HeatCells.awaitRead(page.origin(), INSTRUMENT);
      browser.log().clear();
      browser.prefer("prefers-color-scheme", "dark");
      browser.resize(WIDTH, HEIGHT);
      final Link link = Link.DEFAULT.with("at", NOON);
      page.load(link.hash()).awaitShown(link);
      final JsonNode map = Printed.map(journal, INSTRUMENT, "--at", NOON);
      assertEquals(map.get("stateHash").asText(), page.read("state-hash"));
      Shown.assertShows(map.get("markPrice").asDouble(), page.read("mark-price"));
      keep(browser, "page-map.png");

      final Link heat = Link.DEFAULT.with("view", "heatmap");
      page.open(heat);
      browser.await(
          "the heatmap is whole, and has its markers",
          "Number(document.querySelector('#heat-view .u-wrap canvas').dataset.done) === 1 &&"
              + " Number(document.querySelector('#heat-view .u-wrap canvas').dataset.columns) > 100"
              + " && Number(document.querySelector('#heat-view .u-wrap canvas').dataset.markers) >"
              + " 10 && document.querySelector('.heat-body').getAttribute('aria-busy') !== 'true'");
      final double until = page.number("#heat-view .u-wrap canvas", "last");
      final double since = page.number("#heat-view .u-wrap canvas", "first");
      assertTrue(until - since > 50 * 86_400_000.0, "two months");
      keep(browser, "page-heatmap.png");
      assertEquals(List.of(), browser.log().errors());
    } finally {
      browser.reset();
    }
  }

  private static void keep(final Browser browser, final String name) throws Exception {
    browser.await("all is read", "document.getElementById('progress-banner').hidden");
    Picture.write(
        browser.driver().getScreenshotAs(OutputType.BYTES),
        Files.createDirectories(RealData.root().resolve(System.getProperty(PICTURES)))
            .resolve(name));
  }
}
