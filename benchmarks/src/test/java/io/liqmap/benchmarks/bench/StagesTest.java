package io.liqmap.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.engine.pipeline.MarketFlow;
import io.liqmap.engine.settings.WaitMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class StagesTest {
  private static final int EVENTS = 50_000;

  /** Events a second, where latency isn't looked at. */
  private static final int FAST = 5 * EVENTS;

  @TempDir private Path folder;
  private Task task;

  @BeforeEach
  void prepare() throws IOException {
    final Path feed = folder.resolve("feed");
    PreparedFeed.write(feed, MarketFlow.ofOneInstrument(), EVENTS);
    task = new Task(Work.DECODE, feed, EVENTS, 10, 1, 5, 1, WaitMode.PARK, folder, 0);
  }

  @Test
  void shouldEndWithOneStateOnEveryWay() throws Exception {
    final Set<Long> states = new HashSet<>();
    for (final Work work : Work.values()) {
      final Task of = task.of(work);
      if (of.isMapping() && work != Work.PROCESS_VIEW) {
        try (Stage stage = Stages.of(of)) {
          states.add(stage.pass(FAST).answer());
          states.add(stage.pass(FAST).answer());
        }
      }
    }

    assertEquals(1, states.size());
  }

  @ParameterizedTest
  @EnumSource(
      value = Work.class,
      names = {"DECODE", "ADAPTER", "RING", "DOCUMENTS", "MAPPED_FILE", "NAIVE_PATH", "PY_PATH"})
  void shouldReadTheSameEachTime(final Work work) throws Exception {
    try (Stage stage = Stages.of(task.of(work))) {
      final Passage first = stage.pass(0);

      assertEquals(EVENTS, first.events());
      assertEquals(first.answer(), stage.pass(0).answer());
      assertTrue(first.nanos() > 0);
    }
  }

  @Test
  void shouldSeeEveryEventOfTheHop() throws Exception {
    try (Stage stage = Stages.of(task.of(Work.HOP).waiting(WaitMode.SPIN))) {
      final Passage passage = stage.pass(EVENTS);

      assertTrue(passage.latency().getTotalCount() >= EVENTS * 2 / 3);
      assertTrue(passage.hiccups().getTotalCount() > 0);
    }
  }

  @Test
  void shouldLeaveNoJournalBehind() throws Exception {
    try (Stage stage = Stages.of(task.of(Work.PIPELINED_JOURNAL))) {
      assertTrue(stage.pass(0).notes().get("journalBytesPerEvent") > 40);
    }

    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(1, left.count(), "nothing but the feed");
    }
  }

  @Test
  void shouldMeasureALongFlowWithWhatItTakesUp() throws Exception {
    try (Stage stage = Stages.of(task.withInstruments(3).scale(30_000, 5, 1))) {
      final Passage passage = stage.pass(0);

      assertEquals(30_000, passage.events());
      assertTrue(passage.notes().get("heapMiB") > 0);
      assertTrue(passage.notes().get("journalBytesPerEvent") > 40);
    }
  }

  @Test
  void shouldCarryAPassageOverALine() throws Exception {
    try (Stage stage = Stages.of(task.of(Work.INLINE_VIEW).waiting(WaitMode.SPIN))) {
      final Passage passage = stage.pass(EVENTS);
      final Passage read = Passage.parse(passage.line());

      assertEquals(passage.latency(), read.latency());
      assertEquals(passage.hiccups(), read.hiccups());
      assertEquals(passage.line(), read.line());
    }
  }

  @Test
  void shouldCarryATaskOverACommandLine() {
    final Task scale = task.withTiers(40).withInstruments(7).scale(9, 2.5, 30);

    assertEquals(scale, Task.parse(scale.arguments().toArray(String[]::new)));
  }
}
