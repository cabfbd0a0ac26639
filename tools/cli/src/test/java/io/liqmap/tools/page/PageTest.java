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

  @Nested
  final class AtFirst extends FirstLookChecks {}

  @Nested
  final class OfChoices extends ChoiceChecks {}

  @Nested
  final class OfTheMap extends MapViewChecks {}

  @Nested
  final class OfTheHeatmap extends HeatmapChecks {}

  @Nested
  final class InThePast extends TravelChecks {}

  @Nested
  final class WhileItHappens extends LiveChecks {}

  @Nested
  final class OfRealData extends RealDataChecks {}

  @Nested
  final class OnScreens extends LayoutChecks {}
}
