package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fast map against the naive one on settings, markets and random feed faults: a short run here,
 * as long as wanted with {@code -Dliqmap.differential.events=N}, from {@code
 * -Dliqmap.differential.seed=S} on.
 */
@Tag("slow")
final class DifferentialTest {
  private static final long EVENTS = Long.getLong("liqmap.differential.events", 9_000);
  private static final long FIRST_SEED = Long.getLong("liqmap.differential.seed", 1);
  private static final int EVENTS_PER_CASE = 3_000;
  private static final int MOST_ATTEMPTS = 3_000;

  @Test
  void shouldAgreeOnWhateverIsDrawn() {
    long events = 0;
    for (long seed = FIRST_SEED; events < EVENTS; seed++) {
      events += run(new DifferentialCase(seed));
    }
  }

  /** Seeds at which the maps once differed. */
  @ParameterizedTest
  @ValueSource(longs = {1_095, 1_155, 30_010, 50_387, 60_605, 70_487})
  void shouldAgreeWhereTheyOnceDiffered(final long seed) {
    run(new DifferentialCase(seed));
  }

  private static long run(final DifferentialCase drawn) {
    final FedMaps maps = new FedMaps(drawn.settings, drawn.isInverse);
    final SplittableRandom random = new SplittableRandom(drawn.seed);
    final String place = "seed " + drawn.seed;
    try {
      for (int i = 0; i < EVENTS_PER_CASE; i++) {
        drawn.feed.next();
        if (maps.take(drawn.feed.buffer(), drawn.feed.length()) && random.nextInt(4) == 0) {
          maps.assertHoldsAfterAnUpdate(place + ", event " + i);
        }
        if (random.nextInt(700) == 0) {
          maps.restart();
        }
      }
      maps.flush();
      maps.assertHolds(place + ", at the end");
      maps.assertTellTheSame(place);
    } catch (final AssertionError | RuntimeException e) {
      fail(drawn + "\n" + e.getMessage() + "\n" + shrunk(drawn, maps.taken), e);
    }
    return maps.taken.size();
  }

  /** The shortest list of events found that still shows a difference. */
  private static String shrunk(final DifferentialCase drawn, final List<MarketEvent> events) {
    List<MarketEvent> shortest = events;
    if (difference(drawn, shortest) == null) {
      return "the events that got through show no difference without their feed";
    }
    int attempts = 0;
    for (int part = shortest.size() / 2; part > 0; part /= 2) {
      for (int from = 0; from < shortest.size() && attempts < MOST_ATTEMPTS; attempts++) {
        final List<MarketEvent> without = new ArrayList<>(shortest.subList(0, from));
        without.addAll(shortest.subList(Math.min(from + part, shortest.size()), shortest.size()));
        if (difference(drawn, without) != null) {
          shortest = without;
        } else {
          from += part;
        }
      }
    }
    final StringBuilder text = new StringBuilder(difference(drawn, shortest));
    shortest.forEach((e) -> text.append("\n  ").append(e));
    return text.toString();
  }

  private static String difference(final DifferentialCase drawn, final List<MarketEvent> events) {
    final InstrumentMap map = FastInstrumentMap.of(drawn.settings, drawn.isInverse);
    final List<NaiveInstrumentMap> naive = new ArrayList<>();
    for (int model = 0; model < drawn.settings.models().size(); model++) {
      naive.add(new NaiveInstrumentMap(drawn.settings, model, drawn.isInverse));
    }
    double openInterest = 0;
    try {
      for (final MarketEvent event : events) {
        event.applyTo(map);
        naive.forEach(event::applyTo);
        if (event.kind() == MarketEvent.Kind.OPEN_INTEREST) {
          openInterest = event.quantity();
          MapInvariants.assertAddsUp("events alone", map, openInterest);
        }
      }
      MapInvariants.assertNothingOpenBeyondMark("events alone", map);
      MapAgreement.assertSame("events alone", map, naive, openInterest);
      return null;
    } catch (final AssertionError | RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
