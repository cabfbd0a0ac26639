package io.liqmap.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.WheelInput;

/** The heatmap: its colours are the amounts that the server has, its readout is the map of then. */
abstract class HeatmapChecks extends PageCase {
  private static final String CANVAS = HeatScreen.CANVAS;
  private static final int CELLS = 200;
  private static final int SHADES = 10;

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
            + " && document.querySelector(arguments[0]).dataset.palette !== ''"
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

  /** The last answer, once it is drawn. */
  private HeatCells drawnCells() throws Exception {
    final HeatCells cells = cells();
    browser.await(
        "the last answer is drawn",
        "((told) => Number(told.columns) === arguments[1] && Number(told.rows) === arguments[2]"
            + " && Number(told.lowest) === arguments[3] && Number(told.every) === arguments[4])"
            + "(document.querySelector(arguments[0]).dataset)",
        CANVAS,
        cells.columns,
        cells.rows,
        cells.lowest,
        cells.every);
    return cells;
  }

  private HeatColours colours(
      final String palette, final double low, final double high, final String scale)
      throws Exception {
    return HeatColours.of(day.origin(), palette, low, high, scale);
  }

  private HeatScreen assertPainted(final HeatCells cells, final HeatColours colours)
      throws Exception {
    final HeatScreen screen = HeatScreen.of(browser);
    final HeatScreen.Comparison seen = screen.compare(cells, colours);
    assertEquals(0, seen.wrong(), seen::toString);
    assertTrue(seen.right() >= CELLS, seen::toString);
    assertTrue(seen.shades() > SHADES, seen::toString);
    return screen;
  }

  private static void assertPaintedOtherwise(
      final HeatScreen screen, final HeatCells cells, final HeatColours colours) {
    final HeatScreen.Comparison seen = screen.compare(cells, colours);
    assertTrue(seen.wrong() >= CELLS, seen::toString);
  }

  private void awaitLimits(final double low, final double high, final String scale) {
    browser.await(
        "colours from %s to %s, %s".formatted(low, high, scale),
        "((told) => Number(told.intensityLow) === arguments[1]"
            + " && Number(told.intensityHigh) === arguments[2]"
            + " && told.intensityScale === arguments[3])"
            + "(document.querySelector(arguments[0]).dataset)",
        CANVAS,
        low,
        high,
        scale);
  }

  @Test
  void shouldPaintAmountsByThePalette() throws Exception {
    openHeat(DAY);
    final HeatCells cells = drawnCells();
    final double low = told("intensityLow");
    final double high = told("intensityHigh");
    final HeatScreen screen = assertPainted(cells, colours("inferno", low, high, "log"));
    assertPaintedOtherwise(screen, cells, colours("viridis", low, high, "log"));
    assertPaintedOtherwise(screen, cells, colours("inferno", low, high, "linear"));
  }

  @Test
  void shouldPaintByTheLegendThatIsDragged() throws Exception {
    openHeat(DAY);
    final HeatCells cells = drawnCells();
    final double low = told("intensityLow");
    final double high = told("intensityHigh");
    final WebElement handle = page.find("legend-high");
    new Actions(browser.driver()).dragAndDropBy(handle, -40, 0).perform();
    browser.await(
        "the lightest colour begins where the handle is, lower",
        "((drawn, handle) => drawn < arguments[1] && Math.round(drawn) === handle)"
            + "(Number(document.querySelector(arguments[0]).dataset.intensityHigh),"
            + " Number(document.getElementById('legend-high').getAttribute('aria-valuenow')))",
        CANVAS,
        high);
    final double dragged = told("intensityHigh");
    final HeatScreen screen = assertPainted(cells, colours("inferno", low, dragged, "log"));
    assertPaintedOtherwise(screen, cells, colours("inferno", low, high, "log"));
    Shown.assertShows(
        dragged, String.valueOf(page.find("legend-high-field").getDomProperty("value")));
  }

  @Test
  void shouldPaintByLimitsThatAreTyped() throws Exception {
    openHeat(DAY);
    final HeatCells cells = drawnCells();
    final double low = 2 * told("intensityLow");
    final double thousands = told("intensityHigh") / 2_000;
    final double high = 1_000 * thousands;
    page.type("legend-low-field", BigDecimal.valueOf(low).toPlainString());
    page.type("legend-high-field", BigDecimal.valueOf(thousands).toPlainString() + "k");
    awaitLimits(low, high, "log");
    assertPainted(cells, colours("inferno", low, high, "log"));
    page.click("legend-scale");
    awaitLimits(low, high, "linear");
    final HeatScreen screen = assertPainted(cells, colours("inferno", low, high, "linear"));
    assertPaintedOtherwise(screen, cells, colours("inferno", low, high, "log"));
    browser.await(
        "the link holds them",
        "decodeURIComponent(location.hash).includes('heat.i=' + arguments[0] + ',' + arguments[1])"
            + " && location.hash.includes('heat.scale=linear')",
        low,
        high);
  }

  @Test
  void shouldPaintAsALinkSays() throws Exception {
    final double low = 250_000;
    final double high = 6_500_000;
    openHeat(
        DAY.with("heat.i", (long) low + "," + (long) high)
            .with("heat.scale", "linear")
            .with("heat.palette", "viridis"));
    final HeatCells cells = drawnCells();
    awaitLimits(low, high, "linear");
    assertPainted(cells, colours("viridis", low, high, "linear"));
  }

  @Test
  void shouldReadOutWhatTheMapOfThenHolds() throws Exception {
    openHeat(DAY);
    final HeatCells cells = drawnCells();
    final WebElement plot = browser.driver().findElement(By.cssSelector("#heat-view .u-over"));
    // A column in the fall; the row with most in it.
    final int column = columnAt(cells, PageMarket.at(PageMarket.FALL + 20));
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
        StrictMath.log(highest / (cells.price(row) * StrictMath.sqrt(cells.ratio)))
            / StrictMath.log(highest / lowest)
            * told("height");
    page.point(plot, x, y);
    browser.await("a readout", "!document.getElementById('heat-tip').hidden");
    Shown.assertShows(cells.price(row), tip(".tip-price"));
    // A pointer is at a whole pixel, and a column may be narrower than that.
    final Instant then = Instant.parse(tip(".tip-time").replace(" UTC", ":00Z").replace(' ', 'T'));
    final int pointed = columnAt(cells, then);
    assertEquals(column, pointed, 2);
    assertEquals((double) then.toEpochMilli(), cells.time(pointed));
    Shown.assertShows(Math.abs(cells.cell(pointed, row)), tip("[data-cell=here]"));

    double longs = 0;
    double shorts = 0;
    for (final JsonNode bucket : map(PageMarket.FIRST, "--at", then.toString()).get("buckets")) {
      final double middle =
          StrictMath.sqrt(bucket.get("priceLow").asDouble() * bucket.get("priceHigh").asDouble());
      if (middle > cells.price(row) && middle < cells.price(row + 1)) {
        final double notional = bucket.get("notional").asDouble();
        longs += bucket.get("side").asText().equals("long") ? notional : 0;
        shorts += bucket.get("side").asText().equals("short") ? notional : 0;
      }
    }
    final double most = Math.max(longs, shorts);
    assertTrue(most > 0, "an empty cell");
    assertEquals(most, Shown.first(tip("[data-cell=here]")).value(), 1 + 1e-6 * most);
  }

  /** The first column that ends at a time or later. */
  private static int columnAt(final HeatCells cells, final Instant time) {
    int column = 0;
    while (cells.time(column) < time.toEpochMilli()) {
      column++;
    }
    return column;
  }

  private String tip(final String part) {
    return browser.driver().findElement(By.cssSelector("#heat-tip " + part)).getText();
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
