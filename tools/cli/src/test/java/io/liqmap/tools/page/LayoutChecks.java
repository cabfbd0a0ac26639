package io.liqmap.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Narrow and wide screens, dark and light, and a keyboard alone. */
abstract class LayoutChecks extends PageCase {
  /** Elements with text of their own whose contrast to what is behind them is below AA. */
  private static final String FAINT =
      """
      (() => {
        const channels = (text) => text.match(/[\\d.]+/g).map(Number);
        const light = ([r, g, b]) => {
          const of = (c) => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
          return 0.2126 * of(r) + 0.7152 * of(g) + 0.0722 * of(b);
        };
        const over = (top, below) => {
          const a = top[3] ?? 1;
          return [0, 1, 2].map((i) => top[i] * a + below[i] * (1 - a));
        };
        const ground = (element) => {
          if (!element) return [255, 255, 255];
          const colour = channels(getComputedStyle(element).backgroundColor);
          const a = colour[3] ?? 1;
          return a === 1 ? colour.slice(0, 3) : over(colour, ground(element.parentElement));
        };
        const found = [];
        for (const element of document.querySelectorAll('#app *')) {
          const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
          const box = element.getBoundingClientRect();
          if (!own || box.width < 2 || box.height < 2 || element.disabled || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
          if (element.closest('.unseen, option')) continue;
          const behind = ground(element);
          const front = over(channels(getComputedStyle(element).color), behind);
          const [a, b] = [light(front), light(behind)].sort((x, y) => y - x);
          const contrast = (a + 0.05) / (b + 0.05);
          if (contrast < 4.5) found.push(`${element.id || element.className || element.tagName}: ${contrast.toFixed(2)} '${element.textContent.slice(0, 20)}'`);
        }
        return found;
      })()
      """;

  @ParameterizedTest
  @CsvSource({"360,740,map", "360,740,heatmap", "768,1024,both", "1920,1080,both"})
  void shouldFitTheScreen(final int width, final int height, final String view) {
    browser.resize(width, height);
    open(Link.DEFAULT.with("view", view));
    browser.await(
        "the view has its size",
        "[...document.querySelectorAll('#views .view:not([hidden])')]"
            + ".every((view) => view.getBoundingClientRect().height > 150)");
    assertEquals(
        List.of(),
        browser.evaluate(
            "[...document.querySelectorAll('#app *')].filter((e) => e.checkVisibility()"
                + " && !e.closest('.unseen') && getComputedStyle(e).position !== 'absolute'"
                + " && e.getBoundingClientRect().width > 0"
                + " && e.getBoundingClientRect().right > innerWidth + 1"
                + " && !e.closest('.u-wrap')).map((e) => e.id || e.className || e.tagName)"),
        "beyond the right edge");
    assertTrue(
        (Boolean)
            browser.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
        "nothing to scroll sideways");
  }

  @Test
  void shouldFollowItsWindow() {
    open();
    final double before = page.number("#map-chart", "width");
    browser.resize(700, 900);
    browser.await(
        "the chart is narrower",
        "Number(document.getElementById('map-chart').dataset.width) < arguments[0]",
        before - 100);
    browser.await(
        "nothing is beyond the edge",
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth");
    browser.resize(1600, 900);
    browser.await(
        "the chart is wider",
        "Number(document.getElementById('map-chart').dataset.width) > arguments[0]",
        before + 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dark", "light"})
  @SuppressWarnings("unchecked")
  void shouldBeLegible(final String scheme) {
    browser.prefer("prefers-color-scheme", scheme);
    open(Link.DEFAULT.with("view", "both"));
    page.awaitState("theme", scheme);
    assertEquals(List.of(), (List<String>) browser.evaluate(FAINT));
    final double ground =
        ((Number)
                browser.evaluate(
                    "getComputedStyle(document.body).backgroundColor.match(/\\d+/g)"
                        + ".slice(0, 3).reduce((a, b) => a + Number(b), 0) / 3"))
            .doubleValue();
    assertTrue(scheme.equals("dark") ? ground < 80 : ground > 180, "ground " + ground);
  }

  @Test
  void shouldKeepTheColoursThatAreChosen() {
    browser.prefer("prefers-color-scheme", "dark");
    page.load("").awaitState("theme", "dark");
    page.click("theme");
    page.click("theme");
    page.awaitState("theme", "light");
    page.load("").awaitState("theme", "light");
    page.click("theme");
    page.awaitState("theme", "dark");
  }

  private String focused() {
    return String.valueOf(browser.evaluate("document.activeElement?.id ?? ''"));
  }

  private void tabTo(final String id) {
    final Set<String> passed = new LinkedHashSet<>();
    for (int i = 0; i < 150; i++) {
      page.press(Keys.TAB);
      passed.add(focused());
      if (focused().equals(id)) {
        return;
      }
    }
    throw new AssertionError("no way to " + id + " by Tab; passed " + passed);
  }

  @Test
  void shouldBeUsableWithTheKeyboardAlone() throws Exception {
    open();
    tabTo("window");
    page.press(Keys.ARROW_UP);
    browser.await("another window", "document.getElementById('app').dataset.window !== 'all'");
    tabTo("map-chart");
    page.press(Keys.ARROW_LEFT);
    browser.await("a bar is read", "!document.getElementById('map-readout').hidden");
    tabTo("travel-slider");
    page.press(Keys.ARROW_LEFT);
    page.awaitState("status", "past");
    final String then = page.state("sequence");
    tabTo("travel-now");
    page.press(Keys.ENTER);
    page.awaitState("status", "finished");
    browser.await(
        "the newest map", "document.getElementById('app').dataset.sequence !== arguments[0]", then);
    tabTo("events-list");
    page.press(Keys.ARROW_DOWN, Keys.ENTER);
    page.awaitState("status", "past");
  }

  @Test
  void shouldShowItsKeysAndCloseThemAgain() {
    open();
    page.press("?");
    browser.await("help is shown", "document.getElementById('keys-dialog').open");
    assertTrue(page.all("#keys-body kbd").size() > 5, page.read("keys-body"));
    page.press(Keys.ESCAPE);
    browser.await("help is gone", "!document.getElementById('keys-dialog').open");
  }
}
