package io.liqmap.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Tests of the page of a finished day. Whatever a test does, no script fails, the content security
 * policy forbids nothing that the page does, and no request leaves its origin.
 */
abstract class PageCase {
  Browser browser;
  ServedDay day;
  OpenPage page;

  @BeforeEach
  void prepare(final Browser shared, final ServedDay served) {
    browser = shared;
    day = served;
    page = new OpenPage(browser, day.origin());
    browser.log().clear();
  }

  @AfterEach
  void nothingWentWrong() {
    final List<String> errors = browser.log().errors();
    final List<String> foreign = browser.log().foreign(day.origin());
    browser.reset();
    assertEquals(List.of(), errors);
    assertEquals(List.of(), foreign);
  }

  /** Shows what is in no link: the first instrument and model, now. */
  Link open() {
    return open(Link.DEFAULT);
  }

  Link open(final Link link) {
    page.open(link);
    return link;
  }

  /** What the command prints of the day. */
  JsonNode map(final String instrument, final String... options) throws Exception {
    return day.map(instrument, options);
  }
}
