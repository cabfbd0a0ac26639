package io.liqmap.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen when the page opens. */
abstract class FirstLookChecks extends PageCase {
  private static final int MOST_BYTES = 300 * 1024;
  private static final Set<String> CONTROLS =
      Set.of(
          "button",
          "checkbox",
          "combobox",
          "dialog",
          "img",
          "link",
          "listbox",
          "radio",
          "radiogroup",
          "region",
          "searchbox",
          "slider",
          "spinbutton",
          "switch",
          "tab",
          "textbox");

  @Test
  void shouldShowWhatTheCommandPrints() throws Exception {
    page.load("").awaitShown(Link.DEFAULT);
    final JsonNode map = map(PageMarket.FIRST);
    assertEquals(map.get("stateHash").asText(), page.read("state-hash"));
    assertEquals(map.get("sequence").asDouble(), Shown.first(page.read("sequence")).value());
    Shown.assertShows(map.get("markPrice").asDouble(), page.read("mark-price"));
    for (final String side : List.of("long", "short")) {
      final JsonNode nearest = nearest(map, side);
      final List<String> words = page.read("nearest-" + side).lines().toList();
      final String shown = String.join(" ", words);
      Shown.assertShows(nearest.get("peakPrice").asDouble(), shown);
      assertTrue(shown.contains(" bp"), shown);
      Shown.assertShows(
          nearest.get("notional").asDouble(), shown.substring(shown.indexOf('·') + 1).strip());
    }
    assertEquals("finished", page.state("status"));
  }

  static JsonNode nearest(final JsonNode map, final String side) {
    JsonNode best = null;
    for (final JsonNode cluster : map.get("clusters")) {
      if (cluster.get("side").asText().equals(side)
          && (best == null
              || cluster.get("distanceBps").asDouble() < best.get("distanceBps").asDouble())) {
        best = cluster;
      }
    }
    assertTrue(best != null, side);
    return best;
  }

  @Test
  void shouldWeighLittle() {
    page.load("view=both").awaitShown(Link.DEFAULT);
    final Map<String, Long> weights = browser.log().weights();
    final long sum = weights.values().stream().mapToLong(Long::longValue).sum();
    assertTrue(weights.size() > 3, weights::toString);
    assertTrue(sum <= MOST_BYTES, () -> sum + " bytes: " + weights);
  }

  @ParameterizedTest
  @ValueSource(strings = {"map", "both"})
  void shouldGiveEveryControlAName(final String view) {
    open(Link.DEFAULT.with("view", view));
    page.awaitState("view", view);
    final List<String> nameless = new ArrayList<>();
    int named = 0;
    for (final Map<String, Object> node : nodes()) {
      final String role = value(node, "role");
      if (!Boolean.TRUE.equals(node.get("ignored")) && CONTROLS.contains(role)) {
        named++;
        if (value(node, "name").isBlank()) {
          nameless.add(role + " " + html(node));
        }
      }
    }
    assertTrue(named > 15, "controls: " + named);
    assertEquals(List.of(), nameless);
  }

  /** The page as a screen reader has it. */
  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> nodes() {
    return (List<Map<String, Object>>)
        browser.driver().executeCdpCommand("Accessibility.getFullAXTree", Map.of()).get("nodes");
  }

  @SuppressWarnings("unchecked")
  private static String value(final Map<String, Object> node, final String property) {
    final Map<String, Object> value = (Map<String, Object>) node.get(property);
    return value == null || value.get("value") == null ? "" : value.get("value").toString();
  }

  private String html(final Map<String, Object> node) {
    return String.valueOf(
        browser
            .driver()
            .executeCdpCommand(
                "DOM.getOuterHTML", Map.of("backendNodeId", node.get("backendDOMNodeId")))
            .get("outerHTML"));
  }
}
