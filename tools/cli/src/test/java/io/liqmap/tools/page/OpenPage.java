package io.liqmap.tools.page;

import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page as a person uses it: by the ids of its elements and what is seen in them. */
final class OpenPage {
  private final Browser browser;
  private final String origin;
  private static int loads;

  OpenPage(final Browser browser, final String origin) {
    this.browser = browser;
    this.origin = origin;
  }

  String origin() {
    return origin;
  }

  /** Loads the page from a link; what it says is behind the hash. */
  OpenPage load(final String hash) {
    // Another address, as a change of the hash alone would load nothing.
    loads++;
    browser.driver().get(origin + "/?load=" + loads + "#" + hash);
    return this;
  }

  /** Follows a link on the page, or loads it where there is none; waits for what is shown. */
  OpenPage open(final Link link) {
    if (String.valueOf(browser.driver().getCurrentUrl()).startsWith(origin + "/?load=")
        && !"null".equals(String.valueOf(browser.evaluate("document.getElementById('app')")))) {
      browser.evaluate("location.hash = arguments[0]", link.hash());
    } else {
      load(link.hash());
    }
    return awaitShown(link);
  }

  /** Waits until the figures are of what a link names. */
  OpenPage awaitShown(final Link link) {
    return awaitState("shown", link.shown());
  }

  /** Waits until the page shows a map, of a sequence at least. */
  OpenPage awaitMap(final long sequence) {
    browser.await(
        "the map of sequence " + sequence + " is shown",
        "Number(document.getElementById('app').dataset.sequence) >= arguments[0]",
        sequence);
    return this;
  }

  /** Waits until the root element says a value. */
  OpenPage awaitState(final String name, final String value) {
    browser.await(
        name + " is " + value,
        "(document.getElementById('app').dataset[arguments[0]] ?? '') === arguments[1]",
        name,
        value);
    return this;
  }

  /** What the root element says. */
  String state(final String name) {
    return text("document.getElementById('app').dataset[arguments[0]] ?? ''", name);
  }

  /** What an element says in a data attribute; the name as in JavaScript. */
  String data(final String css, final String name) {
    return text("document.querySelector(arguments[0])?.dataset[arguments[1]] ?? ''", css, name);
  }

  double number(final String css, final String name) {
    return Double.parseDouble(data(css, name));
  }

  private String text(final String expression, final Object... arguments) {
    return String.valueOf(browser.evaluate(expression, arguments));
  }

  WebElement find(final String id) {
    return browser.driver().findElement(By.id(id));
  }

  List<WebElement> all(final String css) {
    return browser.driver().findElements(By.cssSelector(css));
  }

  /** Text of an element as it is read. */
  String read(final String id) {
    return find(id).getText();
  }

  void click(final String id) {
    find(id).click();
  }

  /** Chooses an entry of a list. */
  void choose(final String id, final String value) {
    find(id).findElement(By.cssSelector("option[value='" + value + "']")).click();
  }

  /** Replaces the content of a field, and confirms it. */
  void type(final String id, final String content) {
    final WebElement field = find(id);
    field.click();
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), content, Keys.ENTER);
  }

  /** Presses keys where the focus is. */
  void press(final CharSequence... keys) {
    new Actions(browser.driver()).sendKeys(keys).perform();
  }

  /** Moves the pointer to a place in an element, in CSS pixels from its upper left corner. */
  void point(final WebElement element, final double x, final double y) {
    new Actions(browser.driver())
        .moveToElement(
            element, offset(x, element.getSize().width), offset(y, element.getSize().height))
        .perform();
  }

  /** Selenium counts from the middle. */
  private static int offset(final double from, final int size) {
    return (int) Math.round(from) - size / 2;
  }

  /** The address, which holds what is chosen. */
  String address() {
    return browser.driver().getCurrentUrl();
  }
}
