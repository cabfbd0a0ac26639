package io.liqmap.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.WheelInput;

/** The heatmap: what is read of it is the map of then. */
abstract class HeatmapChecks extends PageCase {
  private static final String CANVAS = "#heat-view .u-wrap canvas";

  /** Most of the day, in rows that are high enough to point at. */
  private static final Link DAY =
      Link.DEFAULT
          .with("view", "heatmap")
          .with("heat.group", 10)
          .with("heat.hide", "candles,liquidations,sweeps,levels")
          .with(
              "heat.t",
              PageMarket.at(100).toEpochMilli() + "," + PageMarket.at(900).toEpochMilli());

  private void openHeat(final Link link) {
    // Its request for the cells is in the log then.
    page.load(link.hash()).awaitShown(link);
    awaitCells();
  }

  /** Until all that is seen is there, and nothing more is asked for. */
  private void awaitCells() {
    browser.await(
        "the heatmap is whole",
        "Number(document.querySelector(arguments[0]).dataset.done) === 1"
            + " && Number(document.querySelector(arguments[0]).dataset.columns) > 0"
            + " && document.querySelector('.heat-body').getAttribute('aria-busy') !== 'true'",
        CANVAS);
  }

  private double told(final String name) {
    return page.number(CANVAS, name);
  }

  private HeatCells cells() throws Exception {
    final List<String> asked =
        browser.log().requests().stream().filter((url) -> url.contains("/api/heatmap")).toList();
    return HeatCells.of(asked.get(asked.size() - 1));
  }

  @Test
  void shouldReadOutWhatTheMapOfThenHolds() throws Exception {
    openHeat(DAY);
    final HeatCells cells = cells();
    final WebElement plot = browser.driver().findElement(By.cssSelector("#heat-view .u-over"));
    // A column in the fall; the row with most in it.
    int column = 0;
    while (cells.time(column) < PageMarket.at(PageMarket.FALL + 20).toEpochMilli()) {
      column++;
    }
    final double lowest = told("low");
    final double highest = told("high");
    int row = 0;
    for (int each = 0; each < cells.rows; each++) {
      if (cells.price(each) > lowest
          && cells.price(each + 1) < highest
          && Math.abs(cells.cell(column, each)) > Math.abs(cells.cell(column, row))) {
        row = each;
      }
    }
    final double x =
        (cells.time(column) - cells.every / 2 - told("from"))
            / (told("to") - told("from"))
            * told("width");
    final double y =
        StrictMath.log(told("high") / (cells.price(row) * StrictMath.sqrt(cells.ratio)))
            / StrictMath.log(told("high") / told("low"))
            * told("height");
    page.point(plot, x, y);
    browser.await("a readout", "!document.getElementById('heat-tip').hidden");
    final String here =
        browser.driver().findElement(By.cssSelector("#heat-tip [data-cell=here]")).getText();
    Shown.assertShows(Math.abs(cells.cell(column, row)), here);

    final JsonNode map =
        map(PageMarket.FIRST, "--at", Instant.ofEpochMilli((long) cells.time(column)).toString());
    double sum = 0;
    for (final JsonNode bucket : map.get("buckets")) {
      final double middle =
          StrictMath.sqrt(bucket.get("priceLow").asDouble() * bucket.get("priceHigh").asDouble());
      if (middle > cells.price(row) && middle < cells.price(row + 1)) {
        sum += bucket.get("notional").asDouble();
      }
    }
    assertEquals(sum, Shown.first(here).value(), 1 + 1e-6 * sum);
    Shown.assertShows(
        cells.price(row),
        browser.driver().findElement(By.cssSelector("#heat-tip .tip-price")).getText());
  }

  @Test
  void shouldTravelToTheColumnThatIsClicked() throws Exception {
    openHeat(DAY);
    final WebElement plot = browser.driver().findElement(By.cssSelector("#heat-view .u-over"));
    page.point(plot, told("width") / 4, told("height") / 2);
    new Actions(browser.driver()).click().perform();
    page.awaitState("status", "past");
    final String at = page.state("time");
    browser.await(
        "the map of then",
        "Date.parse(document.getElementById('app').dataset.time) < arguments[0]",
        PageMarket.at(PageMarket.FALL).toEpochMilli());
    assertFalse(at.isEmpty());
    assertEquals(
        map(PageMarket.FIRST, "--at", page.state("sequence")).get("stateHash").asText(),
        page.read("state-hash"));
  }

  @Test
  void shouldZoomWithTheWheelAndReset() {
    openHeat(Link.DEFAULT.with("view", "heatmap"));
    final double from = told("from");
    final double to = told("to");
    final WebElement plot = browser.driver().findElement(By.cssSelector("#heat-view .u-over"));
    new Actions(browser.driver())
        .scrollFromOrigin(WheelInput.ScrollOrigin.fromElement(plot), 0, -400)
        .perform();
    browser.await(
        "less time is seen",
        "Number(document.querySelector(arguments[0]).dataset.to)"
            + " - Number(document.querySelector(arguments[0]).dataset.from) < arguments[1]",
        CANVAS,
        .8 * (to - from));
    browser.await("the link holds it", "location.hash.includes('heat.t=')");
    awaitCells();
    final double zoomedFrom = told("from");
    new Actions(browser.driver()).dragAndDropBy(plot, 120, 0).perform();
    browser.await(
        "earlier times are seen",
        "Number(document.querySelector(arguments[0]).dataset.from) < arguments[1]",
        CANVAS,
        zoomedFrom);
    new Actions(browser.driver()).doubleClick(plot).perform();
    browser.await(
        "all is seen again",
        "Math.abs(Number(document.querySelector(arguments[0]).dataset.from) - arguments[1]) < 1000",
        CANVAS,
        from);
    browser.await("the link is as before", "!location.hash.includes('heat.t=')");
  }
}
