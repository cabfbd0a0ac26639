package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.settings.ThreadingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a listener hears, and what it can't do. */
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ListenerTest {
  private static final long EVENTS = 10_000;

  /** Keeps the events it receives. */
  private static final class Notes implements MapListener {
    private final List<String> published = new ArrayList<>();
    private long applied;

    @Override
    public void onApplied(final FeedEvent event, final MapState map) {
      applied += event.kind() == FeedEvent.NONE ? 0 : 1;
    }

    @Override
    public void onMapEvent(final MapEvent event) {
      published.add(
          "%s %s %s %s %s %s %s %s"
              .formatted(
                  event.kind(),
                  event.inputSequence(),
                  event.time(),
                  event.instrument(),
                  event.cluster(),
                  event.notional(),
                  event.expectedNotional(),
                  event.qualityAfter()));
    }
  }

  private static RandomFeed feed() {
    return new RandomFeed(42, EVENTS, 300, true);
  }

  private static MapWriter run(
      final ThreadingMode mode, final int claim, final MapListener listener) throws Exception {
    try (Engine engine =
        Engine.launch(EngineSettingsFixture.of(mode, 1024, claim), null, Outputs.to(listener))) {
      engine.run(feed(), ReplayPace.max());
      return (MapWriter) engine.map();
    }
  }

  @ParameterizedTest
  @CsvSource({"INLINE, 64", "PIPELINED, 1", "PIPELINED, 16", "PIPELINED, 256"})
  void shouldPublishTheSameInEveryModeAndClaim(final ThreadingMode mode, final int claim)
      throws Exception {
    final Notes reference = new Notes();
    run(ThreadingMode.INLINE, 1, reference);
    final Notes notes = new Notes();
    final MapWriter map = run(mode, claim, notes);

    assertTrue(reference.published.size() > 100, reference.published.size() + " events");
    assertEquals(reference.published, notes.published);
    assertEquals(map.events(), notes.applied);
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldPublishAnEventWhileItIsApplied(final ThreadingMode mode) throws Exception {
    final List<Long> waiting = new ArrayList<>();
    final List<String> wrong = new ArrayList<>();
    run(
        mode,
        16,
        new MapListener() {
          @Override
          public void onApplied(final FeedEvent event, final MapState map) {
            waiting.stream()
                .filter((published) -> published != event.sequence())
                .forEach(this::note);
            waiting.clear();
          }

          private void note(final long published) {
            wrong.add("sequence " + published);
          }

          @Override
          public void onMapEvent(final MapEvent event) {
            waiting.add(event.inputSequence());
          }
        });

    assertEquals(List.of(), wrong);
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldKeepRunningWhenAListenerThrows(final ThreadingMode mode) throws Exception {
    final Notes heard = new Notes();
    final MapWriter quiet = run(mode, 16, heard);
    final Notes all = new Notes();
    final MapWriter map =
        run(
            mode,
            16,
            new MapListener() {
              @Override
              public void onApplied(final FeedEvent event, final MapState writer) {
                all.onApplied(event, writer);
                if (event.kind() != FeedEvent.NONE && writer.events() % 10 == 0) {
                  throw new IllegalArgumentException("planned");
                }
              }

              @Override
              public void onMapEvent(final MapEvent event) {
                all.onMapEvent(event);
                throw new IllegalArgumentException("planned");
              }
            });

    assertEquals(map.events() / 10 + heard.published.size(), map.listenerFailures());
    assertEquals(0, quiet.listenerFailures());
    assertEquals(heard.published, all.published);
    assertEquals(quiet.events(), all.applied);
    assertEquals(quiet.stateHash(), map.stateHash());
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldRefuseAListenerThatAppliesEventsOrRunsTheEngine(final ThreadingMode mode)
      throws Exception {
    final long untouched = run(mode, 16, MapListener.NONE).stateHash();
    final AtomicReference<Engine> own = new AtomicReference<>();
    final MapListener meddling =
        (event, map) -> {
          if (event.kind() != FeedEvent.NONE && map.events() % 2 == 0) {
            ((MapWriter) map).onEvent(event);
          } else if (event.kind() != FeedEvent.NONE) {
            try {
              own.get().run(feed(), ReplayPace.max());
            } catch (final java.io.IOException | EngineException e) {
              throw new AssertionError(e);
            }
          }
        };
    try (Engine engine =
        Engine.launch(EngineSettingsFixture.of(mode, 1024, 16), null, Outputs.to(meddling))) {
      own.set(engine);
      engine.run(feed(), ReplayPace.max());

      assertEquals(engine.map().events(), engine.map().listenerFailures());
      assertEquals(untouched, engine.map().stateHash());
    }
  }

  @Test
  void shouldRefuseWithIllegalState() throws Exception {
    final List<Exception> refused = new ArrayList<>();
    run(
        ThreadingMode.INLINE,
        1,
        (event, map) ->
            refused.add(
                assertThrows(IllegalStateException.class, () -> ((MapWriter) map).onEvent(event))));

    assertFalse(refused.isEmpty());
  }

  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void shouldEndTheRunWithAnErrorOfAListener(final ThreadingMode mode) {
    final MapListener failing =
        new MapListener() {
          @Override
          public void onApplied(final FeedEvent event, final MapState map) {}

          @Override
          public void onMapEvent(final MapEvent event) {
            throw new LinkageError("planned");
          }
        };

    final EngineException e = assertThrows(EngineException.class, () -> run(mode, 16, failing));
    assertTrue(e.getMessage().contains("planned"), e.getMessage());
  }
}
