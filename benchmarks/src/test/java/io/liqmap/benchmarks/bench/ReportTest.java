package io.liqmap.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reports of passages that were made up. */
@Tag("slow")
class ReportTest {
  private static final int ROUNDS = 2;

  private final BenchOptions options = BenchOptions.parse("--quick");
  private final Plan plan = new Plan(options, Path.of("feed"));

  @Test
  void shouldNameEveryRatioOfTheContractAndKeepItFinite() throws IOException {
    final Map<String, Double> numbers = numbers(new JsonReport(options, results(1)).text());

    for (final String name :
        List.of(
            "inlineOverDecode",
            "pipelinedOverBareRing",
            "journaledOverAppendPerEvent",
            "replayOverInline",
            "viewP50OverHopP50",
            "updateOverArrayAdd",
            "fortyTiersOverFive",
            "thousandInstrumentsOverOne",
            "overNaiveMap",
            "snapshotPauseMicros",
            "allocatedBytesPerEvent")) {
      assertTrue(numbers.containsKey("ratios." + name), name);
    }
    numbers.forEach((name, value) -> assertTrue(Double.isFinite(value), name));
    assertEquals(3, numbers.get("snapshotPauseMicros"));
  }

  @Test
  void shouldTakeRatiosWithinARoundAndThenTheirMedian() {
    final Results results = new Results(ROUNDS);
    final Leg inline = leg("inline");
    final Leg decode = leg("decode");
    for (final int slowness : new int[] {1, 10, 100}) {
      results.add(decode, Passage.of(10, 100L * slowness, 1));
      results.add(inline, Passage.of(10, 200L * slowness + slowness / 10, 2));
    }

    final Spread ratio =
        results.spread(
            results.of("inline"),
            results.of("decode"),
            (mine, theirs) -> mine.nanosPerEvent() / theirs.nanosPerEvent());
    assertEquals(2, ratio.min());
    assertEquals(2.001, ratio.median(), 1e-9);
    assertEquals(2.001, ratio.max(), 1e-9);
  }

  @Test
  void shouldTellTheMedianOfEachProcessApart() {
    final Spread spread = Spread.of(3, 5, 7, 6, 50, 70, 60);

    assertEquals(List.of(6.0, 60.0), spread.jvms());
    assertEquals(28.5, spread.median());
    assertEquals("6.00, 60.0", spread.jvmsText());
    assertEquals("28.5 (5.00 – 70.0)", spread.text());
  }

  @Test
  void shouldBeSteadyOnlyWhenTheLastPassagesAreHardlyFaster() {
    final Steadiness falling = new Steadiness();
    for (int i = 0; i < 20; i++) {
      falling.add(1_000 * Math.pow(0.95, i));
      assertFalse(falling.isReached(), "after " + i);
    }
    final Steadiness steady = new Steadiness();
    for (int i = 0; i < Steadiness.LEAST; i++) {
      assertFalse(steady.isReached(), "after " + i);
      steady.add(i == 0 ? 500 : 100 + i % 2);
    }
    assertTrue(steady.isReached());
  }

  @Test
  void shouldMeasureFewerStagesWhenItHasToBeQuickYetAllThatATargetNeeds() {
    final Plan whole = new Plan(BenchOptions.parse(), Path.of("feed"));

    assertTrue(plan.path().size() < whole.path().size());
    assertEquals(plan.path().get(0).task().warmUps(), whole.path().get(0).task().warmUps());
    assertTrue(whole.path().stream().map(Leg::key).toList().contains("naivePath"));
  }

  @Test
  void shouldSayThatAStateDiffers() throws IOException {
    final Results same = results(1);
    assertTrue(same.areAnswersEqual());

    final Results different = results(2);
    assertFalse(different.areAnswersEqual());
    assertTrue(new JsonReport(options, different).text().contains("\"stateHashEqual\" : false"));
    assertTrue(new MarkdownReport(options, different, List.of()).text().contains("DIFFER"));
  }

  @Test
  void shouldShowEachStageInATable() {
    final String text = new MarkdownReport(options, results(1), List.of()).text();

    plan.path().forEach((leg) -> assertTrue(text.contains(leg.title()), leg.title()));
    plan.latencies().forEach((leg) -> assertTrue(text.contains(leg.title()), leg.title()));
  }

  @Test
  void shouldDrawWellFormedPictures() throws Exception {
    final PercentilePlot plot = new PercentilePlot("a < b & c");
    plot.add("<hop>", histogram(300));
    plot.add("hiccups", histogram(90_000));

    final var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(plot.svg().getBytes(StandardCharsets.UTF_8)));
    assertEquals("svg", document.getDocumentElement().getTagName());
    assertEquals(2, document.getElementsByTagName("polyline").getLength());
  }

  @Test
  void shouldRefuseOptionsThatItDoesNotKnow() {
    assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse("--speed", "9"));
    assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse("--rounds"));
    assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse("--jvms", "0"));
    assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse("--events", "5"));
    assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse("--wait", "sleep"));
  }

  private Leg leg(final String key) {
    return plan.path().stream().filter((leg) -> leg.key().equals(key)).findFirst().orElseThrow();
  }

  /**
   * Two rounds in each of two processes; the last stage that ends with a map ends with an answer of
   * its own.
   */
  private Results results(final long lastAnswer) {
    final Results results = new Results(ROUNDS);
    for (int round = 0; round < 2 * ROUNDS; round++) {
      for (final Leg leg : plan.path()) {
        results.add(leg, passage(leg.key().equals("replay") ? lastAnswer : 1));
      }
      plan.updates().forEach((leg) -> results.add(leg, passage(1)));
      for (final double rate : plan.rates()) {
        plan.latencies().forEach((leg) -> results.add(leg, rate, passage(1)));
      }
    }
    return results;
  }

  private static Passage passage(final long answer) {
    return new Passage(
        1,
        3_000,
        answer,
        List.of(.5, .0, .25),
        histogram(300),
        histogram(70_000),
        Map.of("stateBytes", 1e6, "entryBuckets", 500.0));
  }

  private static Histogram histogram(final long nanos) {
    final Histogram histogram = new Histogram(HiccupMeter.MAX, 3);
    histogram.recordValue(nanos);
    histogram.recordValue(2 * nanos);
    return histogram;
  }

  /** All numbers, by path. */
  private static Map<String, Double> numbers(final String json) throws IOException {
    final Map<String, Double> numbers = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isNumeric()) {
          numbers.put(
              parser.getParsingContext().pathAsPointer().toString().substring(1).replace('/', '.'),
              parser.getDoubleValue());
        }
      }
    }
    return numbers;
  }
}
