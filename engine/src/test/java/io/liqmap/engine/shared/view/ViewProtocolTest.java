package io.liqmap.engine.shared.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.support.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers see one state, the newest, and never an older one than before. */
@Tag("slow")
@Timeout(120)
final class ViewProtocolTest {
  private static final int PUBLICATIONS = 300_000;
  private static final int HEADERS = 20_000_000;

  /** A reader that isn't compiled yet is slower than the writer's round of all slots. */
  private static final int STATES = 300;

  @TempDir private Path folder;

  private final ViewMemory memory = ViewMemory.inProcess(NumberedStates.SETTINGS);

  @Test
  void shouldShowNothingBeforeTheFirstPublication() {
    final ViewReader view = new ViewReader(memory, 0);
    assertFalse(view.refresh());
    assertEquals(0, view.publication());
    assertEquals(0, view.lapped());
    assertEquals("", memory.symbol(0));
    assertEquals(-1, memory.instrument("NUMBERED0"));
  }

  @Test
  void shouldShowEachStateOnce() {
    final NumberedStates states = new NumberedStates(memory, 0);
    final ViewReader view = new ViewReader(memory, 0);
    for (int i = 1; i < 1_000; i++) {
      states.publish(i % 5 == 1);
      assertTrue(view.refresh());
      assertEquals(i, view.publication());
      assertNull(NumberedStates.fault(view));
      assertFalse(view.refresh());
    }
    assertEquals(0, view.failedTries());
  }

  @Test
  void shouldSkipToTheNewestState() {
    final NumberedStates states = new NumberedStates(memory, 0);
    final ViewReader view = new ViewReader(memory, 0);
    for (int i = 0; i < 1_000; i++) {
      states.publish(i % 3 == 0);
    }
    assertTrue(view.refresh());
    assertEquals(1_000, view.publication());
    assertNull(NumberedStates.fault(view));
  }

  @Test
  void shouldKeepTheBodyWhereOnlyTheHeaderIsNew() {
    final NumberedStates states = new NumberedStates(memory, 0);
    final ViewReader view = new ViewReader(memory, 0);
    states.publish(true);
    view.refresh();
    final double[] longs = view.cumulative(Side.LONG);
    // More than all slots.
    for (int i = 0; i < 100; i++) {
      states.publish(false);
    }
    assertTrue(view.refresh());
    assertEquals(101, view.sequence());
    assertEquals(1, view.anchorBucket());
    assertTrue(longs == view.cumulative(Side.LONG), "the same array, not copied again");
    assertNull(NumberedStates.fault(view));
  }

  @Test
  void shouldKeepInstrumentsApart() {
    final NumberedStates one = new NumberedStates(memory, 0);
    final NumberedStates other = new NumberedStates(memory, 1);
    final ViewReader view = new ViewReader(memory, 1);
    for (int i = 0; i < 50; i++) {
      one.publish(true);
    }
    assertFalse(view.refresh());
    other.publish(true);
    assertTrue(view.refresh());
    assertEquals(1, view.publication());
    assertNull(NumberedStates.fault(view));
    assertEquals(1, memory.instrument("NUMBERED1"));
    assertEquals("BASE", memory.baseAsset(1));
    assertEquals("QUOTE", memory.quoteAsset(1));
  }

  @Test
  void shouldKeepTheOlderStateWhileTheNewestIsBeingWritten() {
    final NumberedStates states = new NumberedStates(memory, 0);
    final ViewReader view = new ViewReader(memory, 0);
    states.publish(true);
    view.refresh();
    states.publish(true);
    // As if the writer had come round to the slot just now.
    final int slot = memory.layout().header(0, 2);
    memory.buffer().putLong(slot + ViewLayout.STAMP, -10);
    assertFalse(view.refresh());
    assertEquals(1, view.lapped());
    assertTrue(view.failedTries() > 1, "it tries more than once");
    assertEquals(1, view.sequence());
    assertNull(NumberedStates.fault(view));
    memory.buffer().putLong(slot + ViewLayout.STAMP, 2);
    assertTrue(view.refresh());
    assertNull(NumberedStates.fault(view));
  }

  @Test
  void shouldNeverMixTwoStatesOfABusyWriter() throws Exception {
    hammer(PUBLICATIONS, 1);
  }

  @Test
  void shouldNeverMixTwoStatesWithSeveralReaders() throws Exception {
    hammer(PUBLICATIONS / 3, 3);
  }

  /** A header is copied so fast that only a reader that loses its core meanwhile is lapped. */
  @Test
  void shouldNeverMixTwoHeadersWhereReadersLoseTheirCores() throws Exception {
    final int readers = 2 * Runtime.getRuntime().availableProcessors();
    hammer(HEADERS, readers, 1 << 20, NumberedStates::headerFault);
  }

  private void hammer(final int publications, final int readers) throws Exception {
    hammer(publications, readers, 2, NumberedStates::fault);
  }

  /**
   * Publishes as fast as it goes, beside readers.
   *
   * @param headers publications for one body
   */
  private void hammer(
      final int publications,
      final int readers,
      final int headers,
      final Function<ViewReader, String> check)
      throws Exception {
    final NumberedStates states = new NumberedStates(memory, 0);
    states.publish(true);
    final AtomicBoolean ended = new AtomicBoolean();
    final AtomicReference<String> fault = new AtomicReference<>();
    final AtomicLongArray seen = new AtomicLongArray(readers);
    final List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      final int reader = i;
      threads.add(new Thread(() -> watch(ended, fault, seen, reader, check)));
      threads.get(i).start();
    }
    int last = 1;
    for (int i = 1; fault.get() == null && (i < publications || !haveSeenEnough(seen)); i++) {
      states.publish(i % headers == 0);
      last++;
    }
    ended.set(true);
    for (final Thread thread : threads) {
      thread.join();
    }
    assertNull(fault.get());
    final ViewReader view = new ViewReader(memory, 0);
    view.refresh();
    assertEquals(last, view.publication());
  }

  private static boolean haveSeenEnough(final AtomicLongArray seen) {
    for (int i = 0; i < seen.length(); i++) {
      if (seen.get(i) < STATES) {
        return false;
      }
    }
    return true;
  }

  /** Reads until the last state, counting. */
  private void watch(
      final AtomicBoolean ended,
      final AtomicReference<String> fault,
      final AtomicLongArray seen,
      final int reader,
      final Function<ViewReader, String> check) {
    final ViewReader view = new ViewReader(memory, 0);
    long before = 0;
    boolean isLast = false;
    while (!isLast && fault.get() == null) {
      isLast = ended.get();
      while (view.refresh() && fault.get() == null) {
        fault.compareAndSet(null, check.apply(view));
        if (view.publication() <= before) {
          fault.compareAndSet(null, view.publication() + " after " + before);
        }
        before = view.publication();
        seen.incrementAndGet(reader);
      }
    }
  }

  @Test
  void shouldShowOneStateToAnotherProcess() throws Exception {
    final Path file = folder.resolve("liqmap.view");
    final ViewMemory mapped = ViewMemory.create(file, NumberedStates.SETTINGS);
    final NumberedStates states = new NumberedStates(mapped, 0);
    states.publish(true);
    final Process process = start(file);
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("ready", out.readLine());
      for (int i = 1; i < PUBLICATIONS || !out.ready(); i++) {
        states.publish(i % 7 < 4);
      }
      mapped.close();
      assertEquals("seen enough", out.readLine());
      final String result = out.readLine();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      assertEquals(0, process.exitValue(), result);
      assertEquals("last " + states.last(), result);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(final Path file) throws IOException {
    return new ProcessBuilder(ChildJvm.command(ViewWatcher.class, List.of("-Xmx64m"), file, STATES))
        .redirectErrorStream(true)
        .start();
  }
}
