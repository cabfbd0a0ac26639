package io.liqmap.tools.page;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The page in a real browser. One class, so that one process of those that run tests starts one
 * browser.
 */
@Tag("browser")
@Tag("slow")
@ExtendWith(InBrowser.class)
final class PageTest {
  @Nested
  final class OfTheBrowser extends BrowserChecks {}
}
