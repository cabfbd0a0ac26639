package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFault;
import io.liqmap.engine.feed.JumpLimits;
import io.liqmap.engine.market.MapWriter;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes of a feed through adapter and map writer, and beside them what the same events make of the
 * naive maps, of a writer that reads a journal of them, and of one that is restarted now and then.
 */
final class FedMaps {
  final FeedAdapter adapter = new FeedAdapter(1, JumpLimits.STANDARD);
  final MapWriter writer;
  final List<NaiveInstrumentMap> naive = new ArrayList<>();

  /** What the map took, in order. */
  final List<MarketEvent> taken = new ArrayList<>();

  private final MapSettings settings;
  private final MapWriter replayed;
  private final FeedAdapter journal = new FeedAdapter(1);
  private final FeedEncoder encoder = new FeedEncoder();
  private final UnsafeBuffer frame = new UnsafeBuffer(new byte[256]);
  private final FeedEvent event = new FeedEvent();
  private final FeedEvent read = new FeedEvent();
  private MapWriter restarted;
  private FeedAdapter adapterOfRestarted = new FeedAdapter(1);
  private double openInterest;
  private long funding;
  private long interruptions;

  FedMaps(final MapSettings settings, final boolean isInverse) {
    this.settings = settings;
    writer = writer();
    replayed = writer();
    restarted = writer();
    for (int model = 0; model < settings.models().size(); model++) {
      naive.add(new NaiveInstrumentMap(settings, model, isInverse));
    }
  }

  private MapWriter writer() {
    return new MapWriter(settings, ClusterSettings.DEFAULT, 1);
  }

  /**
   * Takes frames.
   *
   * @return whether there was an open interest among them that got through
   */
  boolean take(final DirectBuffer frames, final int length) {
    boolean isUpdate = false;
    adapter.wrap(frames, 0, length);
    while (adapter.next(event)) {
      isUpdate |= event.kind() == FeedEvent.OPEN_INTEREST;
      apply();
    }
    return isUpdate;
  }

  /** Takes what the adapter still has to tell. */
  void flush() {
    if (adapter.flush(event)) {
      apply();
    }
  }

  private void apply() {
    writer.onEvent(event);
    final int length = encoder.encode(event, frame, 0);
    pass(length, journal, replayed);
    pass(length, adapterOfRestarted, restarted);
    interruptions += event.kind() == FeedEvent.INTERRUPTION ? 1 : 0;
    final MarketEvent market = marketEvent();
    if (market != null) {
      taken.add(market);
      naive.forEach((map) -> map.onGaps(writer.faults().gaps() + interruptions));
      naive.forEach(market::applyTo);
    }
  }

  private void pass(final int length, final FeedAdapter reader, final MapWriter to) {
    reader.wrap(frame, 0, length);
    while (reader.next(read)) {
      to.onEvent(read);
    }
  }

  private MarketEvent marketEvent() {
    final long at = event.exchangeTime();
    return switch (event.kind()) {
      case FeedEvent.TRADE ->
          new MarketEvent(
              MarketEvent.Kind.TRADE,
              at,
              event.price(),
              event.quantity(),
              event.takerSide() == FeedEvent.BUY);
      case FeedEvent.MARK_PRICE -> {
        funding = event.fundingRate() == FeedEvent.ABSENT ? funding : event.fundingRate();
        yield new MarketEvent(MarketEvent.Kind.MARK, at, event.markPrice(), funding, false);
      }
      case FeedEvent.OPEN_INTEREST -> {
        openInterest = event.openInterest();
        yield new MarketEvent(MarketEvent.Kind.OPEN_INTEREST, at, 0, openInterest, false);
      }
      case FeedEvent.LIQUIDATION ->
          new MarketEvent(
              MarketEvent.Kind.LIQUIDATION,
              at,
              event.price(),
              event.quantity(),
              event.positionSide() == FeedEvent.LONG);
      case FeedEvent.ACCOUNT_RATIO ->
          new MarketEvent(MarketEvent.Kind.ACCOUNT_RATIO, at, event.longShortRatio(), 0, false);
      default -> null;
    };
  }

  /** Puts the state into bytes and reads it back, for one of the writers. */
  void restart() {
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    restarted.encode(out);
    restarted = writer();
    adapterOfRestarted = new FeedAdapter(1);
    restarted.decode(new StateReader(out.buffer(), 0, out.position()), adapterOfRestarted);
  }

  InstrumentMap map() {
    return writer.maps().of(0);
  }

  /** One-sided, of the last update. */
  double openInterest() {
    return openInterest;
  }

  /** What has to hold right after an update of open interest. */
  void assertHoldsAfterAnUpdate(final String place) {
    MapInvariants.assertAddsUp(place, map(), openInterest);
    assertHolds(place);
  }

  /** What has to hold at any time. */
  void assertHolds(final String place) {
    MapInvariants.assertNothingOpenBeyondMark(place, map());
    MapAgreement.assertSame(place, map(), naive, openInterest);
  }

  /** Adapter, state, journal and restarted state tell the same. */
  void assertTellTheSame(final String place) {
    assertEquals(adapter.count(FeedFault.MISSING), writer.faults().missing(), place);
    assertEquals(adapter.count(FeedFault.DUPLICATE), writer.faults().duplicates(), place);
    assertEquals(adapter.count(FeedFault.REORDERED), writer.faults().reordered(), place);
    assertEquals(
        adapter.count(FeedFault.TEMPLATE) + adapter.count(FeedFault.INSTRUMENT),
        writer.faults().unknown(),
        place);
    assertEquals(rejected(), writer.faults().rejected(), place);
    assertEquals(adapter.lastSequence(), writer.sequence(), place);
    assertEquals(writer.stateHash(), replayed.stateHash(), place + ", replayed");
    assertEquals(writer.stateHash(), restarted.stateHash(), place + ", restarted");
  }

  private long rejected() {
    long sum = 0;
    for (final FeedFault fault : FeedFault.values()) {
      switch (fault) {
        case MISSING, DUPLICATE, REORDERED, TEMPLATE, INSTRUMENT -> {}
        default -> sum += adapter.count(fault);
      }
    }
    return sum;
  }

  /** What was taken off a side of the first model. */
  double swept(final Side side) {
    return map().sweptQuantity(0, side);
  }
}
