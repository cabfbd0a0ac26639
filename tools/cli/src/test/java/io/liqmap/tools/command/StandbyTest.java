package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.feed.FrameCursor;
import io.liqmap.engine.live.RingFeedWriter;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.shared.view.StandbyReader;
import io.liqmap.engine.shared.view.StandbyReader.Likeness;
import io.liqmap.engine.support.ChildJvm;
import io.liqmap.tools.Liqmap;
import io.liqmap.tools.hashes.HashLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two engines in processes of their own on one feed, and a reader that takes either. */
@Tag("slow")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StandbyTest {
  private static final int ENGINES = 2;
  private static final int NONE = -1;
  private static final long EVERY = 25;

  @TempDir private Path folder;
  private final Process[] engines = new Process[ENGINES];
  private final AtomicInteger killed = new AtomicInteger(NONE);

  @AfterEach
  void kill() throws InterruptedException {
    for (final Process engine : engines) {
      if (engine != null) {
        engine.destroyForcibly().waitFor();
      }
    }
  }

  private Path of(final int engine, final String name) {
    return folder.resolve(name + engine);
  }

  private void start(final int engine) throws IOException {
    engines[engine] =
        new ProcessBuilder(
                ChildJvm.command(
                    Liqmap.class,
                    List.of(),
                    "run",
                    "--feed",
                    "ring:" + of(engine, "ring") + "?1m",
                    "--journal",
                    of(engine, "journal"),
                    "--share",
                    of(engine, "shared"),
                    "--hash-every",
                    EVERY,
                    "--json"))
            .redirectOutput(of(engine, "out").toFile())
            .redirectError(of(engine, "err").toFile())
            .start();
  }

  private RingFeedWriter ring(final int engine) throws Exception {
    while (true) {
      try {
        return RingFeedWriter.open(of(engine, "ring"), 1);
      } catch (final IOException notYet) {
        assertTrue(engines[engine].isAlive(), Files.readString(of(engine, "err")));
        Thread.sleep(10);
      }
    }
  }

  private void awaitView(final int engine) throws Exception {
    while (!Files.exists(of(engine, "shared").resolve(Outputs.VIEW_FILE))) {
      assertTrue(engines[engine].isAlive(), Files.readString(of(engine, "err")));
      Thread.sleep(10);
    }
  }

  private static List<byte[]> frames(final Path feed) throws IOException {
    final List<byte[]> frames = new ArrayList<>();
    try (FeedFileReader reader = new FeedFileReader(feed)) {
      final FrameCursor cursor = new FrameCursor();
      while (reader.nextBlock()) {
        cursor.wrap(reader.buffer(), reader.offset(), reader.length());
        while (cursor.next()) {
          final byte[] frame = new byte[cursor.end() - cursor.start()];
          reader.buffer().getBytes(cursor.start(), frame);
          frames.add(frame);
        }
      }
    }
    return frames;
  }

  @Test
  void shouldHaveEqualHashesAndChangeOverWhenTheEngineThatAnswersIsKilled() throws Exception {
    final Path feed = Bars.feeds(folder)[0];
    final List<byte[]> frames = frames(feed);
    final Map<String, Object> alone =
        Cli.line("run --feed %s --journal %s --mode inline --json", feed, folder.resolve("alone"))
            .done()
            .json();
    final RingFeedWriter[] rings = new RingFeedWriter[ENGINES];
    for (int engine = 0; engine < ENGINES; engine++) {
      start(engine);
    }
    for (int engine = 0; engine < ENGINES; engine++) {
      rings[engine] = ring(engine);
      awaitView(engine);
    }
    try (StandbyReader reader =
        new StandbyReader(
            List.of(
                of(0, "shared").resolve(Outputs.VIEW_FILE),
                of(1, "shared").resolve(Outputs.VIEW_FILE)),
            0)) {
      long held = 0;
      int sent = 0;
      for (final byte[] frame : frames) {
        for (int engine = 0; engine < ENGINES; engine++) {
          send(engine, rings[engine], frame);
        }
        sent++;
        held = refresh(reader, held);
        if (sent == frames.size() / 2) {
          while (!areSame(reader) || !areHashed(sent)) {
            held = refresh(reader, held);
            Thread.sleep(5);
          }
          killed.set(reader.engine());
          engines[killed.get()].destroyForcibly().waitFor();
        }
      }
      final int survivor = 1 - killed.get();
      assertTrue(rings[survivor].end());
      assertTrue(engines[survivor].waitFor(1, TimeUnit.MINUTES));
      assertEquals(0, engines[survivor].exitValue(), Files.readString(of(survivor, "err")));
      refresh(reader, held);
      assertEquals(survivor, reader.engine());
      assertTrue(reader.changeovers() > 0);
      final Map<String, Object> summary = JsonText.object(Files.readString(of(survivor, "out")));
      assertEquals(alone.get("stateHash"), summary.get("stateHash"));
      assertEquals(alone.get("lastSequence"), summary.get("lastSequence"));
    }
    final Map<Long, HashLog.Line> left = HashLog.read(hashes(killed.get()));
    final Map<Long, HashLog.Line> whole = HashLog.read(hashes(1 - killed.get()));
    assertTrue(left.size() * EVERY + EVERY > frames.size() / 2, left.size() + " hashes");
    assertTrue(whole.size() > left.size());
    left.forEach((events, line) -> assertEquals(line, whole.get(events)));
  }

  private Path hashes(final int engine) {
    return of(engine, "journal").resolve(HashLog.FILE);
  }

  private void send(final int engine, final RingFeedWriter ring, final byte[] frame)
      throws Exception {
    if (engine == killed.get()) {
      return;
    }
    final UnsafeBuffer message = new UnsafeBuffer(frame);
    while (!ring.send(message, 0, frame.length)) {
      assertTrue(engines[engine].isAlive(), Files.readString(of(engine, "err")));
      Thread.sleep(1);
    }
  }

  private static long refresh(final StandbyReader reader, final long held) {
    reader.refresh();
    assertTrue(reader.sequence() >= held, reader.sequence() + " after " + held);
    return reader.sequence();
  }

  private static boolean areSame(final StandbyReader reader) {
    return reader.likeness(0) == Likeness.SAME && reader.likeness(1) == Likeness.SAME;
  }

  /** Both have applied all that was sent. */
  private boolean areHashed(final int sent) throws IOException {
    final int lines = (int) (sent / EVERY);
    return Files.exists(hashes(0))
        && Files.exists(hashes(1))
        && HashLog.read(hashes(0)).size() >= lines
        && HashLog.read(hashes(1)).size() >= lines;
  }
}
