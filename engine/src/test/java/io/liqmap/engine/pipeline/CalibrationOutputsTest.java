package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.calibration.OnlineScore;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LearningMode;
import io.liqmap.engine.core.model.LearningSettings;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.SkewSettings;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;
import io.liqmap.engine.shared.counters.EngineCountersReader;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.shared.view.ViewSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calibration as an engine tells it: events, view and counters, live, replayed and resumed. */
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CalibrationOutputsTest {
  private static final long DAY = 86_400_000_000_000L;

  /** Some three weeks of events half a minute apart. */
  private static final long EVENTS = 60_000;

  private static final int STRETCH = 300;
  private static final ViewSettings VIEW =
      new ViewSettings(EngineSettingsFixture.INSTRUMENTS, 512, 64, 32, 5);

  @TempDir private Path folder;

  /** Keeps the events about calibration and quality. */
  private static final class Notes implements MapListener {
    private final List<String> published = new ArrayList<>();
    private int calibrations;

    @Override
    public void onApplied(final FeedEvent event, final MapState map) {}

    @Override
    public void onMapEvent(final MapEvent event) {
      if (event.kind() == MapEvent.Kind.CALIBRATION || event.kind() == MapEvent.Kind.QUALITY) {
        calibrations += event.kind() == MapEvent.Kind.CALIBRATION ? 1 : 0;
        published.add(
            "%s %d %d %d %s %s %s %s %s %s %d"
                .formatted(
                    event.kind(),
                    event.inputSequence(),
                    event.time(),
                    event.instrument(),
                    event.side(),
                    event.statusBefore(),
                    event.statusAfter(),
                    event.expectedOverRealised(),
                    event.expectedOverRealisedLow(),
                    event.expectedOverRealisedHigh(),
                    event.qualityAfter()));
      }
    }
  }

  private static MapSettings map() {
    return TestSettings.of(
        5,
        TestSettings.undated(),
        new ModelSettings(
            "learning",
            1,
            List.of(new DistanceTier(.003, .01, .5, .4), new DistanceTier(.01, .03, .2, .3)),
            new LearningSettings(LearningMode.ON, .3, 20 * DAY),
            Maintenance.NONE,
            new EntrySettings(.2, .5, 0),
            ExitSettings.PROPORTIONAL,
            SkewSettings.NONE));
  }

  private static EngineSettings settings(final ThreadingMode mode, final int shards) {
    return new EngineSettings(
        EngineSettingsFixture.INSTRUMENTS,
        map(),
        ClusterSettings.DEFAULT,
        DAY,
        new PipelineSettings(mode, shards, 1024, 64, WaitMode.PARK, false),
        new JournalSettings(4096, 1 << 24));
  }

  private static RandomFeed feed(final long events) {
    return new RandomFeed(3, events, 300, false, STRETCH);
  }

  private Notes run(final String journal, final long events) throws Exception {
    final Notes notes = new Notes();
    try (Engine engine =
        Engine.launch(
            settings(ThreadingMode.INLINE, 1), folder.resolve(journal), Outputs.to(notes))) {
      engine.run(feed(events), ReplayPace.max());
    }
    return notes;
  }

  @Test
  void shouldPublishTheSameWhenReplayedAndWhenResumed() throws Exception {
    final Notes whole = run("whole", EVENTS);
    assertTrue(whole.calibrations >= 4, whole.calibrations + " changes of a status");

    final Notes replayed = new Notes();
    try (JournalReader reader = JournalReader.open(folder.resolve("whole"))) {
      final Replay replay =
          new Replay(reader, map(), ClusterSettings.DEFAULT, EngineSettingsFixture.INSTRUMENTS);
      replay.map().listener(replayed);
      replay.fromStart(Until.END);
      assertTrue(replay.matches() && replay.compared() > 10);
    }
    assertEquals(whole.published, replayed.published);

    final List<String> resumed = new ArrayList<>();
    for (final long events : new long[] {EVENTS / 3, EVENTS / 2, EVENTS * 2 / 3, EVENTS}) {
      resumed.addAll(run("resumed", events).published);
    }
    assertEquals(whole.published, resumed);
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldShowInViewAndCountersWhatTheMapsSay(final ThreadingMode mode) throws Exception {
    final Path shared = folder.resolve("shared");
    final int shards = mode == ThreadingMode.PIPELINED ? 2 : 1;
    final MapWriter maps;
    try (Engine engine =
        Engine.launch(
            settings(mode, shards),
            null,
            Outputs.share(shared, VIEW, 1 << 16, shards, MapListener.NONE))) {
      engine.run(feed(EVENTS), ReplayPace.max());
      engine.finish();
      maps = (MapWriter) engine.map();
    }
    final ViewMemory view = ViewMemory.open(shared.resolve(Outputs.VIEW_FILE));
    final List<EngineCountersReader.InstrumentCalibration> counted =
        EngineCountersReader.open(shared).calibrations();
    assertEquals(2, counted.size());
    for (int id = 0; id < 2; id++) {
      final InstrumentMap map = maps.maps().of(id);
      assertEquals(map.instrument().symbol(), counted.get(id).symbol());
      final ViewReader reader = new ViewReader(view, id);
      assertTrue(reader.refresh());
      for (final Side side : Side.values()) {
        final OnlineScore score = map.score(0, side);
        assertTrue(score.days() > OnlineScore.LEAST_DAYS && score.ratio() > 0);
        assertEquals(
            new EngineCountersReader.Calibration(
                score.status(), score.ratio(), score.low(), score.high(), score.days()),
            side == Side.LONG ? counted.get(id).longs() : counted.get(id).shorts());
        assertEquals(score.status(), reader.calibration(side));
        assertEquals(score.ratio(), reader.expectedOverRealised(side));
        assertEquals(score.low(), reader.expectedOverRealisedLow(side));
        assertEquals(score.high(), reader.expectedOverRealisedHigh(side));
        assertEquals(score.days(), reader.scoredDays(side));
      }
    }
  }
}
