package io.liqmap.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Choosing what is shown, and links that hold what was chosen. */
abstract class ChoiceChecks extends PageCase {
  private void assertShown(final Link link, final JsonNode map) {
    page.awaitShown(link);
    assertEquals(map.get("sequence").asText(), page.state("sequence"));
    assertEquals(map.get("stateHash").asText(), page.read("state-hash"));
    Shown.assertShows(map.get("markPrice").asDouble(), page.read("mark-price"));
    Shown.assertShows(
        FirstLookChecks.nearest(map, "long").get("peakPrice").asDouble(),
        page.read("nearest-long"));
    Shown.assertShows(
        FirstLookChecks.nearest(map, "short").get("peakPrice").asDouble(),
        page.read("nearest-short"));
  }

  @Test
  void shouldShowAnotherWindow() throws Exception {
    final Link link = open().with("window", "12h");
    page.choose("window", "12h");
    assertShown(link, map(PageMarket.FIRST, "--window", "12h"));
    assertTrue(page.address().contains("window=12h"), page.address());
  }

  @Test
  void shouldShowAnotherModel() throws Exception {
    final Link link = open().with("model", "consensus");
    page.choose("model", "consensus");
    assertShown(link, map(PageMarket.FIRST, "--model", "consensus"));
  }

  @Test
  void shouldShowAnotherInstrument() throws Exception {
    final Link link = open().with("instrument", PageMarket.SECOND);
    page.choose("instrument", PageMarket.SECOND);
    assertShown(link, map(PageMarket.SECOND));
  }

  @Test
  void shouldShowAGroup() throws Exception {
    final Link link = open().with("instrument", "group:BTC");
    page.choose("instrument", "group:BTC");
    assertShown(link, map("group:BTC"));
  }

  @Test
  void shouldRestoreWhatALinkHolds() throws Exception {
    open();
    final String at = PageMarket.at(PageMarket.FALL).toString();
    page.choose("instrument", PageMarket.SECOND);
    page.choose("model", "consensus");
    page.choose("window", "12h");
    page.type("travel-field", at);
    page.awaitState("status", "past");
    final String link = page.address();
    page.load(link.substring(link.indexOf('#') + 1));
    page.awaitState("status", "past");
    browser.await(
        "the map of then",
        "document.getElementById('app').dataset.shown.startsWith(arguments[0])",
        PageMarket.SECOND + " consensus 12h " + at.substring(0, 16));
    final JsonNode map =
        map(PageMarket.SECOND, "--model", "consensus", "--window", "12h", "--at", at);
    assertEquals(map.get("stateHash").asText(), page.read("state-hash"));
    Shown.assertShows(map.get("markPrice").asDouble(), page.read("mark-price"));
    assertEquals(link.replaceAll(".*#", ""), page.address().replaceAll(".*#", ""));
  }

  @Test
  void shouldGoBackToWhatWasChosenBefore() {
    final Link link = open();
    page.choose("window", "12h");
    page.awaitShown(link.with("window", "12h"));
    browser.driver().navigate().back();
    page.awaitShown(link);
    assertEquals("all", page.find("window").getDomProperty("value"));
  }

  @Test
  void shouldSayThatALinkNamesNoInstrumentOfTheJournal() {
    open();
    page.load(Link.DEFAULT.with("instrument", "okx:BTC-USDT-SWAP").hash());
    browser.await("an error is shown", "!document.getElementById('error-banner').hidden");
    assertTrue(page.read("error-banner").contains("BTC-USDT-SWAP"), page.read("error-banner"));
    browser.log().forgive("404");
    browser.log().forgive("400");
  }
}
