package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.MergedFeed;
import io.liqmap.engine.feed.StreamFeed;
import io.liqmap.engine.live.PipeChannel;
import io.liqmap.engine.live.RingFeed;
import io.liqmap.engine.live.SocketFeed;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources that have nothing at times, and those that continue after what came before. */
class LiveSourceTest {
  private static final Duration NO_HANG = Duration.ofSeconds(60);
  private static final long EVENTS = 3_000;

  @TempDir private Path folder;

  private static BlockSource feed(final long first, final long last) {
    return new EndlessFeed(first, last);
  }

  private static EngineReport run(
      final ThreadingMode mode, final Path journal, final BlockSource source) throws Exception {
    try (Engine engine =
        Engine.launch(EngineSettingsFixture.of(mode, 64, 4), journal, Outputs.NONE)) {
      engine.run(source, ReplayPace.max());
      engine.finish();
      return engine.report();
    }
  }

  private static EngineReport run(final ThreadingMode mode, final BlockSource source)
      throws Exception {
    return run(mode, null, source);
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldEndInTheSameStateWithEmptyBlocksBetweenTheOthers(final ThreadingMode mode)
      throws Exception {
    final EngineReport expected = run(mode, feed(1, EVENTS));

    assertEquals(
        expected.journaled(), run(mode, folder, new IdleFeed(feed(1, EVENTS))).journaled());
  }

  @Test
  void shouldResumeAJournalWithAFeedThatBeginsWithEmptyBlocks() throws Exception {
    final EngineReport expected = run(ThreadingMode.INLINE, feed(1, EVENTS));
    run(ThreadingMode.INLINE, folder, feed(1, 1_000));
    run(ThreadingMode.INLINE, folder, new IdleFeed(feed(1, 2_000)));

    assertEquals(
        expected.journaled(),
        run(ThreadingMode.INLINE, folder, new IdleFeed(feed(2_001, EVENTS))).journaled());
  }

  @Test
  void shouldMergeFeedsThatHaveNothingAtTimes() throws Exception {
    final List<BlockSource> feeds = List.of(new RandomFeed(1, 500, 20, true), feed(1, 500));
    final List<BlockSource> idle =
        List.of(new IdleFeed(new RandomFeed(1, 500, 20, true)), new IdleFeed(feed(1, 500)));

    assertEquals(
        run(ThreadingMode.INLINE, new MergedFeed(feeds)).journaled(),
        run(ThreadingMode.INLINE, new MergedFeed(idle)).journaled());
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldStopWhileASourceHasNothing(final ThreadingMode mode) throws Exception {
    stopsOn(new Silence(), mode);
  }

  @Test
  void shouldStopWhileItWaitsForTheWriterOfALiveFeed() throws Exception {
    final Consumer<String> log = (line) -> {};
    final Path fifo = folder.resolve("fifo");
    try (SocketFeed feed = SocketFeed.listen(folder.resolve("socket"), log)) {
      stopsOn(feed, ThreadingMode.INLINE);
    }
    try (RingFeed feed = RingFeed.create(folder.resolve("ring"), 1 << 20, log)) {
      stopsOn(feed, ThreadingMode.INLINE);
    }
    assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0, "no mkfifo");
    try (StreamFeed feed = new StreamFeed("fifo", PipeChannel.of(fifo))) {
      stopsOn(feed, ThreadingMode.INLINE);
    }
  }

  private void stopsOn(final BlockSource source, final ThreadingMode mode) throws Exception {
    final CountDownLatch isIdle = new CountDownLatch(3);
    try (Engine engine =
        Engine.launch(
            EngineSettingsFixture.of(mode, 64, 4), folder.resolve("journal"), Outputs.NONE)) {
      final Thread stopping =
          new Thread(
              () -> {
                try {
                  isIdle.await();
                } catch (final InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                engine.stop();
              });
      stopping.start();
      assertTimeoutPreemptively(
          NO_HANG, () -> engine.run(new Counted(source, isIdle::countDown), ReplayPace.max()));
      stopping.join();
    }
    assertEquals(0, isIdle.getCount());
  }

  /** A live source sends each message once, and may have recorded it. */
  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldApplyTheWholeBlockThatALiveSourceSentBeforeAStop(final ThreadingMode mode)
      throws Exception {
    try (Engine engine =
        Engine.launch(EngineSettingsFixture.of(mode, 64, 4), folder, Outputs.NONE)) {
      engine.run(new Counted(new Numbered(), engine::stop), ReplayPace.max());
      engine.finish();
      assertEquals(EndlessFeed.BLOCK_EVENTS, engine.report().journaled().sequence());
    }
  }

  @Test
  void shouldNumberALiveSourceAfterWhatTheJournalHolds() throws Exception {
    run(ThreadingMode.INLINE, folder, feed(1, 1_000));
    final Numbered live = new Numbered();
    final EngineReport report = run(ThreadingMode.INLINE, folder, live);

    assertEquals(1_000, live.after);
    assertEquals(EVENTS, report.journaled().sequence());
    assertEquals(0, report.faults().missing());
    assertEquals(
        run(ThreadingMode.INLINE, feed(1, EVENTS)).journaled().stateHash(),
        report.journaled().stateHash());
    assertTrue(live.hasEnded);
  }

  /** Nothing but empty blocks. */
  private static final class Silence implements BlockSource {
    private final UnsafeBuffer none = new UnsafeBuffer(0, 0);

    @Override
    public boolean nextBlock() {
      return true;
    }

    @Override
    public DirectBuffer buffer() {
      return none;
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public int length() {
      return 0;
    }
  }

  /** A source that reports each of its blocks. */
  private record Counted(BlockSource source, Runnable onBlock) implements BlockSource {
    @Override
    public boolean nextBlock() throws IOException {
      onBlock.run();
      return source.nextBlock();
    }

    @Override
    public boolean continueAfter(final long sequence) {
      return source.continueAfter(sequence);
    }

    @Override
    public DirectBuffer buffer() {
      return source.buffer();
    }

    @Override
    public int offset() {
      return source.offset();
    }

    @Override
    public int length() {
      return source.length();
    }
  }

  /** A market that continues wherever the engine is. */
  private static final class Numbered implements BlockSource {
    private long after = -1;
    private BlockSource source;
    private boolean hasEnded;

    @Override
    public boolean continueAfter(final long sequence) {
      after = sequence;
      source = feed(sequence + 1, EVENTS);
      return true;
    }

    @Override
    public boolean nextBlock() throws IOException {
      hasEnded = !source.nextBlock();
      return !hasEnded;
    }

    @Override
    public DirectBuffer buffer() {
      return source.buffer();
    }

    @Override
    public int offset() {
      return source.offset();
    }

    @Override
    public int length() {
      return source.length();
    }
  }
}
