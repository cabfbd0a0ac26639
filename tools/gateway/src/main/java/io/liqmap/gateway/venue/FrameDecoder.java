package io.liqmap.gateway.venue;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What decoders of all venues share: the way through a frame, checked values, lost connections. */
abstract class FrameDecoder implements VenueDecoder {
  /** A value that is out of range or no number. */
  static final long BAD = -1;

  /** A value that isn't there: no field, null, or an empty text. */
  static final long NONE = -2;

  static final int RATE_DECIMALS = 9;

  private static final long FROM = 946_684_800_000_000_000L;
  private static final long TO = 4_102_444_800_000_000_000L;
  private static final int MILLIS_DECIMALS = 6;
  private static final long MAX_RATE = 1_000_000_000L;

  /** A rate that is out of range or no number. */
  static final long BAD_RATE = Long.MAX_VALUE;

  final JsonFrame frame = new JsonFrame();
  final Names symbols;
  final InstrumentState[] states;

  /** Of the frame in hand. */
  MarketSink out;

  ControlSink control;
  long receiveTime;
  int frameNumber;

  /** When the first frame came, ns: what venues send of the time before is no live data. */
  long start;

  private final Map<String, List<Line>> lines = new HashMap<>();
  private final Map<String, List<InstrumentState>> carried = new HashMap<>();
  private FrameOutcome outcome;

  FrameDecoder(
      final List<InstrumentDefinition> instruments,
      final List<ConnectionPlan> plans,
      final int tradeIds,
      final boolean hasTwoLines) {
    symbols = new Names(instruments.stream().map(InstrumentDefinition::symbol).toList());
    states =
        instruments.stream()
            .map((of) -> new InstrumentState(of, tradeIds, hasTwoLines))
            .toArray(InstrumentState[]::new);
    for (final ConnectionPlan plan : plans) {
      final List<Line> lost = new ArrayList<>();
      final List<InstrumentState> carriedHere = new ArrayList<>();
      for (final ExpectedStream stream : plan.streams()) {
        final InstrumentState state = states[instruments.indexOf(stream.of())];
        final Line line = stream.kind() == FeedEvent.BEST_BID_OFFER ? state.top : state.market;
        if (!lost.contains(line)) {
          lost.add(line);
        }
        if (!carriedHere.contains(state)) {
          carriedHere.add(state);
        }
      }
      lines.put(plan.name(), lost);
      carried.put(plan.name(), carriedHere);
    }
  }

  @Override
  public final FrameOutcome decode(
      final byte[] bytes,
      final int offset,
      final int length,
      final long receivedAt,
      final MarketSink market,
      final ControlSink connection) {
    out = market;
    control = connection;
    receiveTime = receivedAt;
    start = start == 0 ? receivedAt : start;
    frameNumber++;
    outcome = null;
    if (frame.open(bytes, offset, length)) {
      read();
      if (needsSecondPass()) {
        frame.close();
        frame.open(bytes, offset, length);
        read();
      }
      if (!frame.close()) {
        note(FrameOutcome.INVALID);
      }
    } else {
      frame.close();
      note(readText(bytes, offset, length) ? FrameOutcome.CONTROL : FrameOutcome.INVALID);
    }
    return outcome == null ? FrameOutcome.UNKNOWN : outcome;
  }

  @Override
  public final void onLost(final String connection, final long receivedAt) {
    lines.getOrDefault(connection, List.of()).forEach(Line::lose);
    carried.getOrDefault(connection, List.of()).forEach((state) -> state.hasSnapshot = false);
  }

  /** Reads the frame, from its first value on. */
  abstract void read();

  /** Whether data came before the field that says what they are, so that they were passed over. */
  boolean needsSecondPass() {
    return false;
  }

  /** Reads a frame that is no JSON object or array; false if it means nothing. */
  boolean readText(final byte[] bytes, final int offset, final int length) {
    return false;
  }

  /** Notes what became of a part of the frame: of all parts, a fault counts, else what was used. */
  final void note(final FrameOutcome of) {
    if (outcome == null
        || of == FrameOutcome.INVALID
        || (outcome != FrameOutcome.INVALID && of.compareTo(outcome) < 0)) {
      outcome = of;
    }
  }

  final void note(final boolean wasSent) {
    note(wasSent ? FrameOutcome.MARKET : FrameOutcome.NOTHING_NEW);
  }

  final void invalid() {
    note(FrameOutcome.INVALID);
  }

  /** Time in ms of a slot, as ns; {@link #BAD} or {@link #NONE}. */
  final long time(final int slot) {
    if (frame.isEmpty(slot)) {
      return NONE;
    }
    final long time = frame.number(slot, MILLIS_DECIMALS, false);
    return time >= FROM && time <= TO ? time : BAD;
  }

  /** An id, 0 or more; {@link #BAD} or {@link #NONE}. */
  final long id(final int slot) {
    return frame.isEmpty(slot) ? NONE : Math.max(BAD, frame.number(slot, 0, false));
  }

  /** An amount as the venue states it, to be held exactly; {@link #BAD} or {@link #NONE}. */
  final long exact(final int slot, final int decimals) {
    return amount(slot, decimals, false);
  }

  /** An amount that the venue computes, rounded half to even; {@link #BAD} or {@link #NONE}. */
  final long rounded(final int slot, final int decimals) {
    return amount(slot, decimals, true);
  }

  private long amount(final int slot, final int decimals, final boolean rounds) {
    if (frame.isEmpty(slot)) {
      return NONE;
    }
    final long value = frame.number(slot, decimals, rounds);
    return value >= 0 && value <= FeedAdapter.MAX_MANTISSA ? value : BAD;
  }

  /** A funding rate in 10⁻⁹, of any sign; {@link #BAD_RATE}. */
  final long rate(final int slot) {
    final long rate = frame.number(slot, RATE_DECIMALS, true);
    return rate >= -MAX_RATE && rate <= MAX_RATE ? rate : BAD_RATE;
  }
}
