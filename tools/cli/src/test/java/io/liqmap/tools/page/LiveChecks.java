package io.liqmap.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A page that follows an engine. */
abstract class LiveChecks {
  private static final int MINUTES = 10;

  private Browser browser;
  private LiveJournal live;
  private OpenPage page;

  @BeforeEach
  void start(final Browser shared) throws Exception {
    browser = shared;
    live = new LiveJournal(MINUTES);
    page = new OpenPage(browser, live.origin());
    HeatCells.awaitRead(live.origin(), PageMarket.FIRST);
    browser.log().clear();
    page.load("").awaitMap(1);
    // Whatever the start took, data of now is live.
    live.play();
    page.awaitState("status", "live");
  }

  @AfterEach
  void stop() throws IOException {
    final List<String> errors = browser.log().errors();
    browser.reset();
    // It would look for its server.
    browser.driver().get("about:blank");
    live.close();
    assertEquals(List.of(), errors);
  }

  private long sequence() {
    return Long.parseLong(page.state("sequence"));
  }

  @Test
  void shouldShowWhatHappens() throws Exception {
    final long before = sequence();
    live.play();
    page.awaitMap(before + 1);
    browser.await(
        "stream and map are of the same event",
        "document.getElementById('app').dataset.sequence"
            + " === document.getElementById('app').dataset.liveSequence");
    live.play();
    page.awaitMap(sequence() + 1);
  }

  @Test
  void shouldSayThatItIsLostAndComeBackByItself() throws Exception {
    final long before = sequence();
    live.cut();
    page.awaitState("status", "lost");
    assertEquals("lost", page.read("status"));
    live.bringBack();
    HeatCells.awaitRead(live.origin(), PageMarket.FIRST);
    live.play();
    page.awaitMap(before + 1).awaitState("status", "live");
    browser.log().forgive("ERR_");
    browser.log().forgive("503");
  }

  @Test
  void shouldStayInThePastWhileThingsHappen() throws Exception {
    final long now = sequence();
    page.type("travel-field", Long.toString(now / 2));
    page.awaitState("status", "past");
    browser.await(
        "the map of then",
        "Number(document.getElementById('app').dataset.sequence) < arguments[0]",
        now);
    final long then = sequence();
    final long followed = Long.parseLong(page.state("liveSequence"));
    live.play();
    browser.await(
        "the stream goes on",
        "Number(document.getElementById('app').dataset.liveSequence) > arguments[0]",
        followed);
    assertEquals(then, sequence());
    page.click("travel-now");
    page.awaitMap(followed + 1);
  }

  @Test
  void shouldSayThatTheEngineHasEnded() {
    live.end();
    page.awaitState("status", "finished");
    assertTrue(page.read("age").isEmpty(), page.read("age"));
  }
}
