package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.shared.view.StandbyReader;
import io.liqmap.engine.shared.view.StandbyReader.Likeness;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.shared.view.ViewSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader of two engines takes the one that is ahead, if both had the same feed. */
final class StandbyReaderTest {
  private static final int EVENTS = 8_000;
  private static final int SETTINGS_CHECKSUM = 4711;
  private static final EngineSettings SETTINGS =
      EngineSettingsFixture.of(ThreadingMode.INLINE, 256, 1);

  @TempDir private Path folder;
  private final List<byte[]> frames = RandomFeed.frames(5, EVENTS);
  private final List<Replica> engines = new ArrayList<>();

  @AfterEach
  void close() {
    engines.forEach(Replica::close);
  }

  private Replica start(final String name) throws Exception {
    return start(name, SETTINGS_CHECKSUM, null);
  }

  private Replica start(final String name, final int settings, final StateReader snapshot)
      throws Exception {
    final ViewSettings view =
        new ViewSettings(
            EngineSettingsFixture.INSTRUMENTS, 512, 64, 32, List.of("first"), 5, 0, settings);
    final Replica engine =
        Replica.start(
            SETTINGS,
            snapshot,
            Outputs.share(folder.resolve(name), view, 1 << 16, MapListener.NONE));
    engines.add(engine);
    return engine;
  }

  private void stop(final Replica engine) {
    engine.close();
    engines.remove(engine);
  }

  private Path view(final String name) {
    return folder.resolve(name).resolve(Outputs.VIEW_FILE);
  }

  private StandbyReader reader() throws Exception {
    return new StandbyReader(List.of(view("a"), view("b")), 0);
  }

  private void apply(final Replica engine, final int from, final int to) throws Exception {
    final ExpandableArrayBuffer block = new ExpandableArrayBuffer();
    int length = 0;
    for (final byte[] frame : frames.subList(from, to)) {
      block.putBytes(length, frame);
      length += frame.length;
    }
    engine.apply(block, 0, length, 0);
  }

  @Test
  void shouldTakeTheEngineThatIsAheadAndNeverGoBack() throws Exception {
    final Replica a = start("a");
    final Replica b = start("b");
    try (StandbyReader reader = reader()) {
      assertFalse(reader.refresh());
      assertThrows(IllegalStateException.class, reader::reader);
      final Replica[] both = {a, b};
      final int[] at = new int[2];
      long before = 0;
      for (int step = 0; Math.max(at[0], at[1]) < frames.size(); step++) {
        final int engine = step % 2;
        final int to = Math.min(frames.size(), Math.max(at[0], at[1]) + 100);
        apply(both[engine], at[engine], to);
        at[engine] = to;
        reader.refresh();
        assertTrue(reader.sequence() >= before);
        before = reader.sequence();
        assertEquals(before, reader.reader().sequence());
        assertEquals(Likeness.SAME, reader.likeness(reader.engine()));
      }
      assertTrue(reader.changeovers() > 10, reader.changeovers() + " changeovers");
      assertEquals(Likeness.SAME, reader.likeness(0));
      assertEquals(Likeness.SAME, reader.likeness(1));
    }
  }

  @Test
  void shouldNotTakeAnEngineThatBeganLater() throws Exception {
    final Replica a = start("a");
    final Replica b = start("b");
    try (StandbyReader reader = reader()) {
      apply(a, 0, 500);
      reader.refresh();
      // It has the definitions, but not what came behind them.
      apply(b, 0, 20);
      apply(b, 400, 1_500);
      apply(a, 500, 1_200);
      reader.refresh();
      apply(b, 1_500, 3_000);
      reader.refresh();
      assertEquals(0, reader.engine());
      assertTrue(reader.likeness(1) != Likeness.ABSENT);
      apply(a, 1_200, 2_900);
      reader.refresh();
      assertEquals(Likeness.OTHER_FEED, reader.likeness(1));
      stop(a);
      final long held = reader.sequence();
      apply(b, 3_000, 6_000);
      assertFalse(reader.refresh());
      assertFalse(reader.check());
      assertEquals(0, reader.engine());
      assertEquals(held, reader.sequence());
    }
  }

  @Test
  void shouldNotTakeAnEngineWithOtherSettings() throws Exception {
    final Replica a = start("a");
    final Replica b = start("b", SETTINGS_CHECKSUM + 1, null);
    try (StandbyReader reader = reader()) {
      apply(a, 0, 500);
      reader.refresh();
      apply(b, 0, 900);
      reader.refresh();
      assertEquals(Likeness.OTHER_SETTINGS, reader.likeness(1));
      assertEquals(0, reader.engine());
    }
  }

  @Test
  void shouldChangeOverWhenAnEngineEndsAndTakeItAgainWhenItHasCaughtUp() throws Exception {
    final Replica a = start("a");
    apply(a, 0, 1_000);
    assertThrows(NoSuchFileException.class, () -> new StandbyReader(List.of(view("b")), 0));
    try (StandbyReader reader = reader()) {
      reader.refresh();
      assertEquals(Likeness.ABSENT, reader.likeness(1));
      final Replica b = start("b");
      assertTrue(reader.check());
      apply(b, 0, 1_000);
      final StateWriter snapshot = new StateWriter(new ExpandableArrayBuffer());
      a.snapshot(snapshot);
      stop(a);
      assertFalse(reader.check());
      assertFalse(reader.refresh());
      final ViewReader ofA = reader.reader();
      apply(b, 1_000, 2_600);
      assertTrue(reader.refresh());
      assertEquals(1, reader.engine());
      assertEquals(1, reader.changeovers());
      assertTrue(ofA.sequence() < reader.sequence());

      final Replica again =
          start("a", SETTINGS_CHECKSUM, new StateReader(snapshot.buffer(), 0, snapshot.position()));
      assertTrue(reader.check());
      apply(again, 1_000, 2_000);
      final ViewReader ofB = reader.reader();
      assertFalse(reader.refresh());
      assertSame(ofB, reader.reader());
      apply(again, 2_000, 2_700);
      assertTrue(reader.refresh());
      assertEquals(0, reader.engine());
      assertEquals(again.state().sequence(), reader.sequence());
    }
  }

  @Test
  void shouldAllocateNothingToRefresh() throws Exception {
    final Replica a = start("a");
    final Replica b = start("b");
    apply(a, 0, 4_000);
    apply(b, 0, 4_000);
    try (StandbyReader reader = reader()) {
      final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      final long thread = Thread.currentThread().getId();
      long least = Long.MAX_VALUE;
      double sink = 0;
      for (int round = 0; round < 5; round++) {
        final long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 20_000; i++) {
          reader.refresh();
          sink += reader.questions().between(Side.LONG, 1, 2) + reader.sequence();
        }
        least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
      }
      assertTrue(sink > 0);
      assertEquals(0, least);
    }
  }
}
