package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedFileException;
import io.liqmap.engine.feed.MergedFeed;
import io.liqmap.engine.pipeline.FaultyMarket.Fault;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that is resumed with other feeds than its own. */
@Tag("slow")
class ForeignFeedTest {
  private static final long SEED = 3;

  @TempDir private Path folder;

  private Path journal() {
    return folder.resolve("journal");
  }

  private static FaultyMarket market(final int only) {
    return new FaultyMarket(Fault.LATE_MESSAGES, SEED, only);
  }

  private EngineReport run(final BlockSource feed) throws Exception {
    return run(feed, journal());
  }

  private static EngineReport run(final BlockSource feed, final Path journal) throws Exception {
    final EngineSettings settings = EngineSettingsFixture.of(ThreadingMode.INLINE, 64, 4);
    try (Engine engine = Engine.launch(settings, journal, Outputs.NONE)) {
      engine.run(feed, ReplayPace.max());
      return engine.report();
    }
  }

  private String refusal(final BlockSource feed) {
    return assertThrows(FeedFileException.class, () -> run(feed)).getMessage();
  }

  /** A feed whose blocks can be read once, with a byte of one message changed. */
  private static final class Once implements BlockSource {
    private final BlockSource source;
    private final int block;
    private final int at;
    private final UnsafeBuffer changed = new UnsafeBuffer(new byte[1 << 16]);
    private int read;

    private Once(final BlockSource source, final int block, final int at) {
      this.source = source;
      this.block = block;
      this.at = at;
    }

    static Once of(final BlockSource source) {
      return changed(source, -1, 0);
    }

    static Once changed(final BlockSource source, final int block, final int at) {
      return new Once(source, block, at);
    }

    @Override
    public boolean nextBlock() throws IOException {
      if (!source.nextBlock()) {
        return false;
      }
      changed.putBytes(0, source.buffer(), source.offset(), source.length());
      if (read == block) {
        changed.putByte(at, (byte) (changed.getByte(at) ^ 1));
      }
      read++;
      return true;
    }

    @Override
    public DirectBuffer buffer() {
      return changed;
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public int length() {
      return source.length();
    }
  }

  @Test
  void shouldResumeWithTheJournalsOwnFeedAndMoreAtItsEnd() throws Exception {
    run(new FeedPart(market(-1), 7));
    final EngineReport resumed = run(market(-1));
    assertEquals(run(market(-1), null).journaled(), resumed.journaled());
  }

  @Test
  void shouldRefuseFewerFeedsThanTheJournalWasMadeFromAndSayWhereTheyPart() throws Exception {
    run(new MergedFeed(List.of(market(0), market(1))));
    final String refusal = refusal(market(0));
    assertTrue(
        refusal.startsWith("message 2 of the feed (open interest, sequence 2, of "), refusal);
    assertTrue(refusal.contains("as event 2 (a definition, sequence 2, of "), refusal);
  }

  @Test
  void shouldRefuseMoreFeedsThanTheJournalWasMadeFrom() throws Exception {
    run(market(0));
    final String refusal = refusal(new MergedFeed(List.of(market(0), market(1))));
    assertTrue(refusal.startsWith("message 2 of the feed (a definition, sequence 2"), refusal);
  }

  @Test
  void shouldTakeTheSameFeedsInAnotherOrder() throws Exception {
    run(new FeedPart(new MergedFeed(List.of(market(0), market(1))), 1));
    final EngineReport again = run(new MergedFeed(List.of(market(1), market(0))));
    assertEquals(
        run(new MergedFeed(List.of(market(0), market(1))), null).journaled().stateHash(),
        again.journaled().stateHash());
  }

  @Test
  void shouldRefuseAFeedOfWhichOneMessageDiffers() throws Exception {
    run(market(-1));
    // A price, in the second block; such a feed is read only once, so the place isn't known.
    final String refusal = refusal(Once.changed(market(-1), 1, 40));
    assertTrue(refusal.contains("their checksum differs"), refusal);
  }

  @Test
  void shouldRefuseAShorterFeedThatIsNotTheJournals() throws Exception {
    run(market(-1));
    assertTrue(
        refusal(new FeedPart(new FaultyMarket(Fault.WRONG_TIME, SEED), 3))
            .contains("their checksum differs"));
    final EngineReport same = run(new FeedPart(market(-1), 3));
    assertEquals(run(market(-1), null).journaled(), same.journaled());
  }

  @Test
  void shouldCompareAFeedThatBeginsWithinTheJournal() throws Exception {
    run(new FeedPart(market(-1), 8));
    final BlockSource later = market(-1);
    for (int block = 0; block < 4; block++) {
      later.nextBlock();
    }
    assertEquals(
        run(market(-1), null).journaled(), run(Once.of(later)).journaled(), "the same messages");
  }

  @Test
  void shouldRefuseAFeedThatBeginsWithinTheJournalAndDiffers() throws Exception {
    run(new FeedPart(market(-1), 8));
    final BlockSource later = market(-1);
    for (int block = 0; block < 4; block++) {
      later.nextBlock();
    }
    final String refusal = refusal(Once.changed(later, 2, 40));
    assertTrue(refusal.contains("isn't what"), refusal);
  }

  @Test
  void shouldCountAGapAheadOfAFeedThatBeginsBehindTheJournal() throws Exception {
    final EngineReport before = run(new FeedPart(market(-1), 4));
    final BlockSource later = market(-1);
    for (int block = 0; block < 8; block++) {
      later.nextBlock();
    }
    final EngineReport after = run(later);
    assertTrue(after.faults().missing() > before.faults().missing() + 10, after.toString());
    // And the place to resume from is found again.
    assertEquals(
        after.journaled().stateHash(), run(Once.of(market(-1).at(8))).journaled().stateHash());
  }

  @Test
  void shouldWarnOfDamageAheadOfTheSnapshotAndComeToTheSameState() throws Exception {
    run(new RandomFeed(5, 6_000, 200, false));
    final EngineReport whole = run(new RandomFeed(5, 9_000, 200, false), null);
    final Path queue;
    try (Stream<Path> files = Files.list(journal().resolve("queue"))) {
      queue = files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
    final byte[] bytes = Files.readAllBytes(queue);
    // The second document, the first of events.
    bytes[find(bytes, find(bytes, 0) + 4) + 200] ^= 1;
    Files.write(queue, bytes);

    final EngineSettings settings = EngineSettingsFixture.of(ThreadingMode.INLINE, 64, 4);
    try (Engine engine = Engine.launch(settings, journal(), Outputs.NONE)) {
      final String damage = engine.recovered().damage();
      assertTrue(damage.contains("document 1, behind event 0: the checksum doesn't match"), damage);
      engine.run(new RandomFeed(5, 9_000, 200, false), ReplayPace.max());
      assertEquals(whole.journaled(), engine.report().journaled());
    }
  }

  @Test
  void shouldSayNothingOfDamageWhereThereIsNone() throws Exception {
    run(new RandomFeed(5, 6_000, 200, false));
    final EngineSettings settings = EngineSettingsFixture.of(ThreadingMode.INLINE, 64, 4);
    try (Engine engine = Engine.launch(settings, journal(), Outputs.NONE)) {
      assertNull(engine.recovered().damage());
      assertEquals(0, engine.recovered().unread());
    }
  }

  private static int find(final byte[] bytes, final int from) {
    int at = from;
    while (bytes[at] != 'L'
        || bytes[at + 1] != 'Q'
        || bytes[at + 2] != 'M'
        || bytes[at + 3] != 'B') {
      at++;
    }
    return at;
  }
}
