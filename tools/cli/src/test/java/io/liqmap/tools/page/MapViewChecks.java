package io.liqmap.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The map's bars and what is read of them. */
abstract class MapViewChecks extends PageCase {
  private static final String CHART = "#map-chart";
  private static final String READOUT = "#map-readout";

  private double told(final String name) {
    return page.number(CHART, name);
  }

  private WebElement plot() {
    return browser.driver().findElement(By.cssSelector("#map-view .u-over"));
  }

  private void awaitChart(final JsonNode map) {
    browser.await(
        "the chart shows the map",
        "document.querySelector(arguments[0]).dataset.sequence === arguments[1]",
        CHART,
        map.get("sequence").asText());
  }

  /** Takes the pointer away, so that what is read out is of no other place. */
  private void pointAtNothing() {
    page.point(page.find("header"), 2, 2);
    page.find("map-chart").sendKeys(Keys.ESCAPE);
    browser.await("no readout", "document.querySelector(arguments[0]).hidden", READOUT);
  }

  private void pointAt(final double price) {
    pointAtNothing();
    final double share =
        StrictMath.log(price / told("low")) / StrictMath.log(told("high") / told("low"));
    page.point(plot(), share * told("width"), told("height") / 2);
    browser.await("a readout", "!document.querySelector(arguments[0]).hidden", READOUT);
  }

  /** Notional of a side between prices, by the middles of buckets. */
  private static double sum(
      final JsonNode map, final String side, final double low, final double high) {
    double sum = 0;
    for (final JsonNode bucket : map.get("buckets")) {
      final double middle =
          StrictMath.sqrt(bucket.get("priceLow").asDouble() * bucket.get("priceHigh").asDouble());
      if (bucket.get("side").asText().equals(side) && middle > low && middle < high) {
        sum += bucket.get("notional").asDouble();
      }
    }
    return sum;
  }

  private void assertReadOut(final JsonNode map) {
    final double low = page.number(READOUT, "low");
    final double high = page.number(READOUT, "high");
    final String side = page.data(READOUT, "side");
    final double mark = map.get("markPrice").asDouble();
    final double notional = sum(map, side, low, high);
    assertEquals(notional, page.number(READOUT, "notional"), 1e-6 * notional + 1e-6);
    final double outward =
        side.equals("long") ? sum(map, side, low, 2 * mark) : sum(map, side, 0, high);
    assertEquals(outward, page.number(READOUT, "sum"), 1e-6 * outward + 1e-6);
    final String text = page.read("map-readout");
    Shown.assertShows(low, text);
    assertTrue(
        text.lines().anyMatch((line) -> shows(notional, line)),
        () -> notional + " isn't in\n" + text);
    assertTrue(page.read("to-price").contains("USDT"), page.read("to-price"));
  }

  private static boolean shows(final double value, final String line) {
    for (final String part : line.split("(?<=[a-zA-Z])\\s|·|\t", -1)) {
      if (part.matches(".*\\d.*")) {
        final Shown shown = Shown.first(part);
        if (Math.abs(shown.value() - value) <= .5000001 * shown.precision()) {
          return true;
        }
      }
    }
    return false;
  }

  @ParameterizedTest
  @ValueSource(doubles = {.97, 1.005})
  void shouldReadOutTheBarUnderThePointer(final double ofMark) throws Exception {
    open();
    final JsonNode map = map(PageMarket.FIRST);
    awaitChart(map);
    pointAt(map.get("markPrice").asDouble() * ofMark);
    assertReadOut(map);
  }

  @Test
  void shouldReadOutAWindowOfAnotherModelInThePast() throws Exception {
    final String at = PageMarket.at(PageMarket.FALL).toString();
    open(Link.DEFAULT.with("model", "ladder").with("window", "12h").with("at", at));
    final JsonNode map = map(PageMarket.FIRST, "--model", "ladder", "--window", "12h", "--at", at);
    awaitChart(map);
    pointAt(map.get("markPrice").asDouble() * .98);
    assertReadOut(map);
  }

  @Test
  void shouldReadBarsWithTheKeyboard() throws Exception {
    open();
    final JsonNode map = map(PageMarket.FIRST);
    awaitChart(map);
    pointAtNothing();
    page.find("map-chart").sendKeys(Keys.ARROW_RIGHT);
    browser.await("a readout", "!document.querySelector(arguments[0]).hidden", READOUT);
    assertReadOut(map);
    assertEquals("short", page.data(READOUT, "side"));
    final double low = page.number(READOUT, "low");
    page.find("map-chart").sendKeys(Keys.ARROW_RIGHT);
    browser.await(
        "the next bar",
        "Number(document.querySelector(arguments[0]).dataset.low) > arguments[1]",
        READOUT,
        low);
    assertReadOut(map);
    assertTrue(page.read("announcer").contains("short"), page.read("announcer"));
  }

  @Test
  void shouldLeaveOutATierThatIsSwitchedOff() throws Exception {
    open();
    final JsonNode map = map(PageMarket.FIRST);
    awaitChart(map);
    pointAt(map.get("markPrice").asDouble() * .98);
    final List<WebElement> tiers = page.all("#tier-legend .tier");
    assertTrue(tiers.size() > 2, "tiers: " + tiers.size());
    final String tier = tiers.get(tiers.size() / 2).getDomAttribute("data-tier");
    tiers.get(tiers.size() / 2).click();
    browser.await("the link holds it", "location.hash.includes('map.tiers=')");
    pointAt(map.get("markPrice").asDouble() * .98);
    final double low = page.number(READOUT, "low");
    final double high = page.number(READOUT, "high");
    double left = 0;
    for (final JsonNode bucket : map.get("buckets")) {
      final double middle =
          StrictMath.sqrt(bucket.get("priceLow").asDouble() * bucket.get("priceHigh").asDouble());
      if (bucket.get("side").asText().equals("long") && middle > low && middle < high) {
        final double hidden = bucket.get("tiers").path(tier).asDouble();
        left +=
            bucket.get("notional").asDouble() * (1 - hidden / bucket.get("quantity").asDouble());
      }
    }
    assertEquals(left, page.number(READOUT, "notional"), 1e-6 * left + 1e-6);
  }
}
