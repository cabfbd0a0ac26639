package io.liqmap.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page as of a moment of the past. */
abstract class TravelChecks extends PageCase {
  private static final String BEFORE = PageMarket.at(PageMarket.FALL).toString();

  private void travel(final String to) {
    page.type("travel-field", to);
    page.awaitState("status", "past");
  }

  /** Waits until the map of a moment is shown, and compares it with what the command prints. */
  private void assertShows(final JsonNode map) {
    page.awaitState("sequence", map.get("sequence").asText());
    assertEquals(map.get("stateHash").asText(), page.read("state-hash"));
    Shown.assertShows(map.get("markPrice").asDouble(), page.read("mark-price"));
    for (final String side : new String[] {"long", "short"}) {
      Shown.assertShows(
          FirstLookChecks.nearest(map, side).get("peakPrice").asDouble(),
          page.read("nearest-" + side));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {PageMarket.FALL + 30, PageMarket.RISE + 60})
  void shouldShowAMoment(final int minute) throws Exception {
    open();
    final String at = PageMarket.at(minute).toString();
    travel(at);
    final JsonNode map = map(PageMarket.FIRST, "--at", at);
    assertShows(map);
    final String time = map.get("time").asText().replace('T', ' ').substring(0, 19);
    assertTrue(page.read("past-banner").contains(time), page.read("past-banner"));
  }

  @Test
  void shouldShowASequence() throws Exception {
    open();
    travel("5000");
    assertShows(map(PageMarket.FIRST, "--at", "5000"));
  }

  @Test
  void shouldComeBackToNow() throws Exception {
    open(Link.DEFAULT.with("at", BEFORE));
    page.awaitState("status", "past");
    page.click("travel-now");
    page.awaitState("status", "finished");
    assertShows(map(PageMarket.FIRST));
  }

  @Test
  void shouldStepByEventsAndBack() throws Exception {
    open(Link.DEFAULT.with("at", 5000));
    page.awaitState("sequence", "5000");
    page.click("step-next");
    browser.await(
        "the next event", "Number(document.getElementById('app').dataset.sequence) > 5000");
    final String next = page.state("sequence");
    assertShows(map(PageMarket.FIRST, "--at", next));
    page.click("step-previous");
    page.awaitState("sequence", "5000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"snapshot", "cluster"})
  void shouldStepByWhatIsChosen(final String by) throws Exception {
    open(Link.DEFAULT.with("at", BEFORE));
    page.awaitState("status", "past");
    final long from = map(PageMarket.FIRST, "--at", BEFORE).get("sequence").asLong();
    page.awaitState("sequence", Long.toString(from));
    page.choose("step-by", by);
    page.click("step-next");
    browser.await(
        "a step forward",
        "Number(document.getElementById('app').dataset.sequence) > arguments[0]",
        from);
    assertShows(map(PageMarket.FIRST, "--at", page.state("sequence")));
  }

  @Test
  void shouldTravelWithTheSlider() throws Exception {
    open();
    final WebElement slider = page.find("travel-slider");
    page.point(slider, slider.getSize().width / 2.0, slider.getSize().height / 2.0);
    slider.click();
    page.awaitState("status", "past");
    browser.await(
        "the map of the middle of the day",
        "Math.abs(Date.parse(document.getElementById('app').dataset.time) - arguments[0]) < 1.8e6",
        PageMarket.at(PageMarket.DAY / 2).toEpochMilli());
    assertShows(map(PageMarket.FIRST, "--at", page.state("sequence")));
    final String before = page.state("sequence");
    page.find("travel-slider").sendKeys(Keys.ARROW_RIGHT);
    browser.await(
        "another moment",
        "document.getElementById('app').dataset.sequence !== arguments[0]",
        before);
    assertShows(map(PageMarket.FIRST, "--at", page.state("sequence")));
  }

  @Test
  void shouldJumpToAnEventOfTheList() throws Exception {
    open(Link.DEFAULT.with("at", PageMarket.at(PageMarket.FALL + 60)));
    page.awaitState("status", "past");
    browser.await(
        "events are listed", "document.querySelectorAll('#events-list [role=option]').length > 3");
    final WebElement row = page.all("#events-list [role=option]").get(3);
    final String sequence = row.getDomAttribute("data-sequence");
    assertTrue(row.getText().length() > 10, row.getText());
    row.click();
    page.awaitState("sequence", sequence);
    assertShows(map(PageMarket.FIRST, "--at", sequence));
  }

  @Test
  void shouldSayThatAMomentIsNone() {
    open();
    final String before = page.state("sequence");
    page.type("travel-field", "yesterday or so");
    browser.await(
        "an error is shown",
        "!document.getElementById('error-banner').hidden"
            + " || !document.getElementById('travel-field').checkValidity()");
    assertEquals(before, page.state("sequence"));
    browser.log().forgive("400");
  }
}
