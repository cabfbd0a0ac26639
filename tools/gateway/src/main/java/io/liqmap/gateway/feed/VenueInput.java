package io.liqmap.gateway.feed;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.venue.ControlSink;
import io.liqmap.gateway.venue.FrameOutcome;
import io.liqmap.gateway.venue.MarketSink;
import io.liqmap.gateway.venue.Venue;
import io.liqmap.gateway.venue.VenueDecoder;
import java.util.List;

/**
 * One venue's frames to events. Live and recorded frames take the same way through it, in the same
 * order, with the same times of receipt: so they give the same events. One thread; whatever a frame
 * holds is counted.
 */
public final class VenueInput {
  private final Venue venue;
  private final List<InstrumentDefinition> instruments;
  private final EventSequence events;
  private final VenueCounts counts;
  private final ClockOffset offset = new ClockOffset();
  private final Sink sink = new Sink();
  private VenueDecoder decoder;
  private StreamTimes streams = StreamTimes.NONE;
  private long receiveTime;

  public VenueInput(
      final Venue venue,
      final List<InstrumentDefinition> instruments,
      final EventSequence events,
      final VenueCounts counts) {
    this.venue = venue;
    this.instruments = instruments.stream().map((it) -> ofLive(venue, it)).toList();
    this.events = events;
    this.counts = counts;
    decoder = venue.decoder(this.instruments);
  }

  /** Of single trades and ticks of the venue. */
  private static InstrumentDefinition ofLive(final Venue venue, final InstrumentDefinition of) {
    return of.origin().equals(FeedOrigin.NOT_STATED)
        ? of.withOrigin(new FeedOrigin(venue.name(), 0, 0, 0, 0, 0))
        : of;
  }

  /** The venue. */
  public Venue venue() {
    return venue;
  }

  /** Its instruments, as the feed defines them. */
  public List<InstrumentDefinition> instruments() {
    return instruments;
  }

  /** Its counters. */
  public VenueCounts counts() {
    return counts;
  }

  /**
   * Begins a session: forgets what was seen, defines the instruments. Between an earlier session
   * and this one their streams have a hole.
   */
  public void start(final long time) {
    decoder = venue.decoder(instruments);
    receiveTime = time;
    for (final InstrumentDefinition instrument : instruments) {
      events.slot().instrument(events.next(), time, time, instrument);
      emit();
      if (events.define(instrument.id())) {
        sink.interrupted(instrument, time, 0, 0);
      }
    }
  }

  /**
   * Decodes a frame, or the body of an answer.
   *
   * @param time of receipt, ns since 1970, rising over all venues
   */
  public void frame(
      final byte[] frame,
      final int from,
      final int length,
      final long time,
      final StreamTimes of,
      final ControlSink control) {
    counts.add(VenueCounter.FRAMES, 1);
    counts.add(VenueCounter.BYTES, length);
    counts.set(VenueCounter.LAST_FRAME, time);
    receiveTime = time;
    streams = of;
    FrameOutcome outcome;
    try {
      outcome = decoder.decode(frame, from, length, time, sink, control);
    } catch (final RuntimeException e) {
      // A decoder's mistake must not end the feed of all venues.
      outcome = FrameOutcome.INVALID;
    }
    final VenueCounter counter = counter(outcome);
    if (counter != null) {
      counts.add(counter, 1);
    }
  }

  private static VenueCounter counter(final FrameOutcome outcome) {
    return switch (outcome) {
      case MARKET -> null;
      case CONTROL -> VenueCounter.CONTROL;
      case NOTHING_NEW -> VenueCounter.NOTHING_NEW;
      case NOT_USED -> VenueCounter.NOT_USED;
      case UNKNOWN -> VenueCounter.UNKNOWN;
      case INVALID -> VenueCounter.INVALID;
    };
  }

  /** A connection was lost. */
  public void lost(final String connection, final long time) {
    decoder.onLost(connection, time);
  }

  private void emit() {
    counts.add(VenueCounter.EVENTS, 1);
    events.emit();
  }

  private void emit(final InstrumentDefinition of, final int kind) {
    streams.received(of.id(), kind, receiveTime);
    emit();
  }

  private void compareClocks(final long time) {
    if (offset.add(receiveTime, time)) {
      counts.set(VenueCounter.CLOCK_OFFSET, offset.nanos());
    }
  }

  private final class Sink implements MarketSink {
    @Override
    public void trade(
        final InstrumentDefinition of,
        final long time,
        final long price,
        final long quantity,
        final int takerSide) {
      compareClocks(time);
      events
          .slot()
          .trade(
              events.next(),
              time,
              receiveTime,
              of.id(),
              of.priceExponent(),
              of.quantityExponent(),
              price,
              quantity,
              takerSide);
      emit(of, FeedEvent.TRADE);
    }

    @Override
    public void mark(
        final InstrumentDefinition of,
        final long time,
        final long mark,
        final long index,
        final long fundingRate,
        final long nextFunding) {
      events
          .slot()
          .markPrice(
              events.next(),
              time,
              receiveTime,
              of.id(),
              of.priceExponent(),
              mark,
              index,
              fundingRate,
              nextFunding);
      emit(of, FeedEvent.MARK_PRICE);
    }

    @Override
    public void openInterest(final InstrumentDefinition of, final long time, final long quantity) {
      events
          .slot()
          .openInterest(events.next(), time, receiveTime, of.id(), of.quantityExponent(), quantity);
      emit(of, FeedEvent.OPEN_INTEREST);
    }

    @Override
    public void bestBidOffer(
        final InstrumentDefinition of,
        final long time,
        final long bid,
        final long bidQuantity,
        final long ask,
        final long askQuantity) {
      compareClocks(time);
      events
          .slot()
          .bestBidOffer(
              events.next(),
              time,
              receiveTime,
              of.id(),
              of.priceExponent(),
              of.quantityExponent(),
              bid,
              bidQuantity,
              ask,
              askQuantity);
      emit(of, FeedEvent.BEST_BID_OFFER);
    }

    @Override
    public void liquidation(
        final InstrumentDefinition of,
        final long time,
        final long price,
        final long quantity,
        final int positionSide) {
      events
          .slot()
          .liquidation(
              events.next(),
              time,
              receiveTime,
              of.id(),
              of.priceExponent(),
              of.quantityExponent(),
              price,
              quantity,
              positionSide);
      emit(of, FeedEvent.LIQUIDATION);
    }

    @Override
    public void accountRatio(final InstrumentDefinition of, final long time, final long ratio) {
      events.slot().accountRatio(events.next(), time, receiveTime, of.id(), ratio);
      emit(of, FeedEvent.ACCOUNT_RATIO);
    }

    @Override
    public void interrupted(
        final InstrumentDefinition of, final long time, final long missing, final long since) {
      counts.add(VenueCounter.GAPS, 1);
      counts.add(VenueCounter.MISSING, missing);
      events.slot().interruption(events.next(), time, receiveTime, of.id(), missing, since);
      emit();
    }
  }
}
