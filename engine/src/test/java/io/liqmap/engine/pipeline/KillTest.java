package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.JumpLimits;
import io.liqmap.engine.journal.ExistingJournal;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.JournalCheck;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that journals under full load (SIGKILL) and starts it again on the same journal,
 * again and again: {@code -Dliqmap.kills=N}, the profile {@code soak} has 200.
 */
@Tag("slow")
class KillTest {
  private static final int KILLS = Integer.getInteger("liqmap.kills", 4);
  private static final long SEED = Long.getLong("liqmap.seed", 20_260_301L);
  private static final int FULL_CHECK_EVERY = 50;

  @TempDir private Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Reference reference = new Reference();
  private final List<KilledEngine.Start> starts = new ArrayList<>();
  private Path journal;
  private Path errors;

  @Test
  void shouldLoseNothingAcknowledgedHoweverOftenItIsKilled() throws Exception {
    journal = folder.resolve("journal");
    errors = folder.resolve("errors");
    Files.createFile(errors);
    long acknowledged = 0;
    for (int i = 0; i < KILLS; i++) {
      acknowledged = Math.max(acknowledged, live(i, acknowledged));
      acknowledged = Math.max(acknowledged, acknowledgedByMark());
      if (i % FULL_CHECK_EVERY == FULL_CHECK_EVERY - 1) {
        checkWhole(acknowledged);
      }
    }
    checkWhole(acknowledged);
    replayFromStart();
    report(acknowledged);
  }

  /** One life; returns what the process said it had acknowledged. */
  private long live(final int life, final long acknowledged) throws Exception {
    final Process process = KilledEngine.start(journal, errors);
    final boolean isKilledEarly = random.nextInt(5) == 0;
    final long delay = isKilledEarly ? random.nextLong(1_200) : random.nextLong(1, 800);
    if (isKilledEarly) {
      process.waitFor(delay, TimeUnit.MILLISECONDS);
      kill(process);
    }
    long reported = 0;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      final String first = out.readLine();
      if (first == null || (isKilledEarly && first.split(" ", -1).length < 7)) {
        assertTrue(isKilledEarly, () -> "life " + life + " ended by itself: " + errorText());
        return 0;
      }
      final KilledEngine.Start start = KilledEngine.Start.parse(first);
      if (!isKilledEarly) {
        process.waitFor(delay, TimeUnit.MILLISECONDS);
        kill(process);
      }
      reported = lastAcknowledged(out);
      process.waitFor();
      check(life, start, acknowledged);
    }
    return reported;
  }

  /** SIGKILL; the process's own method would close what it said. */
  private static void kill(final Process process) {
    process.toHandle().destroyForcibly();
  }

  private static long lastAcknowledged(final BufferedReader out) throws IOException {
    long reported = 0;
    long before = 0;
    String line = out.readLine();
    while (line != null) {
      before = reported;
      final String number = line.substring(line.indexOf(' ') + 1);
      reported =
          number.isEmpty() || !line.startsWith("acknowledged ") ? reported : Long.parseLong(number);
      line = out.readLine();
    }
    // The last line may have been cut in the middle of its number.
    return before;
  }

  private void check(final int life, final KilledEngine.Start start, final long acknowledged) {
    starts.add(start);
    assertTrue(
        start.events() >= acknowledged,
        () -> "life " + life + " found " + start + ", acknowledged were " + acknowledged);
    assertTrue(start.unacknowledged() <= 1, () -> "life " + life + " found " + start);
    assertEquals(
        reference.hashAfter(start.events()), start.hash(), () -> "life " + life + ": " + start);
  }

  private long acknowledgedByMark() throws IOException {
    if (!ExistingJournal.isAt(journal)) {
      return 0;
    }
    try (JournalReader reader = JournalReader.open(journal)) {
      return reader.acknowledgedEvents();
    }
  }

  private void checkWhole(final long acknowledged) throws IOException {
    try (JournalReader reader = JournalReader.open(journal)) {
      final JournalCheck check = JournalCheck.of(reader);
      assertNull(check.damage());
      assertTrue(check.events() >= acknowledged);
    }
  }

  private void replayFromStart() throws IOException {
    try (JournalReader reader = JournalReader.open(journal)) {
      final Replay replay = EngineSettingsFixture.replay(reader);
      replay.fromStart(Until.END);
      assertNotNull(replay.map());
      assertTrue(replay.matches());
      assertEquals(reference.hashAfter(replay.map().events()), replay.map().stateHash());
    }
  }

  private String errorText() {
    try {
      return Files.readString(errors);
    } catch (final IOException e) {
      return e.toString();
    }
  }

  private void report(final long acknowledged) {
    final List<Long> micros = new ArrayList<>();
    long mostReplayed = 0;
    long unacknowledged = 0;
    long fromSnapshot = 0;
    for (final KilledEngine.Start start : starts) {
      micros.add(start.micros());
      mostReplayed = Math.max(mostReplayed, start.replayed());
      unacknowledged += start.unacknowledged();
      fromSnapshot += start.snapshotEvents() > 0 ? 1 : 0;
    }
    Collections.sort(micros);
    System.out.printf(
        "%d kills, %d recoveries looked at, %d from a snapshot, %d took a document in that wasn't acknowledged; %d events acknowledged; time to recover median %d ms, longest %d ms; at most %d events replayed%n",
        KILLS,
        starts.size(),
        fromSnapshot,
        unacknowledged,
        acknowledged,
        micros.get(micros.size() / 2) / 1_000,
        micros.get(micros.size() - 1) / 1_000,
        mostReplayed);
  }

  /** The same market, applied without any journal. */
  private static final class Reference {
    private final FeedAdapter adapter =
        new FeedAdapter(EngineSettingsFixture.INSTRUMENTS, JumpLimits.STANDARD);
    private final MapWriter map =
        new MapWriter(
            TestSettings.ladder(), ClusterSettings.DEFAULT, EngineSettingsFixture.INSTRUMENTS);
    private final FeedEvent event = new FeedEvent();

    long hashAfter(final long events) {
      final EndlessFeed feed = new EndlessFeed(map.events() + 1, events);
      while (feed.nextBlock()) {
        adapter.wrap(feed.buffer(), feed.offset(), feed.length());
        while (adapter.next(event)) {
          map.onEvent(event);
        }
      }
      assertEquals(events, map.events());
      return map.stateHash();
    }
  }
}
