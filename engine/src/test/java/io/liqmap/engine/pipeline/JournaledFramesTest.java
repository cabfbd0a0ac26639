package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.JumpLimits;
import io.liqmap.engine.feed.MergedFeed;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Journals hold the bytes that an encoder writes for each event, also where frames were copied, and
 * in both modes.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class JournaledFramesTest {
  private static final long MESSAGES = 12_000;

  @TempDir private Path folder;

  /** Gaps, duplicates, invalid values, other versions; two feeds that get one sequence. */
  private static BlockSource feed(final int blockMessages) {
    return new ForeignFeed(
        new MergedFeed(
            List.of(
                new RandomFeed(11, MESSAGES / 2, blockMessages, true),
                new RandomFeed(12, MESSAGES / 2, blockMessages, true))));
  }

  private static ByteBuffer encoded() throws IOException {
    final FeedAdapter adapter =
        new FeedAdapter(EngineSettingsFixture.INSTRUMENTS, JumpLimits.STANDARD);
    final FeedEncoder encoder = new FeedEncoder();
    final ExpandableArrayBuffer frames = new ExpandableArrayBuffer();
    final FeedEvent event = new FeedEvent();
    final BlockSource source = feed(100);
    int length = 0;
    while (source.nextBlock()) {
      adapter.wrap(source.buffer(), source.offset(), source.length());
      while (adapter.next(event)) {
        length += encoder.encode(event, frames, length);
      }
    }
    if (adapter.flush(event)) {
      length += encoder.encode(event, frames, length);
    }
    return ByteBuffer.wrap(frames.byteArray(), 0, length);
  }

  private Journaled journal(
      final ThreadingMode mode, final int ringSize, final int claim, final int blockBytes)
      throws Exception {
    final Path journal = folder.resolve(mode.name());
    try (Engine engine =
        Engine.launch(
            EngineSettingsFixture.of(
                mode, ringSize, claim, new JournalSettings(blockBytes, 1 << 24)),
            journal,
            Outputs.NONE)) {
      engine.run(feed(mode == ThreadingMode.INLINE ? 100 : 512), ReplayPace.max());
      engine.finish();
      assertEquals(engine.report().journaled().events(), engine.acknowledgedEvents());
      assertTrue(engine.report().journaled().gaps() > 10);
      assertTrue(engine.report().faults().duplicates() > 10);
    }
    return Journaled.in(journal);
  }

  @ParameterizedTest
  @CsvSource({
    "64, 1, 4096",
    "64, 16, 5000",
    "1024, 256, 4096",
    "1024, 64, 65536",
    "16384, 4096, 65536"
  })
  void shouldHoldWhatAnEncoderWrites(final int ringSize, final int claim, final int blockBytes)
      throws Exception {
    final Journaled inline = journal(ThreadingMode.INLINE, ringSize, claim, blockBytes);
    final Journaled pipelined = journal(ThreadingMode.PIPELINED, ringSize, claim, blockBytes);

    assertEquals(encoded(), inline.events());
    assertEquals(encoded(), pipelined.events());
    assertTrue(pipelined.states().size() > 1, pipelined.states().size() + " snapshots");
    pipelined
        .states()
        .forEach((events, state) -> assertArrayEquals(inline.states().get(events), state));
  }
}
