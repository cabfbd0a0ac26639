package io.liqmap.benchmarks.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.peer.BareJson;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.venue.ControlSink;
import io.liqmap.gateway.venue.FrameOutcome;
import io.liqmap.gateway.venue.VenueDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FrameFeedTest {
  private static final int FRAMES = 5_000;

  @ParameterizedTest
  @EnumSource(VenueMix.class)
  void shouldWriteFramesThatDecodersUse(final VenueMix mix) {
    final FrameBatch batch = batch(mix);
    final VenueDecoder[] decoders = new VenueDecoder[SessionVenues.COUNT];
    for (int i = 0; i < decoders.length; i++) {
      decoders[i] = SessionVenues.venue(i).decoder(List.of(SessionVenues.instrument(i)));
    }
    final Map<FrameOutcome, Integer> outcomes = new EnumMap<>(FrameOutcome.class);
    final SummedMarket market = new SummedMarket();

    for (int i = 0; i < FRAMES; i++) {
      final FrameOutcome outcome =
          decoders[batch.venue(i)].decode(
              batch.bytes(),
              batch.offset(i),
              batch.length(i),
              batch.time(i),
              market,
              ControlSink.NONE);
      final int frame = i;
      outcomes.merge(outcome, 1, Integer::sum);
      assertTrue(
          outcome == FrameOutcome.MARKET || outcome == FrameOutcome.NOTHING_NEW,
          () -> outcome + ": " + text(batch, frame));
    }
    assertTrue(outcomes.get(FrameOutcome.MARKET) > FRAMES * 98 / 100, outcomes.toString());
    assertTrue(market.calls() >= outcomes.get(FrameOutcome.MARKET));
  }

  @ParameterizedTest
  @EnumSource(VenueMix.class)
  void shouldSendEachTradeAndLiquidationOfTheFramesOnce(final VenueMix mix) {
    final FrameBatch batch = batch(mix);
    final long[] kinds = kinds(new FrameFeed(batch));

    assertEquals(batch.trades(), kinds[FeedEvent.TRADE]);
    assertEquals(batch.liquidations(), kinds[FeedEvent.LIQUIDATION]);
    assertEquals(SessionVenues.COUNT, kinds[FeedEvent.INSTRUMENT]);
    assertEquals(0, kinds[FeedEvent.INTERRUPTION]);
    assertTrue(kinds[FeedEvent.BEST_BID_OFFER] > 0);
  }

  /** Events of each kind, none of them rejected by the adapter. */
  private static long[] kinds(final FrameFeed feed) {
    final FeedAdapter adapter = new FeedAdapter(SessionVenues.COUNT);
    final FeedEvent event = new FeedEvent();
    final long[] kinds = new long[FeedEvent.LAST_KIND + 1];
    while (feed.nextBlock()) {
      adapter.wrap(feed.buffer(), feed.offset(), feed.length());
      while (adapter.next(event)) {
        kinds[event.kind()]++;
      }
    }
    return kinds;
  }

  @Test
  void shouldEndWithTheMapOfAFeedFileOfTheSameEvents(@TempDir final Path folder) throws Exception {
    final Path file = folder.resolve("feed");
    final FrameFeed frames = new FrameFeed(batch(VenueMix.ALL));
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      final FeedAdapter adapter = new FeedAdapter(SessionVenues.COUNT);
      final FeedEvent event = new FeedEvent();
      while (frames.nextBlock()) {
        adapter.wrap(frames.buffer(), frames.offset(), frames.length());
        while (adapter.next(event)) {
          writer.write(event);
        }
      }
      writer.complete();
      assertEquals(frames.count(VenueCounter.EVENTS), writer.events());
    }

    final long ofFile;
    try (FeedFileReader reader = new FeedFileReader(file)) {
      ofFile = hash(reader);
    }
    assertEquals(ofFile, hash(new FrameFeed(batch(VenueMix.ALL))));
    assertTrue(ofFile != hash(new FrameFeed(batch(VenueMix.BINANCE))));
  }

  private static long hash(final BlockSource feed) throws Exception {
    final EngineSettings settings =
        new EngineSettings(
            SessionVenues.COUNT,
            BenchmarkSettings.map(10),
            ClusterSettings.DEFAULT,
            3_600_000_000_000L,
            new PipelineSettings(ThreadingMode.INLINE, 1024, 256, WaitMode.PARK, true),
            new JournalSettings(1 << 16, 1 << 28));
    try (Engine engine = Engine.launch(settings, null, Outputs.NONE)) {
      engine.run(feed, ReplayPace.max());
      engine.finish();
      assertTrue(engine.report().journaled().events() > FRAMES);
      assertEquals(0, engine.report().journaled().rejected());
      return engine.report().journaled().stateHash();
    }
  }

  @Test
  void shouldWriteOtherFramesWithEachRefill() {
    final FrameBatch batch = batch(VenueMix.ALL);
    final FrameFeed feed = new FrameFeed(batch);
    feed.encodeAll();
    final long events = feed.count(VenueCounter.EVENTS);
    batch.refill();
    feed.encodeAll();

    assertTrue(feed.count(VenueCounter.EVENTS) > 2 * events * 98 / 100);
    feed.encodeAll();
    assertTrue(feed.count(VenueCounter.EVENTS) < 2 * events * 102 / 100, "repeats are dropped");
  }

  @Test
  void shouldReadAllTokensBarely() throws Exception {
    final byte[] frame = "{\"a\":[1,\"b\"],\"c\":null}".getBytes(StandardCharsets.US_ASCII);

    assertEquals(9, new BareJson().parse(frame, 0, frame.length));
  }

  private static FrameBatch batch(final VenueMix mix) {
    final FrameBatch batch = new FrameBatch(7, mix, FRAMES);
    batch.refill();
    return batch;
  }

  private static String text(final FrameBatch batch, final int frame) {
    return new String(
        batch.bytes(), batch.offset(frame), batch.length(frame), StandardCharsets.US_ASCII);
  }
}
